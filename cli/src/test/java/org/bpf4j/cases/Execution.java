package org.bpf4j.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bpf4j.btf.Btf;
import org.bpf4j.btf.BtfType;
import org.bpf4j.cases.Runs.Scenario;
import org.bpf4j.cases.Runs.Step;
import org.bpf4j.handle.LoadedMap;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.handle.MapObject;
import org.bpf4j.handle.TestInput;
import org.bpf4j.handle.TestRun;
import org.bpf4j.handle.Verdicts;
import org.bpf4j.kernel.Kernel;
import org.bpf4j.kernel.LoadRequest;
import org.bpf4j.lang.host.Scalar;
import org.bpf4j.object.BpfFunction;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.object.ProgramParameters;
import org.bpf4j.sim.SimulatedKernel;
import org.jspecify.annotations.Nullable;

/// A scenario in one kernel: does what its lines say, checks what they claim, and writes down
/// everything that other kernels must agree on.
final class Execution implements AutoCloseable {

  /// How late a real timer may be, on a busy machine.
  private static final Duration SLACK = Duration.ofMillis(100);

  private final Kernel kernel;
  private final LoadedObject loaded;
  private final OneCpu thread = new OneCpu();
  private final int cpu;
  private final boolean hasWork;
  private final StringBuilder transcript = new StringBuilder();
  private String program;
  private @Nullable TestRun last;
  private Map<String, List<byte[]>> records = new TreeMap<>();
  private int printed;
  private List<String> prints = List.of();

  private Execution(Kernel kernel, Compiled.Loadable loadable, Scenario scenario) {
    this.kernel = kernel;
    cpu = kernel instanceof SimulatedKernel ? 0 : thread.cpu();
    if (kernel instanceof SimulatedKernel simulated) {
      for (Step step : scenario.steps()) {
        if (step instanceof Step.Symbol(String name, byte[] bytes)) {
          simulated.symbol(name, bytes);
        }
      }
    }
    BpfObject object = loadable.object();
    program = object.programs().getFirst().name();
    hasWork =
        object.btf().types().stream()
            .anyMatch(type -> type instanceof BtfType.Struct s && s.name().equals("bpf_wq"));
    loaded =
        kernel.load(
            new LoadRequest(
                object, loadable.owner(), configured(object, scenario), Map.of(), Set.of()));
    records = Snapshot.records(loaded);
  }

  /// Runs a scenario.
  ///
  /// @return what was observed, the same in every kernel
  /// @throws AssertionError if a line of it does not hold
  static String run(Kernel kernel, Compiled.Loadable loadable, Scenario scenario) {
    try (Execution execution = new Execution(kernel, loadable, scenario)) {
      scenario.steps().forEach(execution::step);
      return execution.transcript.toString();
    }
  }

  private static Map<String, byte[]> configured(BpfObject object, Scenario scenario) {
    Map<String, byte[]> data = new HashMap<>();
    for (Step step : scenario.steps()) {
      if (step instanceof Step.Config(String name, String value)) {
        Place place = Place.of(object, name);
        byte[] bytes =
            data.computeIfAbsent(
                place.section(), section -> object.data(section).orElseThrow().bytes());
        byte[] encoded = Literal.encode(object.btf(), place.type(), value);
        System.arraycopy(encoded, 0, bytes, place.offset(), encoded.length);
      }
    }
    return data;
  }

  private void step(Step step) {
    switch (step) {
      case Step.Config _, Step.Symbol _ -> {}
      case Step.Put(String map, String key, String value) -> put(map, key, value);
      case Step.Assign(String map, String key) -> {
        LoadedMap objects = loaded.map(map);
        objects.assign(key(objects.definition(), key), new MapObject.OfDescriptor(1));
      }
      case Step.Inner(String map, String key, OptionalInt entries) -> {
        LoadedMap outer = loaded.map(map);
        LoadedMap inner = outer.createInner(entries.orElseGet(() -> outer.inner().maxEntries()));
        outer.assign(key(outer.definition(), key), new MapObject.OfMap(inner));
      }
      case Step.Submit(String ring, byte[] bytes) ->
          assertThat(
                  loaded
                      .userRing(ring)
                      .offer(bytes.length, record -> record.copyFrom(MemorySegment.ofArray(bytes))))
              .as("room in " + ring)
              .isTrue();
      case Step.Wait(Duration time) -> pass(time);
      case Step.Program(String name) -> program = name;
      case Step.Packet(byte[] bytes) -> run(TestInput.packet(bytes));
      case Step.Context(byte[] bytes, byte[] data) -> run(new TestInput(data, bytes, 1));
      case Step.Returns(String value) ->
          assertThat(last().returnValue()).as("result").isEqualTo(result(value));
      case Step.PacketAfter(byte[] bytes) ->
          assertThat(Literal.hex(last().data())).as("packet").isEqualTo(Literal.hex(bytes));
      case Step.ContextAfter(byte[] bytes) ->
          assertThat(Literal.hex(last().context())).as("context").isEqualTo(Literal.hex(bytes));
      case Step.Entry(String map, String key, Optional<String> value) -> entry(map, key, value);
      case Step.Global(String name, String value) -> global(name, value);
      case Step.Records(String ring, List<byte[]> expected) ->
          assertThat(Objects.requireNonNull(records.get(ring), ring).stream().map(Literal::hex))
              .as("records of " + ring)
              .isEqualTo(expected.stream().map(Literal::hex).toList());
      case Step.Prints(String line) -> prints(line);
    }
  }

  /// A real timer may be late.
  private void pass(Duration time) {
    if (kernel instanceof SimulatedKernel simulated) {
      simulated.clock().advance(time);
      return;
    }
    try {
      Thread.sleep(time.plus(SLACK));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void run(TestInput input) {
    TestRun run = loaded.program(program).run(input);
    last = run;
    if (hasWork) {
      settle();
    }
    records = Snapshot.records(loaded);
    if (kernel instanceof SimulatedKernel simulated) {
      List<String> trace = simulated.trace();
      prints = trace.subList(printed, trace.size());
      printed = trace.size();
    }
    transcript.append(program).append(" returns ").append(run.returnValue()).append('\n');
    if (input.data().length > 0) {
      transcript.append("packet ").append(Literal.hex(run.data())).append('\n');
    }
    ProgramKind kind = loaded.program(program).kind();
    if (!kind.hasTestRun() || kind.parameters() instanceof ProgramParameters.Struct) {
      transcript.append("context ").append(Literal.hex(run.context())).append('\n');
    }
    records.forEach(
        (ring, list) ->
            list.forEach(
                record ->
                    transcript.append(ring).append(' ').append(Literal.hex(record)).append('\n')));
    transcript.append(Snapshot.text(loaded, cpu));
  }

  /// Lets threads of the kernel do the work that the program left them.
  private void settle() {
    if (!(kernel instanceof SimulatedKernel)) {
      pass(Duration.ZERO);
    }
  }

  private TestRun last() {
    TestRun run = last;
    if (run == null) {
      throw new IllegalArgumentException("nothing ran yet");
    }
    return run;
  }

  private int result(String value) {
    ProgramKind kind = loaded.program(program).kind();
    if (value.matches("-?\\d+")) {
      return Integer.parseInt(value);
    }
    return Verdicts.type(kind).stream()
        .flatMap(type -> Stream.<Enum<?>>of(type.getEnumConstants()))
        .filter(constant -> constant.name().equals(value))
        .map(constant -> (int) Scalar.toNumber(constant))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(kind + " has no result " + value));
  }

  private void put(String name, String key, String value) {
    LoadedMap map = loaded.map(name);
    MapDefinition definition = map.definition();
    byte[] one = Literal.encode(btf(), definition.valueType(), value);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment values = arena.allocate(map.valueBytes(), Long.BYTES);
      for (int i = 0; i < map.valuesPerKey(); i++) {
        Snapshot.slot(definition, values, i).copyFrom(MemorySegment.ofArray(one));
      }
      map.update(key(definition, key), values, LoadedMap.UpdateMode.ANY);
    }
  }

  private void entry(String name, String key, Optional<String> value) {
    LoadedMap map = loaded.map(name);
    MapDefinition definition = map.definition();
    byte[] found =
        Snapshot.entries(map, btf(), cpu).get(Literal.hex(Snapshot.bytes(key(definition, key))));
    assertThat(Optional.ofNullable(found).map(Literal::hex))
        .as("%s[%s]", name, key)
        .isEqualTo(value.map(v -> Literal.hex(Literal.encode(btf(), definition.valueType(), v))));
  }

  /// The key of an array has no type of interest: it is its index.
  private MemorySegment key(MapDefinition definition, String key) {
    byte[] bytes =
        definition.kind().isArray() || definition.keyType() == 0
            ? new byte[] {(byte) Integer.parseInt(key), 0, 0, 0}
            : Literal.encode(btf(), definition.keyType(), key);
    return MemorySegment.ofArray(bytes);
  }

  private void global(String name, String value) {
    Place place = Place.of(loaded.object(), name);
    byte[] expected = Literal.encode(btf(), place.type(), value);
    byte[] section = Snapshot.bytes(loaded.data(place.section()).segment());
    byte[] found = Arrays.copyOfRange(section, place.offset(), place.offset() + expected.length);
    assertThat(Literal.hex(found)).as("global " + name).isEqualTo(Literal.hex(expected));
  }

  /// What Linux prints goes to a trace that all processes share, so it is not looked at.
  private void prints(String line) {
    if (kernel instanceof SimulatedKernel) {
      assertThat(prints).as("trace").contains(line);
    }
  }

  private Btf btf() {
    return loaded.object().btf();
  }

  /// The names of the programs of an object.
  static List<String> programs(BpfObject object) {
    return object.programs().stream().map(BpfFunction::name).toList();
  }

  @Override
  public void close() {
    loaded.close();
    if (!(kernel instanceof SimulatedKernel)) {
      Pins.remove(loaded.object());
    }
    thread.close();
  }
}
