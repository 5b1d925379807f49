package org.bpf4j.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bpf4j.btf.Btf;
import org.bpf4j.btf.BtfType;
import org.bpf4j.btf.BtfType.Linkage;
import org.bpf4j.btf.BtfType.SectionVar;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.handle.TestInput;
import org.bpf4j.isa.MalformedObjectException;
import org.bpf4j.kernel.Kernel;
import org.bpf4j.kernel.LoadLimits;
import org.bpf4j.kernel.LoadRequest;
import org.bpf4j.kernel.NotPermittedException;
import org.bpf4j.kernel.RealKernel;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.BpfFunction;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.CodeSection;
import org.bpf4j.object.DataSection;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.MapFlag;
import org.bpf4j.object.MapKind;
import org.bpf4j.object.MapTraits;
import org.bpf4j.object.ObjectNote;
import org.junit.jupiter.api.Test;

/// What the loader does with what other compilers' objects say.
class ForeignLoadTest {

  private final ObjectText text = new ObjectText();

  private static int run(LoadedObject object, String program) {
    return object.program(program).run(TestInput.context(new byte[0])).returnValue();
  }

  private static BpfObject with(BpfObject object, List<MapDefinition> maps) {
    return new BpfObject(
        object.license(),
        object.code(),
        maps,
        object.data(),
        object.btf(),
        Optional.empty(),
        List.of());
  }

  private static BpfObject withData(BpfObject object, DataSection... sections) {
    List<DataSection> data = new ArrayList<>(object.data());
    data.addAll(List.of(sections));
    return new BpfObject(
        object.license(),
        object.code(),
        object.maps(),
        data,
        object.btf(),
        Optional.empty(),
        List.of());
  }

  private static LoadedObject load(BpfObject object) {
    return Kernel.local().load(LoadRequest.of(object, ForeignLoadTest.class));
  }

  @Test
  void functionsStandBehindTheirFirstUsers() {
    BpfObject object =
        text.subprogram("last", "r0 = 1\nexit")
            .subprogram("inner", "call last\nexit")
            .subprogram("first", "call inner\nexit")
            .subprogram("second", "call last\nexit")
            .program("syscall", "run", "call first\ncall second\nexit")
            .build();
    assertThat(Assembly.of(object, object.function("run").orElseThrow()).functions())
        .extracting(placed -> placed.function().name())
        .containsExactly("run", "first", "inner", "last", "second");
  }

  @Test
  void functionsForExceptionsStandLast() {
    text.subprogram("cleanup", "r0 = 7\nexit")
        .subprogram("other", "r0 = 1\nexit")
        .program("syscall", "run", "call other\nexit");
    int program = type("run");
    text.types.add(new BtfType.DeclTag("exception_callback:cleanup", program, -1));
    BpfObject object = text.build();
    assertThat(Assembly.of(object, object.function("run").orElseThrow()).functions())
        .extracting(placed -> placed.function().name())
        .containsExactly("run", "other", "cleanup");
  }

  private int type(String function) {
    Btf types = text.types.build();
    for (int id = 1; id <= types.count(); id++) {
      if (types.type(id) instanceof BtfType.Func && types.type(id).name().equals(function)) {
        return id;
      }
    }
    throw new AssertionError(function);
  }

  @Test
  void mapsWithoutTypesAreMade() {
    RealKernel.use();
    BpfObject object =
        text.program(
                "syscall",
                "run",
                """
                *(u32 *)(r10 - 4) = 0
                r1 = map counts
                r2 = r10
                r2 += -4
                call 1
                if r0 != 0 goto +1
                exit
                r0 = 5
                exit
                """)
            .build();
    MapDefinition legacy = new MapDefinition("counts", MapKind.ARRAY, 4, 8, 1, 0, 0, 0);
    try (LoadedObject loaded = load(with(object, List.of(legacy)))) {
      assertThat(run(loaded, "run")).isEqualTo(5);
    }
  }

  @Test
  void storageWantsTypes() {
    RealKernel.use();
    text.map("notes", MapKind.SK_STORAGE, 4, 8, 0, MapFlag.NO_PREALLOC.bit())
        .program("syscall", "run", "r1 = map notes\nr0 = 0\nexit");
    assertThatThrownBy(text::load)
        .isInstanceOf(MalformedObjectException.class)
        .hasMessageContaining("map `notes` of kind SK_STORAGE")
        .hasMessageContaining("the object does not say");
  }

  @Test
  void sizesOfRingsAreRoundedUp() {
    MapDefinition small = new MapDefinition("ring", MapKind.RINGBUF, 0, 0, 1000, 0, 0, 0);
    int page = MapCreation.resize(small, null).maxEntries();
    assertThat(page).isGreaterThanOrEqualTo(1 << 12);
    assertThat(MapCreation.resize(small, 3 * page).maxEntries()).isEqualTo(4 * page);
    assertThat(MapCreation.resize(small, 4 * page).maxEntries()).isEqualTo(4 * page);
    assertThat(MapCreation.resize(small, 0).maxEntries()).isZero();
    assertThat(MapCreation.resize(small, 1 << 31).maxEntries()).isEqualTo(1 << 31);
  }

  @Test
  void ringsInsideMapsAreRoundedUpToo() {
    RealKernel.use();
    MapDefinition inner = new MapDefinition("ring", MapKind.RINGBUF, 0, 0, 1000, 0, 0, 0);
    MapDefinition outer =
        new MapDefinition("rings", MapKind.ARRAY_OF_MAPS, 4, 4, 2, 0, 0, 0)
            .with(new MapTraits(false, -1, 0, Optional.of(inner), new TreeMap<>()));
    load(with(text.program("syscall", "run", "r0 = 0\nexit").build(), List.of(outer))).close();
  }

  @Test
  void mapsStandInMapsFromTheStart() {
    RealKernel.use();
    BpfObject object =
        text.program(
                "syscall",
                "run",
                """
                *(u32 *)(r10 - 4) = 1
                r1 = map maps
                r2 = r10
                r2 += -4
                call 1
                if r0 != 0 goto +1
                exit
                r0 = 6
                exit
                """)
            .build();
    MapDefinition inner = new MapDefinition("inner", MapKind.ARRAY, 4, 8, 1, 0, 0, 0);
    MapDefinition outer =
        new MapDefinition("maps", MapKind.ARRAY_OF_MAPS, 4, 4, 2, 0, 0, 0)
            .with(
                new MapTraits(false, -1, 0, Optional.of(inner), new TreeMap<>(Map.of(1, "inner"))));
    try (LoadedObject loaded = load(with(object, List.of(inner, outer)))) {
      assertThat(run(loaded, "run")).isEqualTo(6);
    }
  }

  @Test
  void hashesMayGrow() {
    RealKernel.use();
    MapKind kind = MapKind.RHASH;
    text.map("table", kind, 8, 8, 16, kind.requiredFlags())
        .program(
            "syscall",
            "run",
            "*(u64 *)(r10 - 8) = 0\nr2 = r10\nr2 += -8\nr1 = map table\ncall 1\nr0 = 4\nexit");
    if (kind.since().isNewerThanRunning()) {
      assertThatThrownBy(text::load)
          .isInstanceOf(UnsupportedFeatureException.class)
          .hasMessageContaining("maps of kind RHASH")
          .hasMessageContaining("Linux 7.2");
      return;
    }
    try (LoadedObject loaded = text.load()) {
      assertThat(run(loaded, "run")).isEqualTo(4);
    }
  }

  /// Which way a branch of several goes stands in a table, one for each function that has one.
  @Test
  void jumpsGoByTables() {
    RealKernel.use();
    String chosen =
        """
        r1 &= 1
        r1 <<= 3
        r2 = table 7 9
        r2 += r1
        r2 = *(u64 *)(r2 + 0)
        gotox r2
        r0 = 6
        exit
        r0 = 7
        exit
        """;
    text.subprogram("inner", chosen)
        .program(
            "syscall",
            "run",
            "r6 = *(u64 *)(r1 + 0)\nr1 = r6\ncall inner\nr7 = r0\nr1 = r6\n"
                + chosen.replace("table 7 9", "table 12 15").replace("exit", "r0 += r7\nexit"));
    if (MapKind.INSN_ARRAY.since().isNewerThanRunning()) {
      assertThatThrownBy(text::load)
          .isInstanceOf(UnsupportedFeatureException.class)
          .hasMessageContaining("INSN_ARRAY")
          .hasMessageContaining("Linux 6.19");
      return;
    }
    try (LoadedObject loaded = text.load()) {
      byte[] second = {1, 0, 0, 0, 0, 0, 0, 0};
      assertThat(loaded.program("run").run(TestInput.context(new byte[8])).returnValue())
          .isEqualTo(12);
      assertThat(loaded.program("run").run(TestInput.context(second)).returnValue()).isEqualTo(14);
    }
  }

  @Test
  void optionalProgramsAreLoadedOnRequestOnly() {
    RealKernel.use();
    BpfObject object =
        text.program("syscall", "always", "r0 = 1\nexit")
            .program("?syscall", "asked", "r0 = 2\nexit")
            .build();
    try (LoadedObject loaded = load(object)) {
      assertThat(run(loaded, "always")).isEqualTo(1);
      assertThatThrownBy(() -> loaded.program("asked"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("asked");
    }
    LoadRequest all = new LoadRequest(object, ForeignLoadTest.class, Map.of(), Map.of(), Set.of());
    try (LoadedObject loaded = Kernel.local().load(all)) {
      assertThat(run(loaded, "asked")).isEqualTo(2);
    }
  }

  @Test
  void staticFunctionsBesideProgramsAreNotLoadedAlone() {
    RealKernel.use();
    BpfObject object = text.program("syscall", "run", "r0 = 1\nexit").build();
    List<CodeSection> code =
        object.code().stream()
            .map(section -> new CodeSection(section.name(), all(section)))
            .toList();
    BpfObject more =
        new BpfObject("GPL", code, List.of(), List.of(), object.btf(), Optional.empty(), List.of());
    try (LoadedObject loaded = load(more)) {
      assertThat(run(loaded, "run")).isEqualTo(1);
      assertThatThrownBy(() -> loaded.program("beside"))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static List<BpfFunction> all(CodeSection section) {
    return section.functions().stream()
        .flatMap(
            f ->
                Stream.of(
                    f,
                    new BpfFunction(
                        "beside",
                        false,
                        f.insns(),
                        f.relocations(),
                        f.coreRelocations(),
                        f.lines(),
                        0)))
        .toList();
  }

  @Test
  void sectionsOfStaticVariablesAreNotMapped() {
    RealKernel.use();
    text.program("syscall", "run", "r1 = data .bss.own 0\nr0 = *(u64 *)(r1 + 0)\nexit");
    int variable = text.types.add(new BtfType.Var("own", text.longType, Linkage.STATIC));
    int layout =
        text.types.add(
            new BtfType.DataSection(".bss.own", 8, List.of(new SectionVar(variable, 0, 8))));
    BpfObject object =
        withData(
            text.build(), new DataSection(".bss.own", new byte[] {9, 0, 0, 0, 0, 0, 0, 0}, layout));
    try (LoadedObject loaded = load(object)) {
      assertThat(run(loaded, "run")).isEqualTo(9);
      assertThatThrownBy(() -> loaded.data(".bss.own").segment())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("only programs see");
    }
  }

  /// What a compiler calls its sections is longer than a map's name may be, and has other letters.
  @Test
  void sectionsMayHaveAnyName() {
    RealKernel.use();
    String odd = ".rodata._ZN4core3fmt9Formatter$LT$T$GT$17h0123456789abcdefE";
    text.program(
        "syscall",
        "run",
        """
        r1 = data %s 0
        r0 = *(u64 *)(r1 + 0)
        r1 = data .rodata..L__unnamed_1 8
        r2 = *(u64 *)(r1 + 0)
        r0 += r2
        exit
        """
            .formatted(odd));
    byte[] four = {4, 0, 0, 0, 0, 0, 0, 0};
    BpfObject object =
        withData(
            text.build(),
            new DataSection(odd, four, 0),
            new DataSection(".rodata..L__unnamed_1", new byte[16], 0),
            new DataSection(".data.COUNTER", four, 0));
    try (LoadedObject loaded = load(object)) {
      assertThat(run(loaded, "run")).isEqualTo(4);
      assertThat(loaded.data(".data.COUNTER").segment().get(ValueLayout.JAVA_BYTE, 0))
          .isEqualTo((byte) 4);
    }
  }

  @Test
  void variablesLieAtTheStartOfTheArena() {
    RealKernel.use();
    MapDefinition arena =
        new MapDefinition("arena", MapKind.ARENA, 0, 0, 1, MapKind.ARENA.requiredFlags(), 0, 0);
    BpfObject object =
        withData(
            with(text.program("syscall", "run", "r0 = 1\nexit").build(), List.of(arena)),
            new DataSection(DataSection.ARENA, new byte[] {1, 2, 3, 4}, 0));
    try (LoadedObject loaded = load(object)) {
      MemorySegment memory = loaded.arena("arena").segment();
      assertThat(memory.get(ValueLayout.JAVA_BYTE, 2)).isEqualTo((byte) 3);
    }
  }

  @Test
  void theKernelIsAskedForWhatLibbpfKnows() {
    RealKernel.use();
    Map<String, String> values =
        RunningConfiguration.read(
                List.of("LINUX_HAS_BPF_COOKIE", "LINUX_HAS_SYSCALL_WRAPPER", "LINUX_OTHER"))
            .values();
    assertThat(values).containsOnlyKeys("LINUX_HAS_BPF_COOKIE", "LINUX_HAS_SYSCALL_WRAPPER");
    assertThat(values.values()).allMatch(value -> value.equals("y") || value.equals("n"));
    assertThat(values.get("LINUX_HAS_BPF_COOKIE")).isEqualTo(Probes.cookies() ? "y" : "n");
  }

  @Test
  void typesAreRewrittenAsFarAsTheKernelLacksThem() {
    Btf young =
        new Btf(
            List.of(
                new BtfType.Int("int", 4, BtfType.IntEncoding.SIGNED, 32),
                new BtfType.Float("float", 4),
                new BtfType.TypeTag("user", 1),
                new BtfType.Enum64("wide", 8, false, List.of(new BtfType.EnumValue("a", 1))),
                new BtfType.Typedef("named", 1),
                new BtfType.DeclTag("tag", 5, -1),
                new BtfType.DataSection("?.struct_ops", 0, List.of())));
    assertThat(new TypeReduction(Set.of()).reduce(young)).isEqualTo(young);
    assertThat(new TypeReduction(Set.of(TypeFeature.FLOAT)).reduce(young).types())
        .containsSequence(
            new BtfType.Struct("float", 4, List.of()), new BtfType.TypeTag("user", 1));
    Btf old = new TypeReduction(Set.of(TypeFeature.values())).reduce(young);
    assertThat(old.types())
        .contains(
            new BtfType.Const(1),
            new BtfType.Union("wide", 8, List.of()),
            new BtfType.DataSection("_.struct_ops", 0, List.of()))
        .noneMatch(type -> type instanceof BtfType.DeclTag);
  }

  @Test
  void theKernelIsAskedWhichTypesItKnows() {
    RealKernel.use();
    Set<TypeFeature> missing = TypeFeature.missing();
    assertThat(TypeFeature.missing()).isEqualTo(missing);
    // what a younger kernel brought is not there without what older ones brought
    if (!missing.contains(TypeFeature.ENUM64)) {
      assertThat(missing).doesNotContain(TypeFeature.FLOAT, TypeFeature.TYPE_TAG);
    }
  }

  @Test
  void typesOfFunctionsOfTheKernelAreNotGivenToIt() {
    Btf types =
        new Btf(
            List.of(
                new BtfType.FuncProto(0, List.of()),
                new BtfType.Func("bpf_rcu_read_lock", Linkage.EXTERN, 1),
                new BtfType.DeclTag("bpf_kfunc", 2, -1),
                new BtfType.Func("own", Linkage.GLOBAL, 1),
                new BtfType.DeclTag("kept", 4, -1),
                new BtfType.DeclTag("circular", 6, -1)));
    BtfType nothing = new BtfType.Pointer(0);
    assertThat(ExternTypes.without(types).types())
        .containsExactly(
            types.type(1), nothing, nothing, types.type(4), types.type(5), types.type(6));
  }

  @Test
  void whatTheKernelLacksIsMissingForTheWholeObject() {
    RealKernel.use();
    BpfObject foreign =
        text.program("syscall", "left_out", "r1 = extern no_such_variable\nr0 = 0\nexit")
            .program("syscall", "run", "r0 = 3\nexit")
            .build();
    assertThatThrownBy(() -> load(foreign, Set.of("left_out")))
        .isInstanceOf(UnsupportedFeatureException.class)
        .hasMessageContaining("no_such_variable");
    BpfObject own =
        new BpfObject(
            foreign.license(),
            foreign.code(),
            foreign.maps(),
            foreign.data(),
            foreign.btf(),
            Optional.of(new ObjectNote(ObjectNote.FORMAT, "Test", "1", List.of(), List.of())),
            List.of());
    try (LoadedObject object = load(own, Set.of("left_out"))) {
      assertThat(run(object, "run")).isEqualTo(3);
    }
  }

  private static LoadedObject load(BpfObject object, Set<String> skipped) {
    return Kernel.local()
        .load(new LoadRequest(object, ForeignLoadTest.class, Map.of(), Map.of(), skipped));
  }

  @Test
  void whatAsksForTooMuchIsNotLoaded() {
    RealKernel.use();
    BpfObject greedy =
        text.map("values", MapKind.PERCPU_ARRAY, 4, 1 << 15, 1 << 20)
            .program("syscall", "run", "r0 = 3\nexit")
            .build();
    assertThatThrownBy(() -> load(greedy))
        .isInstanceOf(NotPermittedException.class)
        .hasMessageContaining("bytes of maps")
        .hasMessageContaining("LoadLimits");
    LoadRequest small =
        new LoadRequest(greedy, ForeignLoadTest.class, Map.of(), Map.of("values", 4), Set.of());
    try (LoadedObject object = Kernel.local().load(small)) {
      assertThat(run(object, "run")).isEqualTo(3);
    }
    assertThatThrownBy(
            () -> Kernel.local().load(small.withLimits(new LoadLimits(0, 1 << 20, 100, 100))))
        .hasMessageContaining("1 maps, of which its limits allow 0");
    assertThatThrownBy(
            () -> Kernel.local().load(small.withLimits(new LoadLimits(1, 1 << 20, 1, 100))))
        .hasMessageContaining("2 instructions");
    assertThatThrownBy(
            () -> Kernel.local().load(small.withLimits(new LoadLimits(1, 1 << 20, 100, 1))))
        .hasMessageContaining("types");
  }
}
