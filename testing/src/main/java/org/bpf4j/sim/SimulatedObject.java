package org.bpf4j.sim;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.bpf4j.btf.BtfTypes;
import org.bpf4j.core.CoreResolver;
import org.bpf4j.handle.LoadedData;
import org.bpf4j.handle.LoadedMap;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.handle.LoadedProgram;
import org.bpf4j.handle.LoadedRing;
import org.bpf4j.handle.LoadedUserRing;
import org.bpf4j.handle.Operations;
import org.bpf4j.kernel.LoadRequest;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.BpfFunction;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.CodeSection;
import org.bpf4j.object.DataSection;
import org.bpf4j.object.KernelConfiguration;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.ProbeSpecs;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.object.ProgramSection;
import org.bpf4j.vm.Memory;
import org.bpf4j.vm.Region;
import org.bpf4j.vm.Region.Access;
import org.jspecify.annotations.Nullable;

/// A loaded object: one memory with its maps and globals, and its programs linked against it.
final class SimulatedObject implements LoadedObject, Linker.Addresses {

  final SimulatedKernel kernel;
  final Memory memory = new Memory();
  private final BpfObject object;
  private final Map<String, SimulatedMap> maps = new LinkedHashMap<>();
  private final Map<Long, SimulatedMap> mapsByAddress = new LinkedHashMap<>();
  private final List<KeyedMap> inners = new ArrayList<>();
  final Map<Region, TimerHelpers.Timer> timers = new HashMap<>();
  final Map<Region, TimerHelpers.Timer> work = new HashMap<>();
  private final Map<String, Region> data = new LinkedHashMap<>();
  private final Map<String, SimulatedProgram> programs = new LinkedHashMap<>();
  private volatile boolean closed;

  SimulatedObject(SimulatedKernel kernel, LoadRequest request, @Nullable BtfTypes types) {
    this.kernel = kernel;
    object = request.object();
    memory.kernel(kernel.environment.foreign, hasTypedPointers(object));
    requireKnown(request);
    for (MapDefinition definition : object.maps()) {
      SimulatedMap map = SimulatedMap.create(resized(definition, request), memory, kernel.cpus());
      maps.put(definition.name(), map);
      mapsByAddress.put(map.handle().address(), map);
      if (map instanceof KeyedMap specs && definition.name().equals(ProbeSpecs.MAP)) {
        specs.update(
            new byte[Integer.BYTES],
            0,
            values -> memory.write(values[0].address(), PtRegs.probe()));
      }
    }
    for (DataSection section : object.data()) {
      byte[] bytes = request.data().getOrDefault(section.name(), contents(section)).clone();
      Access access = section.isReadOnly() ? Access.READ : Access.READ_WRITE;
      data.put(section.name(), memory.add(section.name(), bytes, 0, bytes.length, access));
    }
    Linker linker =
        new Linker(object, this, new CoreResolver(object.btf(), SimulatedTypes.of(types)));
    for (CodeSection section : object.code()) {
      if (!section.isText()) {
        addPrograms(section, request.skipped(), linker);
      }
    }
    fillSlots(programs);
  }

  private byte[] contents(DataSection section) {
    return section.isKernelConfig()
        ? new KernelConfiguration(kernel.environment.configuration)
            .contents(
                section,
                object.btf(),
                why ->
                    new UnsupportedFeatureException(
                        "this object, being simulated: " + why + "; see SimulatedKernel.configured",
                        null))
        : section.bytes();
  }

  /// Puts programs into the maps that hold them from the start; skipped ones leave a gap.
  void fillSlots(Map<String, ? extends LoadedProgram> loaded) {
    for (SimulatedMap map : maps.values()) {
      if (map instanceof ObjectMap slots) {
        map.definition()
            .traits()
            .slots()
            .forEach(
                (index, name) -> {
                  LoadedProgram program = loaded.get(name);
                  if (program != null) {
                    slots.put(ObjectMap.key(index), program);
                  }
                });
      }
    }
  }

  /// Whether the kernel gives a program pointers whose types it knows.
  private static boolean hasTypedPointers(BpfObject object) {
    return object.code().stream()
        .flatMap(section -> ProgramSection.parse(section.name()).stream())
        .anyMatch(section -> section.btfPrefix().isPresent());
  }

  private void addPrograms(CodeSection section, Set<String> skipped, Linker linker) {
    for (BpfFunction function : section.functions()) {
      if (function.global() && !skipped.contains(function.name())) {
        String name = function.name();
        Linker.Linked linked = linker.link(function);
        programs.put(name, new SimulatedProgram(this, name, kind(section), linked));
      }
    }
  }

  private static ProgramKind kind(CodeSection section) {
    return ProgramSection.parse(section.name())
        .map(ProgramSection::kind)
        .orElseThrow(
            () ->
                new UnsupportedFeatureException(
                    "programs of section `" + section.name() + "`, being simulated", null));
  }

  private void requireKnown(LoadRequest request) {
    request
        .maxEntries()
        .keySet()
        .forEach(name -> require(object.map(name).isPresent(), "map", name));
    request.skipped().forEach(name -> require(object.function(name).isPresent(), "program", name));
    request
        .data()
        .forEach(
            (name, bytes) -> {
              require(object.data(name).isPresent(), "data section", name);
              int size = object.data(name).map(DataSection::size).orElse(0);
              if (size != bytes.length) {
                throw new IllegalArgumentException(
                    name + " has " + size + " bytes and is given " + bytes.length);
              }
            });
  }

  private static void require(boolean known, String what, String name) {
    if (!known) {
      throw new IllegalArgumentException("the object has no " + what + " `" + name + "`");
    }
  }

  private static MapDefinition resized(MapDefinition map, LoadRequest request) {
    return map.withMaxEntries(request.maxEntries().getOrDefault(map.name(), map.maxEntries()));
  }

  @Override
  public long mapAddress(String name) {
    return find(maps, "map", name).handle().address();
  }

  @Override
  public long dataAddress(String section, int offset) {
    return find(data, "data section", section).address(offset);
  }

  @Override
  public long tableAddress(byte[] contents) {
    Region table = memory.add("table", contents, 0, contents.length, Access.READ);
    data.put("table " + data.size(), table);
    return table.address(0);
  }

  @Override
  public long kernelAddress(String symbol) {
    return KfuncBodies.number(symbol).isPresent()
        ? 1
        : kernel.environment.symbols.getOrDefault(symbol, 0L);
  }

  /// The map that a program passes to a helper, or null if the address is none's.
  @Nullable SimulatedMap mapAt(long address) {
    return mapsByAddress.get(address);
  }

  /// Makes a map that only maps of maps hold.
  MapView addInner(MapDefinition definition) {
    SimulatedMap map = SimulatedMap.create(definition, memory, kernel.cpus());
    if (!(map instanceof KeyedMap inner)) {
      throw new UnsupportedFeatureException("inner maps of " + definition.kind(), null);
    }
    inners.add(inner);
    mapsByAddress.put(inner.handle().address(), inner);
    return new MapView(this, inner);
  }

  /// The ring that a region is a reserved record of, or null.
  @Nullable RingMap ringOf(Region region) {
    for (SimulatedMap map : maps.values()) {
      if (map instanceof RingMap ring && ring.holds(region)) {
        return ring;
      }
    }
    return null;
  }

  /// Forgets what programs cannot hold pointers to any more, as none runs.
  void reap() {
    for (SimulatedMap map : maps.values()) {
      if (map instanceof KeyedMap keyed) {
        keyed.reap();
      }
    }
    inners.forEach(KeyedMap::reap);
  }

  /// Does something for user space, while no program runs and the object is open.
  <T extends @Nullable Object> T locked(Supplier<T> action) {
    kernel.lock.lock();
    try {
      requireOpen();
      T result = action.get();
      reap();
      return result;
    } finally {
      kernel.lock.unlock();
    }
  }

  /// Refuses to go on after [#close].
  void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the object is closed");
    }
  }

  @Override
  public BpfObject object() {
    return object;
  }

  @Override
  public LoadedProgram program(String name) {
    requireOpen();
    return find(programs, "loaded program", name);
  }

  @Override
  public LoadedMap map(String name) {
    requireOpen();
    return switch (find(maps, "map", name)) {
      case KeyedMap map -> new MapView(this, map);
      case ObjectMap map -> new ObjectMapView(this, map);
      case QueueMap map -> new OtherMapView(this, map);
      case FilterMap map -> new OtherMapView(this, map);
      case EventMap map -> new OtherMapView(this, map);
      case RingMap _, UserRingMap _ ->
          throw new IllegalArgumentException("`" + name + "` is a ring buffer");
      case ArenaMap _ -> throw new IllegalArgumentException("`" + name + "` is an arena");
    };
  }

  @Override
  public LoadedRing ring(String name) {
    requireOpen();
    return switch (find(maps, "ring buffer", name)) {
      case RingMap ring -> new RingView(this, ring);
      case EventMap events -> {
        events.open();
        yield new RingView(this, events);
      }
      case KeyedMap _, ObjectMap _, QueueMap _, FilterMap _, UserRingMap _, ArenaMap _ ->
          throw new IllegalArgumentException("`" + name + "` is no ring buffer");
    };
  }

  @Override
  public LoadedUserRing userRing(String name) {
    requireOpen();
    if (find(maps, "ring buffer of user space", name) instanceof UserRingMap ring) {
      return new UserRingView(this, ring);
    }
    throw new IllegalArgumentException("`" + name + "` is no ring buffer of user space");
  }

  @Override
  public LoadedData data(String section) {
    requireOpen();
    Region region = find(data, "data section", section);
    MemorySegment segment = MemorySegment.ofArray(region.bytes());
    MemorySegment seen = region.access() == Access.READ ? segment.asReadOnly() : segment;
    return () -> {
      requireOpen();
      return seen;
    };
  }

  @Override
  public LoadedData arena(String name) {
    requireOpen();
    if (find(maps, "arena", name) instanceof ArenaMap arena) {
      return () -> {
        requireOpen();
        return arena.segment();
      };
    }
    throw new IllegalArgumentException("`" + name + "` is no arena");
  }

  @Override
  public Operations operations(String name) {
    throw new UnsupportedFeatureException("structs of functions, being simulated", null);
  }

  @Override
  public void close() {
    kernel.lock.lock();
    try {
      closed = true;
      kernel.ranOrClosed.signalAll();
    } finally {
      kernel.lock.unlock();
    }
  }

  private static <T> T find(Map<String, T> among, String what, String name) {
    T found = among.get(name);
    if (found == null) {
      throw new IllegalArgumentException("the object has no " + what + " `" + name + "`");
    }
    return found;
  }
}
