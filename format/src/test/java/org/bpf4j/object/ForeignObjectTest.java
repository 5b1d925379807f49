package org.bpf4j.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpf4j.object.ForeignElf.target;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.bpf4j.btf.Btf;
import org.bpf4j.btf.BtfBuilder;
import org.bpf4j.btf.BtfType;
import org.bpf4j.btf.BtfType.Linkage;
import org.bpf4j.btf.BtfType.SectionVar;
import org.bpf4j.isa.MalformedObjectException;
import org.bpf4j.object.Relocation.Target;
import org.junit.jupiter.api.Test;

/// What objects of other compilers say and ours never do.
class ForeignObjectTest {

  /// Any number: compilers differ.
  private static final int TYPE = 3;

  private static final String LOAD = "r1 = 0 ll\nr0 = 0\nexit";

  private final ForeignElf elf = new ForeignElf();
  private final BtfBuilder types = new BtfBuilder();

  private ElfFile.Symbol object(String name, int section, int at, int bytes) {
    return elf.symbol(name, ElfFile.STB_GLOBAL, ElfFile.STT_OBJECT, section, at, bytes);
  }

  @Test
  void mapsBeforeBtfAreRead() {
    int code = elf.code("xdp", LOAD);
    elf.function("filter", code, 0, 32);
    int maps = elf.words("maps", 1, 4, 8, 100, 1, 2, 4, 16, 1, 0, 0, 0);
    object("counts", maps, 0, 20);
    elf.relocation(code, 0, 1, object("slots", maps, 20, 28));
    BpfObject object = elf.read();
    assertThat(object.maps())
        .containsExactly(
            new MapDefinition("counts", MapKind.HASH, 4, 8, 100, 1, 0, 0),
            new MapDefinition("slots", MapKind.ARRAY, 4, 16, 1, 0, 0, 0));
    assertThat(target(object, "filter")).isEqualTo(new Target.MapReference("slots"));
  }

  @Test
  void whatLinkersLeaveBetweenMapsBelongsToNobody() {
    int maps = elf.words("maps", 1, 4, 8, 100, 0, 9, 9, 9, 9, 9, 2, 4, 8, 1, 0);
    object("first", maps, 0, 20);
    object("second", maps, 40, 20);
    assertThat(elf.read().maps())
        .extracting(MapDefinition::name)
        .containsExactly("first", "second");
  }

  @Test
  void mapsOfAyaMayBePinned() {
    int maps = elf.words("maps", 1, 4, 8, 100, 0, 0, 1, 1, 4, 8, 100, 0, 0, 0);
    object("KEPT", maps, 0, 28);
    object("OTHER", maps, 28, 28);
    assertThat(elf.read().maps())
        .extracting(map -> map.traits().pinned())
        .containsExactly(true, false);
  }

  @Test
  void mapsOfAyaHaveANumberWithoutMeaning() {
    int maps = elf.words("maps", 1, 4, 8, 100, 0, 7, 0, 1, 4, 8, 100, 0, 7, 2);
    object("COUNTS", maps, 0, 28);
    assertThat(elf.read().map("COUNTS")).isPresent();
    object("ODD", maps, 28, 28);
    elf.refused("map ODD: something stands behind the flags");
  }

  /// A file as rustc, LLVM and Aya's linker write it: subprograms with Rust's names, what the
  /// compiler calls of its own accord as global functions, variables in sections of their own.
  @Test
  void objectsOfAyaAreRead() {
    int text = elf.code(".text", "r0 = r1\nexit\nr0 = 0\nexit");
    int code = elf.code("classifier", "r1 = 0 ll\nr3 = 0 ll\ncall pc-1\ncall pc-1\nr0 = 0\nexit");
    elf.data("license", "GPL\0".getBytes(StandardCharsets.US_ASCII));
    String hashed = "_ZN4core3ptr9drop$LT$T$GT$17h0123456789abcdefE";
    ElfFile.Symbol inner = elf.symbol(hashed, ElfFile.STB_LOCAL, ElfFile.STT_FUNC, text, 0, 16);
    ElfFile.Symbol fill = elf.function("memset", text, 16, 16);
    elf.function("tc_egress", code, 0, 64);
    ElfFile.Symbol constant =
        elf.symbol(
            ".L__unnamed_1",
            ElfFile.STB_LOCAL,
            ElfFile.STT_OBJECT,
            elf.data(".rodata..L__unnamed_1", new byte[24]),
            0,
            24);
    elf.data(".rodata.cst16", new byte[16]);
    ElfFile.Symbol counter = object("COUNTER", elf.data(".data.COUNTER", new byte[8]), 0, 8);
    elf.zeroes(".bss.ZEROS", 8);
    elf.relocation(code, 0, 1, constant)
        .relocation(code, 16, 1, counter)
        .relocation(code, 32, 10, inner)
        .relocation(code, 40, 10, fill);
    int nothing = types.add(new BtfType.FuncProto(0, List.of()));
    types.add(new BtfType.Func("memset", Linkage.GLOBAL, nothing));
    types.add(new BtfType.Func("tc_egress", Linkage.GLOBAL, nothing));
    BpfObject object = elf.types(types.build()).read();
    assertThat(object.license()).isEqualTo("GPL");
    assertThat(object.programs()).extracting(BpfFunction::name).containsExactly("tc_egress");
    assertThat(object.data())
        .extracting(DataSection::name)
        .containsExactly(".rodata..L__unnamed_1", ".rodata.cst16", ".data.COUNTER", ".bss.ZEROS");
    assertThat(object.function("tc_egress").orElseThrow().relocations())
        .extracting(Relocation::target)
        .containsExactly(
            new Target.DataReference(".rodata..L__unnamed_1", 0),
            new Target.DataReference(".data.COUNTER", 0),
            new Target.SubprogramCall(hashed),
            new Target.SubprogramCall("memset"));
    assertThat(object.btf().types())
        .contains(
            new BtfType.Func("memset", Linkage.STATIC, nothing),
            new BtfType.Func("tc_egress", Linkage.GLOBAL, nothing));
  }

  @Test
  void mapsWithSomebodysExtensionAreRefused() {
    int maps = elf.words("maps", 1, 4, 8, 100, 0, 7);
    object("counts", maps, 0, 24);
    elf.refused("map counts: something stands behind the flags");
  }

  @Test
  void mapsOfNoTypeAreRefused() {
    object("counts", elf.words("maps", 99, 4, 8, 100, 0), 0, 20);
    elf.refused("unknown map type 99");
  }

  @Test
  void mapsThatAreCutOffAreRefused() {
    object("counts", elf.words("maps", 1, 4), 0, 8);
    elf.refused("cut off");
  }

  @Test
  void mapsThatEndNowhereAreRefused() {
    int maps = elf.words("maps", 0, 0, 1, 4, 8, 100, 0);
    elf.add(
        new ElfFile.Symbol(
            "counts", ElfFile.STB_GLOBAL, ElfFile.STT_OBJECT, maps, 8, Long.MAX_VALUE - 3));
    elf.refused("cut off");
  }

  @Test
  void zeroesBeyondAllReasonAreRefused() {
    elf.zeroes(".bss", 16);
    elf.zeroes(".bss.more", Long.MAX_VALUE);
    elf.refused("larger than 64 MiB");
  }

  @Test
  void aLicenceIsWhatTheObjectOrItsUserSays() {
    elf.function("filter", elf.code("xdp", "r0 = 1\nexit"), 0, 16);
    BpfObject object = elf.read();
    assertThat(object.license()).isEmpty();
    assertThat(object.withLicense("GPL").license()).isEqualTo("GPL");
    assertThat(object.withLicense("GPL").withLicense("")).isEqualTo(object);
  }

  @Test
  void constantsMayBeSumsAlready() {
    int data = elf.data(".data", new byte[16]);
    int text = elf.code(".text", "r0 = 1\nexit\nr0 = 2\nexit");
    elf.function("one", text, 0, 16);
    ElfFile.Symbol two = elf.function("two", text, 16, 16);
    int code = elf.code("xdp", "call pc+15\nr1 = 12 ll\nexit");
    elf.function("filter", code, 0, 32);
    elf.relocation(code, 0, 10, two);
    elf.relocation(code, 8, 1, object("last", data, 8, 8));
    elf.refused("no function starts at byte 144");
    elf.section(".comment", 0, "\0GCC: (Debian) 12.2.0\0".getBytes(StandardCharsets.US_ASCII));
    assertThat(elf.read().function("filter").orElseThrow().relocations())
        .extracting(Relocation::target)
        .containsExactly(new Target.SubprogramCall("two"), new Target.DataReference(".data", 12));
  }

  @Test
  void constantsOfYoungGccAreAdded() {
    int data = elf.data(".data", new byte[32]);
    int code = elf.code("xdp", "r1 = 12 ll\nr2 = 0 ll\nexit");
    elf.function("filter", code, 0, 40);
    elf.relocation(code, 0, 1, object("first", data, 8, 8));
    elf.relocation(code, 16, 1, object("last", data, 16, 8));
    elf.section(".comment", 0, "GCC: (GNU) 15.1.0\0".getBytes(StandardCharsets.US_ASCII));
    assertThat(elf.read().function("filter").orElseThrow().relocations())
        .extracting(Relocation::target)
        .containsExactly(
            new Target.DataReference(".data", 20), new Target.DataReference(".data", 16));
  }

  @Test
  void programsBehindAQuestionMarkAreOptional() {
    elf.function("first", elf.code("?tc", "r0 = 1\nexit"), 0, 16);
    elf.function("second", elf.code("tc", "r0 = 1\nexit"), 0, 16);
    BpfObject object = elf.read();
    assertThat(object.programs()).hasSize(2);
    assertThat(object.optionalPrograms()).isEqualTo(Set.of("first"));
    assertThat(ProgramSection.parse("?tc")).isEqualTo(ProgramSection.parse("tc"));
  }

  @Test
  void staticMapsAreNamedByTheirPlace() {
    List<MapDefinition> maps =
        List.of(
            new MapDefinition("first", MapKind.ARRAY, 4, 8, 1, 0, 0, 0),
            new MapDefinition("second", MapKind.HASH, 4, 8, 2, 0, 0, 0));
    int section = MapBtf.add(types, maps);
    Btf btf = types.build();
    BtfType.DataSection layout = (BtfType.DataSection) btf.type(section);
    int second = layout.vars().getLast().offset();
    int data = elf.data(".maps", new byte[layout.bytes()]);
    int code = elf.code("xdp", "r1 = " + second + " ll\nr0 = 0\nexit");
    elf.function("filter", code, 0, 32);
    elf.relocation(code, 0, TYPE, elf.start(data));
    BpfObject object = elf.types(btf).read();
    assertThat(target(object, "filter")).isEqualTo(new Target.MapReference("second"));
  }

  @Test
  void variablesOfAnArenaAreDataOfTheirOwn() {
    int data = elf.data(DataSection.ARENA, new byte[] {1, 2, 3, 4});
    int code = elf.code("syscall", LOAD);
    elf.function("run", code, 0, 32);
    elf.relocation(code, 0, 1, object("counter", data, 2, 1));
    BpfObject object = elf.read();
    assertThat(target(object, "run")).isEqualTo(new Target.DataReference(DataSection.ARENA, 2));
    assertThat(object.data(DataSection.ARENA).orElseThrow().isArena()).isTrue();
  }

  @Test
  void textsThatCompilersPutAsideAreData() {
    int code = elf.code("xdp", LOAD);
    elf.function("filter", code, 0, 32);
    int texts = elf.section(".rodata.str1.1", ElfFile.SHF_ALLOC, new byte[] {65, 0});
    elf.relocation(code, 0, 1, elf.start(texts));
    BpfObject object = elf.read();
    assertThat(target(object, "filter")).isEqualTo(new Target.DataReference(".rodata.str1.1", 0));
    assertThat(object.data(".rodata.str1.1").orElseThrow().isReadOnly()).isTrue();
  }

  @Test
  void sectionsOfNoInterestArePassedOverUnlessTheyAreReferredTo() {
    int debug = elf.section(".debug_info", 0, new byte[] {1, 2, 3});
    elf.section(".eh_frame", ElfFile.SHF_ALLOC, new byte[] {4, 5, 6, 7});
    elf.words("version", 1);
    int code = elf.code("xdp", LOAD);
    elf.function("filter", code, 0, 32);
    assertThat(elf.read().data()).isEmpty();
    elf.relocation(code, 0, 1, elf.start(debug));
    elf.refused("filter: a relocation refers to byte 0 of section .debug_info");
  }

  @Test
  void relocationsOfOtherInstructionsAreRefused() {
    int code = elf.code("xdp", "r0 = 1\nexit");
    elf.function("filter", code, 0, 16);
    elf.relocation(code, 0, 1, elf.undefined("jiffies"));
    elf.refused("cannot refer to");
  }

  @Test
  void theConfigurationIsLaidOutAsLibbpfDoes() {
    int character = types.add(new BtfType.Int("char", 1, BtfType.IntEncoding.SIGNED, 8));
    int number = types.add(new BtfType.Int("int", 4, BtfType.IntEncoding.SIGNED, 32));
    int wide = types.add(new BtfType.Int("long", 8, BtfType.IntEncoding.SIGNED, 64));
    int text = types.add(new BtfType.Array(character, number, 20));
    List<SectionVar> vars =
        List.of(
            variable("CONFIG_TEXT", text, 20),
            variable("CONFIG_NUMBER", number, 4),
            variable("CONFIG_B", wide, 8),
            variable("CONFIG_CHAR", character, 1),
            variable("CONFIG_A", wide, 8));
    types.add(new BtfType.DataSection(DataSection.KERNEL_CONFIG, 0, vars));
    int code = elf.code("xdp", LOAD);
    elf.function("filter", code, 0, 32);
    elf.relocation(code, 0, 1, elf.undefined("CONFIG_NUMBER"));
    BpfObject object = elf.types(types.build()).read();
    DataSection section = object.data(DataSection.KERNEL_CONFIG).orElseThrow();
    assertThat(section.variables(object.btf()))
        .containsExactly("CONFIG_A", "CONFIG_B", "CONFIG_NUMBER", "CONFIG_CHAR", "CONFIG_TEXT");
    assertThat(section.size()).isEqualTo(41);
    assertThat(target(object, "filter"))
        .isEqualTo(new Target.DataReference(DataSection.KERNEL_CONFIG, 16));
    Map<String, String> values =
        Map.of(
            "CONFIG_A", "1",
            "CONFIG_B", "0x10",
            "CONFIG_NUMBER", "-2",
            "CONFIG_CHAR", "m",
            "CONFIG_TEXT", "\"abc\"");
    ByteBuffer contents =
        ByteBuffer.wrap(
                new KernelConfiguration(values)
                    .contents(section, object.btf(), MalformedObjectException::new))
            .order(ByteOrder.LITTLE_ENDIAN);
    assertThat(contents.getLong(8)).isEqualTo(16);
    assertThat(contents.getInt(16)).isEqualTo(-2);
    assertThat(contents.get(20)).isEqualTo((byte) 'm');
    assertThat(contents.get(23)).isEqualTo((byte) 'c');
  }

  private SectionVar variable(String name, int type, int bytes) {
    return new SectionVar(types.add(new BtfType.Var(name, type, Linkage.EXTERN)), 0, bytes);
  }

  @Test
  void sectionsOfStaticVariablesAreHidden() {
    int number = types.add(new BtfType.Int("int", 4, BtfType.IntEncoding.SIGNED, 32));
    int hidden = types.add(new BtfType.Var("lock", number, Linkage.STATIC));
    int shown = types.add(new BtfType.Var("count", number, Linkage.GLOBAL));
    types.add(new BtfType.DataSection(".data.a", 4, List.of(new SectionVar(hidden, 0, 4))));
    types.add(
        new BtfType.DataSection(
            ".data.b", 8, List.of(new SectionVar(hidden, 0, 4), new SectionVar(shown, 4, 4))));
    elf.data(".data.a", new byte[4]);
    elf.data(".data.b", new byte[8]);
    elf.data(".data.c", new byte[8]);
    BpfObject object = elf.types(types.build()).read();
    assertThat(object.data())
        .extracting(section -> section.isHidden(object.btf()))
        .containsExactly(true, false, false);
  }

  @Test
  void aProgramMayNameAFunctionForExceptions() {
    int prototype = types.add(new BtfType.FuncProto(0, List.of()));
    int program = types.add(new BtfType.Func("run", Linkage.GLOBAL, prototype));
    int other = types.add(new BtfType.Func("cleanup", Linkage.GLOBAL, prototype));
    types.add(new BtfType.DeclTag("exception_callback:cleanup", program, -1));
    Btf btf = types.build();
    assertThat(ObjectBtf.exceptionCallback(btf, program)).contains("cleanup");
    assertThat(ObjectBtf.exceptionCallback(btf, other)).isEmpty();
    assertThat(ObjectBtf.exceptionCallback(btf, 0)).isEmpty();
  }

  @Test
  void longerHeadersAndRecordsOfBtfExtAreRead() {
    int prototype = types.add(new BtfType.FuncProto(0, List.of()));
    int function = types.add(new BtfType.Func("xdp", Linkage.GLOBAL, prototype));
    elf.function("filter", elf.code("xdp", "r0 = 1\nexit"), 0, 16);
    // the first string of the types is the name of the function and of its section
    elf.words(".BTF.ext", 0x1eb9f, 40, 0, 24, 24, 0, 24, 0, 0, 0, 12, 1, 1, 0, function, 0);
    BpfObject object = elf.types(types.build()).read();
    assertThat(object.function("filter").map(BpfFunction::btfType))
        .isEqualTo(Optional.of(function));
  }

  @Test
  void mutantsAreReadOrRefused() {
    int number = types.add(new BtfType.Int("int", 4, BtfType.IntEncoding.SIGNED, 32));
    types.add(
        new BtfType.DataSection(
            DataSection.KERNEL_CONFIG, 0, List.of(variable("CONFIG_NUMBER", number, 4))));
    int maps = elf.words("maps", 1, 4, 8, 100, 1, 0, 0, 2, 4, 16, 1, 0, 0, 0);
    int data = elf.data(".data.hidden", new byte[16]);
    int text = elf.code(".text", "r0 = 1\nexit\nr0 = 2\nexit");
    elf.symbol("one", ElfFile.STB_LOCAL, ElfFile.STT_FUNC, text, 0, 16);
    ElfFile.Symbol two = elf.symbol("one", ElfFile.STB_LOCAL, ElfFile.STT_FUNC, text, 16, 16);
    int code = elf.code("?tc", "call pc-1\nr1 = 0 ll\nr2 = 4 ll\nr3 = 0 ll\nexit");
    elf.symbol("filter", ElfFile.STB_GLOBAL, ElfFile.STT_NOTYPE, code, 0, 0);
    elf.relocation(code, 0, 10, two);
    elf.relocation(code, 8, 1, object("slots", maps, 28, 28));
    elf.relocation(code, 24, 1, object("hidden", data, 8, 8));
    elf.relocation(code, 40, 1, elf.undefined("CONFIG_NUMBER"));
    elf.section(".comment", 0, "GCC: 12\0".getBytes(StandardCharsets.US_ASCII));
    byte[] good = elf.types(types.build()).bytes();
    assertThat(ElfReader.read(good).programs()).hasSize(1);
    Random random = new Random(7);
    int read = 0;
    for (int i = 0; i < 10_000; i++) {
      byte[] bad = good.clone();
      for (int n = random.nextInt(1, 5); n > 0; n--) {
        int at = random.nextInt(bad.length);
        bad[at] = random.nextBoolean() ? (byte) random.nextInt() : (byte) (bad[at] ^ 1);
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
}
