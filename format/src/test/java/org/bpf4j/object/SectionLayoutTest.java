package org.bpf4j.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.bpf4j.btf.BtfBuilder;
import org.bpf4j.btf.BtfType;
import org.bpf4j.btf.BtfType.Linkage;
import org.bpf4j.btf.BtfType.SectionVar;
import org.bpf4j.isa.MalformedObjectException;
import org.junit.jupiter.api.Test;

/// Where the variables of sections are that compilers describe without sizes and places.
class SectionLayoutTest {

  private final ForeignElf elf = new ForeignElf();
  private final BtfBuilder types = new BtfBuilder();
  private final int number = types.add(new BtfType.Int("u64", 8, BtfType.IntEncoding.NONE, 64));

  private SectionVar variable(String name, Linkage linkage) {
    return new SectionVar(types.add(new BtfType.Var(name, number, linkage)), 0, 8);
  }

  private void symbol(String name, int binding, int section, int start) {
    elf.symbol(name, binding, ElfFile.STT_OBJECT, section, start, 8);
  }

  private BtfType.DataSection read(String section, SectionVar... vars) {
    int id = types.add(new BtfType.DataSection(section, 0, List.of(vars)));
    return (BtfType.DataSection) elf.types(types.build()).read().btf().type(id);
  }

  @Test
  void symbolsSayWhereVariablesAre() {
    int data = elf.data(".data", new byte[24]);
    symbol("second", ElfFile.STB_GLOBAL, data, 16);
    symbol("first", ElfFile.STB_LOCAL, data, 8);
    SectionVar second = variable("second", Linkage.GLOBAL);
    SectionVar first = variable("first", Linkage.STATIC);
    assertThat(read(".data", second, first))
        .isEqualTo(
            new BtfType.DataSection(
                ".data",
                24,
                List.of(new SectionVar(first.var(), 8, 8), new SectionVar(second.var(), 16, 8))));
  }

  /// LLVM 14 says so of a table of texts in Rust.
  @Test
  void whatIsInAnotherSectionIsLeftOut() {
    int constants = elf.data(".rodata", new byte[8]);
    int relocated = elf.data(".data.rel.ro", new byte[16]);
    symbol("version", ElfFile.STB_GLOBAL, constants, 0);
    symbol("names", ElfFile.STB_LOCAL, relocated, 8);
    SectionVar version = variable("version", Linkage.GLOBAL);
    SectionVar names = variable("names", Linkage.STATIC);
    assertThat(read(".rodata", version, names).vars()).containsExactly(version);
  }

  @Test
  void variablesThatLeaveTheirSectionAreRefused() {
    symbol("last", ElfFile.STB_GLOBAL, elf.data(".data", new byte[8]), 4);
    SectionVar last = variable("last", Linkage.GLOBAL);
    assertThatThrownBy(() -> read(".data", last))
        .isInstanceOf(MalformedObjectException.class)
        .hasMessageContaining("last leaves its section .data");
  }
}
