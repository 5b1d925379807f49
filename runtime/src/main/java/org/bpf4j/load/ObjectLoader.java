package org.bpf4j.load;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.bpf4j.core.CoreCandidates;
import org.bpf4j.core.CoreResolver;
import org.bpf4j.event.Events;
import org.bpf4j.event.LoadTiming;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.MapObject;
import org.bpf4j.handle.MapSource;
import org.bpf4j.isa.MalformedObjectException;
import org.bpf4j.kernel.LoadRequest;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.BpfFunction;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.CodeSection;
import org.bpf4j.object.DataSection;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.MapKind;
import org.bpf4j.object.ProgramSection;
import org.bpf4j.object.Relocation;
import org.bpf4j.sys.ArenaPlace;
import org.bpf4j.sys.Attacher;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.Freeing;
import org.bpf4j.sys.KernelArena;
import org.bpf4j.sys.KernelMap;
import org.bpf4j.sys.KernelMemory;
import org.bpf4j.sys.KernelObject;
import org.bpf4j.sys.KernelOperations;
import org.bpf4j.sys.KernelProgram;
import org.bpf4j.sys.Memory;
import org.bpf4j.sys.Token;

/// Loads one object: types, then maps, then globals, then programs.
///
/// What was made is on a stack until all is well; a failure frees it from the top.
final class ObjectLoader {

  /// The kernel's function by which programs ask for pages of an arena.
  private static final String ARENA_PAGES = "bpf_arena_alloc_pages";

  private final LoadRequest request;
  private final BpfObject object;
  private final CoreResolver core;
  private final ExistingMap existing;
  private final Attacher attacher;
  private final BiConsumer<Assembly, Patched> watcher;
  private final Deque<Runnable> undo = new ArrayDeque<>();
  private final OpenMaps maps = new OpenMaps();
  private final Map<String, KernelArena> arenas = new LinkedHashMap<>();
  private final Map<String, KernelMemory> sections = new LinkedHashMap<>();
  private final Map<String, KernelProgram> programs = new LinkedHashMap<>();
  private final Map<String, Descriptor> loaded = new LinkedHashMap<>();
  private final Map<String, KernelOperations> operations = new LinkedHashMap<>();

  /// @param attacher what programs are attached by
  /// @param candidates what descriptions of kernel structs may mean
  ObjectLoader(LoadRequest request, Attacher attacher, CoreCandidates candidates) {
    this(request, attacher, candidates, (_, _) -> {});
  }

  /// @param watcher sees each program before the kernel does
  ObjectLoader(
      LoadRequest request,
      Attacher attacher,
      CoreCandidates candidates,
      BiConsumer<Assembly, Patched> watcher) {
    this.request = request;
    this.object = request.object();
    this.core = new CoreResolver(object.btf(), candidates);
    this.existing = new ExistingMap(object.btf(), undo::push);
    this.attacher = attacher;
    this.watcher = watcher;
  }

  /// Loads all, or nothing.
  KernelObject load() {
    RequestCheck.check(request);
    answerRelocations();
    try (Token token = Token.find(request.token());
        LoadedTypes types = LoadedTypes.of(object, token);
        KernelSymbols symbols = new KernelSymbols(object)) {
      if (object.note().isEmpty()) {
        symbols.requireAll();
      }
      object.maps().forEach(map -> createMap(map, types));
      object.data().stream()
          .filter(section -> !section.isOperations() && !section.isArena())
          .forEach(section -> createSection(section, types));
      Descriptors descriptors =
          new Descriptors(maps.plain(), maps.rings(), maps.userRings(), arenas, sections);
      for (CodeSection section : object.code()) {
        programs(section).forEach(program -> load(section, program, types, descriptors, symbols));
      }
      object.maps().forEach(map -> fillSlots(map, descriptors));
      OperationTable.of(object).stream()
          .filter(table -> !table.section().isOptional())
          .forEach(table -> createOperations(table, types));
      return new KernelObject(
          object,
          maps.plain(),
          maps.rings(),
          maps.userRings(),
          arenas,
          sections,
          new ConcurrentHashMap<>(),
          programs,
          operations);
    } catch (RuntimeException | Error e) {
      Freeing.after(e, undo);
      throw e;
    }
  }

  private Stream<BpfFunction> programs(CodeSection section) {
    return section.functions().stream()
        .filter(function -> !section.isText() && function.global())
        .filter(program -> !request.skipped().contains(program.name()));
  }

  /// Looks up where structs are before anything is made: it needs no call of the kernel, while a
  /// new process is still linking those.
  private void answerRelocations() {
    object.code().stream()
        .flatMap(this::programs)
        .flatMap(program -> program.coreRelocations().stream())
        .forEach(core::prepare);
  }

  private void createMap(MapDefinition declared, LoadedTypes types) {
    MapDefinition map = MapCreation.resize(declared, request.maxEntries().get(declared.name()));
    if (map.kind() == MapKind.ARENA) {
      createArena(map, types);
      return;
    }
    Descriptor descriptor = open(map, types);
    undo.push(descriptor::close);
    maps.add(map, descriptor, undo);
  }

  /// An arena is told where it will lie when it is created, and lies there before programs that use
  /// it are loaded.
  private void createArena(MapDefinition declared, LoadedTypes types) {
    ArenaPlace place =
        ArenaPlace.reserve(Integer.toUnsignedLong(declared.maxEntries()) * Memory.pages(1));
    KernelArena arena = createArena(declared, types, place);
    undo.push(arena::close);
    fill(arena);
    arenas.put(declared.name(), arena);
  }

  private KernelArena createArena(MapDefinition declared, LoadedTypes types, ArenaPlace place) {
    try {
      MapDefinition map = declared.with(declared.traits().withExtra(place.address()));
      Descriptor descriptor = MapCreation.create(map, types);
      undo.push(descriptor::close);
      return new KernelArena(map, descriptor, place, providesPages());
    } catch (RuntimeException | Error e) {
      place.release();
      throw e;
    }
  }

  /// Whether programs ask the kernel for pages of the arena, which must not be there then.
  private boolean providesPages() {
    return object.code().stream()
        .flatMap(section -> section.functions().stream())
        .flatMap(function -> function.relocations().stream())
        .anyMatch(
            relocation ->
                relocation.target() instanceof Relocation.Target.Extern extern
                    && extern.name().equals(ARENA_PAGES));
  }

  /// Gives the variables that lie in the arena their contents: they are at its start.
  private void fill(KernelArena arena) {
    object
        .data(DataSection.ARENA)
        .ifPresent(
            section -> {
              byte[] contents = request.data().getOrDefault(section.name(), section.bytes());
              MemorySegment room = arena.segment();
              if (contents.length > room.byteSize()) {
                throw new MalformedObjectException(
                    "%d bytes of variables do not fit into an arena of %d"
                        .formatted(contents.length, room.byteSize()));
              }
              MemorySegment.copy(contents, 0, room, ValueLayout.JAVA_BYTE, 0, contents.length);
            });
  }

  /// A map that exists, if one is shared or pinned, or else a new one.
  private Descriptor open(MapDefinition map, LoadedTypes types) {
    MapSource asked = request.sources().get(map.name());
    return Optional.ofNullable(asked)
        .or(() -> ExistingMap.declared(map))
        .map(source -> existing.open(map, source, () -> MapCreation.create(map, types)))
        .orElseGet(() -> MapCreation.create(map, types));
  }

  /// Puts the programs or maps into a map that are in it from the start; programs that were skipped
  /// leave a gap.
  private void fillSlots(MapDefinition declared, Descriptors descriptors) {
    declared
        .traits()
        .slots()
        .forEach(
            (index, name) -> {
              KernelProgram program = programs.get(name);
              KernelMap map = maps.plain().get(declared.name());
              boolean isMap = object.map(name).isPresent();
              if (map != null && (program != null || isMap)) {
                byte[] key = {
                  index.byteValue(), (byte) (index >> 8), (byte) (index >> 16), (byte) (index >> 24)
                };
                map.assign(
                    MemorySegment.ofArray(key),
                    program == null
                        ? new MapObject.OfDescriptor(descriptors.map(name))
                        : new MapObject.OfProgram(program));
              }
            });
  }

  private void createOperations(OperationTable table, LoadedTypes types) {
    OperationTable.Made made = table.create(types);
    undo.push(made.map()::close);
    Hook.StructOps hook = new Hook.StructOps(table.name(), made.linked());
    byte[] value = table.value(loaded);
    operations.put(table.name(), new KernelOperations(hook, made.map(), value, attacher));
  }

  private void createSection(DataSection section, LoadedTypes types) {
    if (section.size() == 0) {
      return;
    }
    byte[] contents = request.data().getOrDefault(section.name(), section.bytes());
    if (section.isKernelConfig()) {
      contents =
          RunningConfiguration.read(section.variables(object.btf()))
              .contents(
                  section,
                  object.btf(),
                  why -> new UnsupportedFeatureException("this object: " + why, null));
    }
    boolean hidden = section.isHidden(object.btf());
    Descriptor descriptor = MapCreation.create(section, objectName(), types, hidden);
    undo.push(descriptor::close);
    MapCreation.fill(section, contents, descriptor);
    KernelMemory memory = new KernelMemory(section, contents, descriptor, hidden);
    undo.push(memory::close);
    sections.put(section.name(), memory);
  }

  /// The first letters of the name of a section's map.
  private String objectName() {
    return request.owner().getSimpleName();
  }

  private void load(
      CodeSection section,
      BpfFunction function,
      LoadedTypes types,
      Descriptors descriptors,
      KernelSymbols symbols) {
    ProgramSection role =
        ProgramSection.parse(section.name())
            .orElseThrow(
                () ->
                    new MalformedObjectException(
                        "section `" + section.name() + "` is of no kind of program that is known"));
    Assembly assembly = Assembly.of(object, function);
    try (TableMaps tables = TableMaps.of(assembly, types)) {
      Patched patched = Patcher.patch(core, assembly, descriptors, symbols, tables);
      load(role, assembly, patched, types, symbols);
    }
  }

  private void load(
      ProgramSection role,
      Assembly assembly,
      Patched patched,
      LoadedTypes types,
      KernelSymbols symbols) {
    BpfFunction function = assembly.program();
    watcher.accept(assembly, patched);
    Binding binding =
        Binding.of(object, role, function, request.replaced().get(function.name()), symbols);
    LoadTiming timing = Events.loading();
    ProgramLoader loader = new ProgramLoader(object, role, assembly, patched, types, binding);
    Descriptor descriptor = loader.load();
    timing.loaded(
        request.owner().getName(), function.name(), role.kind().type().name(), loader.slots());
    undo.push(descriptor::close);
    loaded.put(function.name(), descriptor);
    programs.put(function.name(), new KernelProgram(function.name(), role, descriptor, attacher));
  }
}
