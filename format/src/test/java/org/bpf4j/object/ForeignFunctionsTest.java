package org.bpf4j.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.bpf4j.object.ForeignElf.target;

import java.util.List;
import org.bpf4j.btf.Btf;
import org.bpf4j.btf.BtfBuilder;
import org.bpf4j.btf.BtfType;
import org.bpf4j.btf.BtfType.Linkage;
import org.bpf4j.isa.InsnParser;
import org.bpf4j.object.Relocation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Functions as other compilers lay them out, and ours never does.
class ForeignFunctionsTest {

  private final ForeignElf elf = new ForeignElf();
  private final BtfBuilder types = new BtfBuilder();

  @Test
  void subprogramsMayHaveSectionsOfTheirOwn() {
    int inner = elf.code(".text.inner", "r0 = 7\nexit");
    int outer = elf.code(".text.outer", "call pc-1\nexit");
    int code = elf.code("xdp", "call pc-1\nexit");
    elf.symbol("inner", ElfFile.STB_LOCAL, ElfFile.STT_FUNC, inner, 0, 16);
    ElfFile.Symbol second = elf.function("outer", outer, 0, 16);
    elf.function("filter", code, 0, 16);
    elf.relocation(outer, 0, 10, elf.start(inner)).relocation(code, 0, 10, second);
    BpfObject object = elf.read();
    assertThat(object.programs()).extracting(BpfFunction::name).containsExactly("filter");
    assertThat(target(object, "filter")).isEqualTo(new Target.SubprogramCall("outer"));
    assertThat(target(object, "outer")).isEqualTo(new Target.SubprogramCall("inner"));
    assertThat(ElfReader.read(ElfWriter.write(object))).isEqualTo(object);
  }

  /// Symbols are small, so a file may have many for one function.
  @Test
  @Timeout(10)
  void aFunctionMayHaveManyNames() {
    int code = elf.code("xdp", "r0 = 1\n".repeat(2_000) + "exit");
    elf.function("filter", code, 0, 2_001 * 8);
    for (int i = 0; i < 50_000; i++) {
      elf.symbol("same", ElfFile.STB_LOCAL, ElfFile.STT_FUNC, code, 0, i % 2 == 0 ? 0 : 2_001 * 8);
    }
    BpfObject object = elf.read();
    assertThat(object.function("same.50000").orElseThrow().insns())
        .isSameAs(object.function("filter").orElseThrow().insns());
  }

  @Test
  void functionsWithoutMarksAreGlobalSymbols() {
    int code = elf.code("xdp", "r0 = 1\nexit\nr0 = 2\nexit");
    elf.symbol("first", ElfFile.STB_GLOBAL, ElfFile.STT_NOTYPE, code, 0, 0);
    elf.symbol("LBB0_1", ElfFile.STB_LOCAL, ElfFile.STT_NOTYPE, code, 8, 0);
    elf.symbol("second", ElfFile.STB_GLOBAL, ElfFile.STT_NOTYPE, code, 16, 0);
    assertThat(elf.read().programs())
        .extracting(BpfFunction::name, BpfFunction::slots)
        .containsExactly(tuple("first", 2), tuple("second", 2));
  }

  @Test
  void whatLiesBetweenFunctionsBelongsToNobody() {
    int code = elf.code("xdp", "r0 = 1\nexit\nr1 = 0 ll\nr0 = 2\nexit");
    elf.function("first", code, 0, 16);
    elf.function("second", code, 32, 16);
    elf.relocation(code, 16, 1, elf.undefined("nothing"));
    BpfObject object = elf.read();
    assertThat(object.programs()).extracting(BpfFunction::slots).containsExactly(2, 2);
    assertThat(object.programs()).allMatch(program -> program.relocations().isEmpty());
  }

  @Test
  void functionsThatOverlapAreRefused() {
    int code = elf.code("xdp", "r0 = 1\nr0 = 2\nexit");
    elf.function("first", code, 0, 24);
    elf.function("second", code, 8, 16);
    elf.refused("second begins within another function");
  }

  @Test
  void functionsThatLeaveTheirSectionAreRefused() {
    elf.function("first", elf.code("xdp", "r0 = 1\nexit"), 0, 24);
    elf.refused("function first does not fit");
  }

  @Test
  void oneFunctionMayHaveSeveralNames() {
    int code = elf.code("xdp", "r0 = 1\nexit");
    elf.function("first", code, 0, 16);
    elf.function("second", code, 0, 16);
    BpfObject object = elf.read();
    assertThat(object.programs())
        .extracting(BpfFunction::name)
        .containsExactlyInAnyOrder("first", "second");
    assertThat(object.programs())
        .allMatch(p -> p.insns().equals(InsnParser.parseAll("r0 = 1\nexit")));
  }

  @Test
  void staticFunctionsBesideProgramsAreSubprograms() {
    int code = elf.code("xdp", "call pc+1\nexit\nr0 = 1\nexit");
    elf.function("filter", code, 0, 16);
    elf.symbol("one", ElfFile.STB_LOCAL, ElfFile.STT_FUNC, code, 16, 16);
    BpfObject object = elf.read();
    assertThat(object.programs()).extracting(BpfFunction::name).containsExactly("filter");
    assertThat(target(object, "filter")).isEqualTo(new Target.SubprogramCall("one"));
  }

  @Test
  void functionsOfOtherProgramSectionsMayBeCalled() {
    int code = elf.code("xdp", "call pc-1\nexit");
    elf.function("filter", code, 0, 16);
    int other = elf.code("xdp/other", "r0 = 1\nexit");
    elf.relocation(code, 0, 10, elf.function("second", other, 0, 16));
    assertThat(target(elf.read(), "filter")).isEqualTo(new Target.SubprogramCall("second"));
  }

  @Test
  void staticFunctionsOfOneNameGetNumbers() {
    int text = elf.code(".text", "r0 = 1\nexit\nr0 = 2\nexit");
    elf.symbol("one", ElfFile.STB_LOCAL, ElfFile.STT_FUNC, text, 0, 16);
    elf.symbol("one", ElfFile.STB_LOCAL, ElfFile.STT_FUNC, text, 16, 16);
    int code = elf.code("xdp", "call pc+1\nexit");
    elf.function("filter", code, 0, 16);
    elf.relocation(code, 0, 10, elf.start(text));
    BpfObject object = elf.read();
    assertThat(object.function("one.2").orElseThrow().insns())
        .isEqualTo(InsnParser.parseAll("r0 = 2\nexit"));
    assertThat(target(object, "filter")).isEqualTo(new Target.SubprogramCall("one.2"));
  }

  @Test
  void globalFunctionsOfOneNameAreRefused() {
    int code = elf.code("xdp", "r0 = 1\nexit\nr0 = 2\nexit");
    elf.function("filter", code, 0, 16);
    elf.function("filter", code, 16, 16);
    elf.refused("two functions are called filter");
  }

  @Test
  void hiddenSubprogramsAreStatic() {
    int prototype = types.add(new BtfType.FuncProto(0, List.of()));
    types.add(new BtfType.Func("helper", Linkage.GLOBAL, prototype));
    types.add(new BtfType.Func("other", Linkage.GLOBAL, prototype));
    int text = elf.code(".text", "r0 = 1\nexit\nr0 = 2\nexit");
    elf.add(
        new ElfFile.Symbol(
            "helper", ElfFile.STB_GLOBAL, ElfFile.STT_FUNC, text, 0, 16, ElfFile.STV_HIDDEN));
    elf.function("other", text, 16, 16);
    assertThat(elf.types(types.build()).read().btf().types())
        .contains(new BtfType.Func("helper", Linkage.STATIC, prototype))
        .contains(new BtfType.Func("other", Linkage.GLOBAL, prototype));
  }

  /// Rust's functions are called by other names in types than their symbols are.
  @Test
  void localFunctionsAreStatic() {
    int prototype = types.add(new BtfType.FuncProto(0, List.of()));
    int inner = types.add(new BtfType.Func("xdp", Linkage.GLOBAL, prototype));
    int program = types.add(new BtfType.Func("filter", Linkage.GLOBAL, prototype));
    int code = elf.code("xdp", "r0 = 1\nexit\nr0 = 2\nexit");
    elf.function("filter", code, 0, 16);
    elf.symbol("_RN4core5inner", ElfFile.STB_LOCAL, ElfFile.STT_FUNC, code, 16, 16);
    // the first string of the types is the name of the inner function and of the section
    elf.words(".BTF.ext", 0x1eb9f, 24, 0, 28, 28, 0, 8, 1, 2, 0, program, 16, inner);
    Btf read = elf.types(types.build()).read().btf();
    assertThat(read.type(inner)).isEqualTo(new BtfType.Func("xdp", Linkage.STATIC, prototype));
    assertThat(read.type(program)).isEqualTo(new BtfType.Func("filter", Linkage.GLOBAL, prototype));
  }
}
