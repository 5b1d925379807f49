package org.bpf4j.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bpf4j.btf.Btf;
import org.bpf4j.btf.BtfBuilder;
import org.bpf4j.btf.BtfType;
import org.bpf4j.btf.BtfType.SectionVar;
import org.bpf4j.btf.BtfWriter;
import org.bpf4j.isa.InsnIndex;
import org.bpf4j.isa.InsnParser;
import org.bpf4j.isa.MalformedObjectException;
import org.bpf4j.object.ObjectBtf.GlobalVariable;
import org.bpf4j.object.Relocation.Target;
import org.junit.jupiter.api.Test;

class ElfTest {

  private static final Target COUNTS = new Target.MapReference("counts");

  private static BpfObject bare(BpfFunction... functions) {
    List<CodeSection> code = List.of(new CodeSection("xdp", List.of(functions)));
    return new BpfObject("GPL", code, List.of(), List.of(), Btf.EMPTY, Optional.empty(), List.of());
  }

  private static BpfFunction function(String name, String code, Relocation... relocations) {
    return new BpfFunction(
        name, true, InsnParser.parseAll(code), List.of(relocations), List.of(), List.of(), 0);
  }

  private static Relocation first(Target target) {
    return new Relocation(new InsnIndex(0), target);
  }

  @Test
  void roundTripsAllThatAnObjectSays() {
    BpfObject object = SampleObject.build();
    byte[] bytes = ElfWriter.write(object);
    BpfObject read = ElfReader.read(bytes);
    assertThat(read.btf()).isEqualTo(object.btf());
    assertThat(read.code()).isEqualTo(object.code());
    assertThat(read).isEqualTo(object);
    assertThat(ElfWriter.write(read)).isEqualTo(bytes);
    assertThat(ElfWriter.write(SampleObject.build())).isEqualTo(bytes);
  }

  @Test
  void roundTripsAnObjectWithoutTypes() {
    BpfObject object = bare(function("pass", "r0 = 2\nexit"), function("drop", "r0 = 1\nexit"));
    assertThat(ElfReader.read(ElfWriter.write(object))).isEqualTo(object);
  }

  @Test
  void roundTripsStructsOfFunctions() {
    BtfBuilder types = new BtfBuilder();
    int pointer = types.add(new BtfType.Pointer(types.add(new BtfType.FuncProto(0, List.of()))));
    int number = types.add(new BtfType.Int("int", 4, BtfType.IntEncoding.SIGNED, 32));
    int struct =
        types.add(
            new BtfType.Struct(
                "tcp_congestion_ops",
                16,
                List.of(
                    new BtfType.Member("init", pointer, 0, 0),
                    new BtfType.Member("flags", number, 64, 0))));
    String section = DataSection.STRUCT_OPS_LINK;
    List<GlobalVariable> variables = List.of(new GlobalVariable("gentle", struct, 0, 16));
    int id = ObjectBtf.data(types, section, 16, variables);
    SortedMap<Integer, String> programs = new TreeMap<>(Map.of(0, "init"));
    byte[] bytes = {0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0};
    BpfObject object =
        new BpfObject(
            "GPL",
            List.of(new CodeSection("struct_ops/init", List.of(function("init", "r0 = 0\nexit")))),
            List.of(),
            List.of(new DataSection(section, bytes, id, List.of(), programs)),
            types.build(),
            Optional.empty(),
            List.of());
    assertThat(ElfReader.read(ElfWriter.write(object))).isEqualTo(object);
  }

  @Test
  void linesAloneNeedAStringSection() {
    LineRecord line = new LineRecord(new InsnIndex(0), "A.java", "return 2;", 1, 1);
    BpfFunction plain = function("pass", "r0 = 2\nexit");
    BpfFunction function =
        new BpfFunction("pass", true, plain.insns(), List.of(), List.of(), List.of(line), 0);
    BpfObject object = bare(function);
    assertThat(ElfReader.read(ElfWriter.write(object))).isEqualTo(object);
  }

  @Test
  void externsAreUndefinedSymbols() {
    BpfObject object =
        bare(
            function(
                "pass",
                "r1 = 0 ll\ncall pc-1\nexit",
                first(new Target.Extern("LINUX_KERNEL_VERSION")),
                new Relocation(new InsnIndex(2), new Target.Extern("bpf_rcu_read_lock"))));
    assertThat(ElfReader.read(ElfWriter.write(object))).isEqualTo(object);
  }

  @Test
  void tablesOfPlacesBelongToTheirFunction() {
    Target table = new Target.JumpTable(List.of(4, 6, 4));
    String lines = "r1 = 0 ll\nr1 = *(u64 *)(r1 + 8)\ngotox r1\nr0 = 1\nexit\nr0 = 2\nexit";
    BpfObject object = bare(function("a", lines, first(table)), function("b", lines, first(table)));
    assertThat(ElfReader.read(ElfWriter.write(object))).isEqualTo(object);
  }

  @Test
  void placeholdersReplaceTheCompilersConstants() {
    BpfFunction function =
        function("pass", "r1 = map_fd 0x7 ll\nexit", first(new Target.Extern("x")));
    BpfObject read = ElfReader.read(ElfWriter.write(bare(function)));
    assertThat(read.programs().getFirst().insns())
        .isEqualTo(InsnParser.parseAll("r1 = 0 ll\nexit"));
  }

  @Test
  void aCallByOffsetIsARelocation() {
    BpfObject byOffset = bare(function("a", "call pc+1\nexit"), function("b", "r0 = 1\nexit"));
    BpfFunction caller = ElfReader.read(ElfWriter.write(byOffset)).function("a").orElseThrow();
    assertThat(caller.relocations()).containsExactly(first(new Target.SubprogramCall("b")));
    BpfObject astray = bare(function("a", "call pc+2\nexit"), function("b", "r0 = 1\nexit"));
    assertThatThrownBy(() -> ElfReader.read(ElfWriter.write(astray)))
        .isInstanceOf(MalformedObjectException.class)
        .hasMessageContaining("no function starts");
  }

  @Test
  void contradictionsAreNotWritten() {
    assertRefused(
        bare(function("a", "r1 = 0 ll\nexit", first(new Target.MapReference("none")))), "none");
    assertRefused(
        bare(function("a", "r1 = 0 ll\nexit", first(new Target.DataReference(".bss", 0)))), ".bss");
    assertRefused(
        bare(function("a", "call pc-1\nexit", first(new Target.SubprogramCall("b")))),
        "no subprogram b");
    assertRefused(
        bare(function("a", "exit", new Relocation(new InsnIndex(3), new Target.Extern("x")))),
        "no instruction");
    assertRefused(bare(function("a", "exit", first(new Target.Extern("x")))), "cannot refer");
    assertRefused(bare(function("a", "exit"), function("a", "exit")), "two functions");
    BpfObject sample = SampleObject.build();
    assertRefused(
        new BpfObject(
            "GPL",
            sample.code(),
            sample.maps().subList(0, 2),
            sample.data(),
            sample.btf(),
            Optional.empty(),
            List.of()),
        "the maps are not those");
  }

  private static void assertRefused(BpfObject object, String message) {
    assertThatThrownBy(() -> ElfWriter.write(object))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void otherFilesAreRefused() {
    byte[] good = ElfWriter.write(SampleObject.build());
    assertMalformed(new byte[0], "not an ELF file");
    assertMalformed("#!/bin/sh".repeat(20).getBytes(StandardCharsets.US_ASCII), "not an ELF file");
    byte[] machine = good.clone();
    machine[18] = 62;
    machine[19] = 0;
    assertMalformed(machine, "machine 62");
    byte[] big = good.clone();
    big[5] = 2;
    assertMalformed(big, "little-endian");
    assertMalformed(Arrays.copyOf(good, 64), "leaves the file");
  }

  private static void assertMalformed(byte[] bytes, String message) {
    assertThatThrownBy(() -> ElfReader.read(bytes))
        .isInstanceOf(MalformedObjectException.class)
        .hasMessageContaining(message);
  }

  @Test
  void mutantsAreReadOrRefused() {
    byte[] good = ElfWriter.write(SampleObject.build());
    Random random = new Random(5);
    int read = 0;
    for (int i = 0; i < 10_000; i++) {
      byte[] bad = good.clone();
      for (int n = random.nextInt(1, 4); n > 0; n--) {
        int at = random.nextInt(bad.length);
        bad[at] = random.nextBoolean() ? (byte) random.nextInt() : (byte) (bad[at] ^ 1);
      }
      if (random.nextInt(10) == 0) {
        bad = Arrays.copyOf(bad, random.nextInt(bad.length));
      }
      try {
        ObjectPrinter.printWithTypes(ElfReader.read(bad));
        read++;
      } catch (MalformedObjectException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
    assertThat(read).isBetween(100, 9_900);
  }

  @Test
  void symbolsCompleteTheLayoutThatClangLeavesOpen() {
    BpfObject sample = SampleObject.build();
    CodeSection code =
        new CodeSection("xdp", List.of(function("a", "r1 = 0 ll\nexit", first(COUNTS))));
    BpfObject object =
        new BpfObject(
            "GPL",
            List.of(code),
            sample.maps(),
            sample.data(),
            sample.btf(),
            Optional.empty(),
            List.of());
    List<BtfType> open = sample.btf().types().stream().map(ElfTest::withoutLayout).toList();
    ElfFile file = ElfFile.parse(ElfWriter.write(object));
    List<ElfFile.Section> sections =
        file.sections().stream()
            .filter(s -> !s.name().equals(".symtab") && !s.name().equals(".strtab"))
            .map(
                s ->
                    s.name().equals(".BTF")
                        ? ElfFile.Section.of(
                            ".BTF", ElfFile.SHT_PROGBITS, 0, 4, BtfWriter.write(new Btf(open)))
                        : s)
            .toList();
    byte[] bytes = new ElfFile(sections, file.symbols()).toBytes();
    assertThat(ElfReader.read(bytes)).isEqualTo(object);
  }

  private static BtfType withoutLayout(BtfType type) {
    return type instanceof BtfType.DataSection(String name, _, List<SectionVar> vars)
        ? new BtfType.DataSection(
            name, 0, vars.stream().map(v -> new SectionVar(v.var(), 0, v.size())).toList())
        : type;
  }

  @Test
  void hugeBssIsRefused() {
    BpfObject object = SampleObject.build();
    byte[] bytes = ElfWriter.write(object);
    int at = -1;
    for (int i = 0; i + 64 <= bytes.length; i += 8) {
      if (bytes[i + 4] == 8 && bytes[i + 8] == 3 && bytes[i + 32] == 16) {
        at = i;
      }
    }
    assertThat(at).isPositive();
    bytes[at + 36] = 1;
    assertMalformed(bytes, "64 MiB");
  }

  @Test
  void printsProgramsBelowTheirLines() {
    assertThat(ObjectPrinter.print(SampleObject.build()))
        .contains("map counts: HASH, key 4, value 8, max_entries 1024, flags 0x1\n")
        .contains("filter: program in section xdp, 24 slots\n")
        .contains("; com/example/Sample.java:16  static int filter()")
        .containsPattern(" 4: r1 = 0 ll +; map counts\n")
        .containsPattern(" 6: call 1 +; bpf_map_lookup_elem\n")
        .containsPattern("18: call pc-1 +; twice\n")
        .containsPattern("21: r3 = 0 +; CO-RE FIELD_BYTE_OFFSET");
  }
}
