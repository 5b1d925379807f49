package org.bpf4j.btf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.bpf4j.btf.BtfType.EnumValue;
import org.bpf4j.btf.BtfType.Member;
import org.junit.jupiter.api.Test;

class TypeDifferenceTest {

  private final BtfBuilder left = new BtfBuilder();
  private final BtfBuilder right = new BtfBuilder();

  private static int number(BtfBuilder types, String name, int bytes) {
    return types.add(new BtfType.Int(name, bytes, BtfType.IntEncoding.NONE, Byte.SIZE * bytes));
  }

  private Optional<TypeDifference> between(int a, int b) {
    return TypeDifference.between(left.build(), a, right.build(), b);
  }

  private static int stats(BtfBuilder types, String name, int bytes, Member... members) {
    return types.add(new BtfType.Struct(name, bytes, List.of(members)));
  }

  @Test
  void namesOfTypesAndSignsDoNotCount() {
    int a = number(left, "long", 8);
    int b = right.add(new BtfType.Typedef("__u64", number(right, "unsigned long long", 8)));
    assertThat(between(a, b)).isEmpty();
    assertThat(
            between(
                stats(left, "Stats", 8, new Member("packets", a, 0, 0)),
                stats(right, "stats", 8, new Member("packets", b, 0, 0))))
        .isEmpty();
  }

  @Test
  void aMemberThatIsMissingIsNamedOnBothSides() {
    int a = number(left, "int", 4);
    int b = number(right, "int", 4);
    int one = stats(left, "S", 4, new Member("x", a, 0, 0));
    int two = stats(right, "S", 8, new Member("x", b, 0, 0), new Member("y", b, 32, 0));
    assertThat(between(one, two))
        .contains(new TypeDifference(".y", "no such member", "int y at byte 4"));
  }

  @Test
  void aMemberThatMovedOrGrewIsNamed() {
    int a = number(left, "int", 4);
    int b = number(right, "int", 4);
    int wide = number(right, "long", 8);
    int one = stats(left, "S", 8, new Member("x", a, 0, 0), new Member("y", a, 32, 0));
    assertThat(
            between(one, stats(right, "S", 8, new Member("y", b, 0, 0), new Member("x", b, 32, 0))))
        .contains(new TypeDifference(".x", "int x at byte 0", "int x at byte 4"));
    assertThat(
            between(
                one, stats(right, "S", 12, new Member("x", wide, 0, 0), new Member("y", b, 32, 0))))
        .contains(new TypeDifference(".x", "int of 4 bytes", "long of 8 bytes"));
  }

  @Test
  void elementsAndLengthsCount() {
    int a = number(left, "char", 1);
    int b = number(right, "char", 1);
    int sixteen = left.add(new BtfType.Array(a, a, 16));
    assertThat(between(sixteen, right.add(new BtfType.Array(b, b, 16)))).isEmpty();
    assertThat(between(sixteen, right.add(new BtfType.Array(b, b, 8))))
        .contains(new TypeDifference("", "char[16]", "char[8]"));
    int inner = stats(left, "C", 16, new Member("comm", sixteen, 0, 0));
    int other =
        stats(
            right,
            "C",
            16,
            new Member("comm", right.add(new BtfType.Array(number(right, "long", 8), b, 2)), 0, 0));
    assertThat(between(inner, other)).contains(new TypeDifference(".comm", "char[16]", "long[2]"));
  }

  @Test
  void constantsThatBothHaveMustBeEqual() {
    int a = left.add(new BtfType.Enum("E", 4, true, List.of(new EnumValue("ON", 1))));
    assertThat(
            between(
                a,
                right.add(
                    new BtfType.Enum(
                        "E", 4, true, List.of(new EnumValue("ON", 1), new EnumValue("OFF", 2))))))
        .isEmpty();
    assertThat(
            between(a, right.add(new BtfType.Enum("E", 4, true, List.of(new EnumValue("ON", 3))))))
        .contains(new TypeDifference("", "ON = 1", "ON = 3"));
    assertThat(between(a, number(right, "int", 4))).isEmpty();
  }

  @Test
  void typesOfTheKernelAreKnownByName() {
    int a = number(left, "int", 4);
    int b = number(right, "int", 4);
    assertThat(
            between(
                stats(left, "bpf_spin_lock", 4, new Member("val", a, 0, 0)),
                stats(right, "Lock", 4, new Member("val", b, 0, 0))))
        .contains(new TypeDifference("", "struct bpf_spin_lock", "struct Lock"));
  }

  @Test
  void variablesOfASectionAreComparedByTheirNames() {
    int a = left.add(new BtfType.Var("seen", number(left, "long", 8), BtfType.Linkage.GLOBAL));
    int b = right.add(new BtfType.Var("seen", number(right, "long", 8), BtfType.Linkage.GLOBAL));
    int one =
        left.add(new BtfType.DataSection(".bss", 8, List.of(new BtfType.SectionVar(a, 0, 8))));
    assertThat(
            between(
                one,
                right.add(
                    new BtfType.DataSection(".bss", 16, List.of(new BtfType.SectionVar(b, 8, 8))))))
        .contains(new TypeDifference(".seen", "long seen at byte 0", "long seen at byte 8"));
  }

  /// 2^30 ways lead to the innermost struct; each pair is looked at once.
  @Test
  void deepTypesTakeNoTime() {
    int a = number(left, "int", 4);
    int b = number(right, "int", 4);
    for (int i = 0; i < 30; i++) {
      a = stats(left, "S" + i, 8, new Member("x", a, 0, 0), new Member("y", a, 0, 0));
      b = stats(right, "S" + i, 8, new Member("x", b, 0, 0), new Member("y", b, 0, 0));
    }
    assertThat(between(a, b)).isEmpty();
  }
}
