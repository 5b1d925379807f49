package org.bpf4j.btf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Finding types by name and flavour, for names of every length and with underscores everywhere.
class BtfNamesTest {

  private static final long SEED = 7;

  private final Random random = new Random(SEED);

  private String name() {
    StringBuilder name = new StringBuilder();
    int length = 1 + random.nextInt(14);
    for (int i = 0; i < length; i++) {
      name.append("ab___".charAt(random.nextInt(5)));
    }
    return name.toString();
  }

  private static List<BtfType> structs(List<String> names) {
    return names.stream().<BtfType>map(name -> new BtfType.Struct(name, 0, List.of())).toList();
  }

  @Test
  void allFlavoursOfANameAreFound() {
    List<String> names = IntStream.range(0, 4000).mapToObj(_ -> name()).toList();
    BtfNames found = BtfNames.of(BtfWriter.write(new Btf(structs(names)), new BtfStrings()));
    for (String wanted : names) {
      List<Integer> expected =
          IntStream.range(0, names.size())
              .filter(
                  i ->
                      names.get(i).equals(wanted)
                          || BtfNames.essential(names.get(i)).equals(wanted))
              .mapToObj(i -> i + 1)
              .toList();
      assertThat(found.findFlavours(wanted)).as(wanted).isEqualTo(expected);
    }
  }

  @Test
  void otherNamesAreNotFound() {
    byte[] base =
        BtfWriter.write(new Btf(structs(List.of("one_name", "kernel_only"))), new BtfStrings());
    assertThat(BtfNames.of(base).findFirst(BtfType.Struct.class, "kernel_only")).hasValue(2);
    assertThat(BtfNames.of(base).findFlavours("")).isEmpty();
    assertThat(BtfNames.of(base).findFlavours("kernel")).isEmpty();
  }

  @Test
  void aNameMayEndTheStrings() {
    List<String> names = new ArrayList<>(List.of("a", "ab", "z"));
    BtfNames found = BtfNames.of(BtfWriter.write(new Btf(structs(names)), new BtfStrings()));
    for (int i = 0; i < names.size(); i++) {
      assertThat(found.findFlavours(names.get(i))).containsExactly(i + 1);
    }
  }

  @Test
  void functionsAreFoundAsSuch() {
    BtfType struct = new BtfType.Struct("run", 0, List.of());
    BtfType prototype = new BtfType.FuncProto(0, List.of());
    BtfType function = new BtfType.Func("run", BtfType.Linkage.GLOBAL, 2);
    Btf btf = new Btf(List.of(function, prototype, struct, function));
    BtfNames found = BtfNames.of(BtfWriter.write(btf, new BtfStrings()));
    assertThat(found.find(BtfType.Func.class, "run")).containsExactly(1, 4);
    assertThat(found.find(BtfType.Struct.class, "run")).containsExactly(3);
    assertThat(found.find(BtfType.class, "run")).containsExactly(1, 3, 4);
    assertThat(found.findFlavours("run")).containsExactly(3);
  }
}
