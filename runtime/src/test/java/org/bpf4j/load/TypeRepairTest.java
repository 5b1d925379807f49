package org.bpf4j.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bpf4j.btf.Btf;
import org.bpf4j.btf.BtfType;
import org.bpf4j.btf.BtfType.EnumValue;
import org.bpf4j.btf.BtfType.Linkage;
import org.bpf4j.btf.BtfType.Member;
import org.bpf4j.btf.BtfType.Parameter;
import org.bpf4j.btf.BtfType.SectionVar;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.handle.TestInput;
import org.bpf4j.kernel.RealKernel;
import org.bpf4j.object.MapKind;
import org.bpf4j.sys.Token;
import org.junit.jupiter.api.Test;

/// Types as Rust's compiler says them.
class TypeRepairTest {

  private static final BtfType.Int WORD = new BtfType.Int("u32", 4, BtfType.IntEncoding.NONE, 32);

  private static final BtfType.Int CHARACTER =
      new BtfType.Int("char32", 4, BtfType.IntEncoding.NONE, 32);

  private static Btf repair(BtfType... types) {
    return TypeRepair.repair(new Btf(List.of(types)));
  }

  @Test
  void whatIsTakenStaysAsItIs() {
    Btf types =
        new Btf(
            List.of(
                WORD,
                new BtfType.Struct("pair", 8, List.of(member("a", 1, 0), member("", 1, 32))),
                new BtfType.Pointer(0),
                new BtfType.FuncProto(0, List.of(new Parameter("format", 3), new Parameter("", 0))),
                new BtfType.Func("print", Linkage.GLOBAL, 4),
                new BtfType.Var("count", 1, Linkage.GLOBAL),
                new BtfType.DataSection(".data", 4, List.of(new SectionVar(6, 0, 4)))));
    assertThat(TypeRepair.repair(types)).isEqualTo(types);
  }

  @Test
  void namesBecomeIdentifiers() {
    List<EnumValue> values = List.of(new EnumValue("r#type", 1));
    List<EnumValue> named = List.of(new EnumValue("r_type", 1));
    assertThat(
            repair(
                    WORD,
                    new BtfType.Struct("Option<u64>", 4, List.of(member("0", 1, 0))),
                    new BtfType.Union("MaybeUninit<[u8; 4]>", 4, List.of()),
                    new BtfType.Enum("a::E", 4, false, values),
                    new BtfType.Enum64("b::E", 8, false, values),
                    new BtfType.Forward("dyn core::fmt::Write", false),
                    new BtfType.Typedef("c::T", 1),
                    new BtfType.FuncProto(0, List.of(new Parameter("self.x", 1))),
                    new BtfType.Func("get<u32>", Linkage.STATIC, 8),
                    new BtfType.Var("main::COUNT", 1, Linkage.GLOBAL),
                    new BtfType.DataSection("maps/counts", 4, List.of()))
                .types())
        .containsExactly(
            WORD,
            new BtfType.Struct("Option_u64_", 4, List.of(member("_0", 1, 0))),
            new BtfType.Union("MaybeUninit__u8__4__", 4, List.of()),
            new BtfType.Enum("a__E", 4, false, named),
            new BtfType.Enum64("b__E", 8, false, named),
            new BtfType.Forward("dyn_core__fmt__Write", false),
            new BtfType.Typedef("c__T", 1),
            new BtfType.FuncProto(0, List.of(new Parameter("self_x", 1))),
            new BtfType.Func("get_u32_", Linkage.STATIC, 8),
            new BtfType.Var("main__COUNT", 1, Linkage.GLOBAL),
            new BtfType.DataSection("maps.counts", 4, List.of()));
  }

  @Test
  void longNamesAreCutOff() {
    assertThat(repair(new BtfType.Forward("a".repeat(127), false)).type(1).name()).hasSize(127);
    assertThat(repair(new BtfType.Forward("a".repeat(128), false)).type(1).name()).hasSize(127);
  }

  @Test
  void parametersGetNames() {
    Parameter more = new Parameter("", 0);
    assertThat(repair(WORD, new BtfType.FuncProto(1, List.of(new Parameter("", 1), more))).type(2))
        .isEqualTo(new BtfType.FuncProto(1, List.of(new Parameter("arg0", 1), more)));
  }

  @Test
  void membersStandByTheirPlace() {
    assertThat(
            repair(
                    WORD,
                    new BtfType.Struct(
                        "pair", 8, List.of(member("late", 1, 32), member("early", 1, 0))))
                .type(2))
        .isEqualTo(
            new BtfType.Struct("pair", 8, List.of(member("early", 1, 0), member("late", 1, 32))));
  }

  @Test
  void charactersAreNumbers() {
    assertThat(
            repair(
                    new BtfType.Struct("s", 4, List.of(member("letter", 0, 0))),
                    new BtfType.Array(0, 4, 2),
                    new BtfType.Var("first", 0, Linkage.GLOBAL),
                    WORD,
                    new BtfType.FuncProto(0, List.of(new Parameter("c", 0))),
                    new BtfType.Pointer(0))
                .types())
        .containsExactly(
            new BtfType.Struct("s", 4, List.of(member("letter", 7, 0))),
            new BtfType.Array(7, 4, 2),
            new BtfType.Var("first", 7, Linkage.GLOBAL),
            WORD,
            new BtfType.FuncProto(0, List.of(new Parameter("c", 7))),
            new BtfType.Pointer(0),
            CHARACTER);
  }

  @Test
  void theKernelTakesTypesOfRust() {
    RealKernel.use();
    ObjectText text = new ObjectText();
    int value =
        text.types.add(
            new BtfType.Struct(
                "Pair<char, u32>", 8, List.of(member("0", text.intType, 32), member("1", 0, 0))));
    int nameless =
        text.types.add(new BtfType.FuncProto(0, List.of(new Parameter("", text.intType))));
    text.types.add(new BtfType.Func("core::panicking::panic", Linkage.STATIC, nameless));
    text.typedMap("counts", MapKind.ARRAY, text.intType, value, 1)
        .program("syscall", "run", "r1 = map counts\nr0 = 3\nexit");
    try (LoadedTypes types = LoadedTypes.of(text.build(), Token.NONE)) {
      assertThat(types.isPresent()).isTrue();
    }
    try (LoadedObject loaded = text.load()) {
      assertThat(loaded.program("run").run(TestInput.context(new byte[0])).returnValue())
          .isEqualTo(3);
    }
  }

  private static Member member(String name, int type, int bitOffset) {
    return new Member(name, type, bitOffset, 0);
  }
}
