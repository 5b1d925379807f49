package org.bpf4j.handle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpf4j.btf.BtfType;
import org.bpf4j.kernel.IncompatibleFormatException;
import org.bpf4j.kernel.Kernel;
import org.bpf4j.kernel.LoadRequest;
import org.bpf4j.kernel.RealKernel;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.load.ObjectText;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.ElfWriter;
import org.bpf4j.object.MapKind;
import org.bpf4j.object.ObjectNote;
import org.junit.jupiter.api.Test;

class SkeletonTest {

  private static final byte[] OBJECT = ElfWriter.write(object(ObjectNote.FORMAT));
  private static final ObjectResource RESOURCE =
      ObjectResource.of(SkeletonTest.class, () -> new ByteArrayInputStream(OBJECT));

  /// What the compiler would make of a class with a struct, two maps, a ring, globals and programs.
  private static BpfObject object(int format) {
    ObjectText text = new ObjectText();
    int stats =
        text.types.add(
            new BtfType.Struct(
                "Stats",
                16,
                List.of(
                    new BtfType.Member("packets", text.longType, 0, 0),
                    new BtfType.Member("last", text.intType, 64, 0))));
    text.data(".rodata", "verdict", 2);
    text.data(".bss", "seen", 0, "ring_lost", 0);
    text.typedMap("stats", MapKind.HASH, text.intType, stats, 8);
    text.map("ring", MapKind.RINGBUF, 0, 0, 4096);
    text.program(
        "xdp",
        "filter",
        """
        r1 = data .bss 0
        r2 = 1
        lock *(u64 *)(r1 + 0) += r2
        r1 = data .rodata 0
        r0 = *(u64 *)(r1 + 0)
        exit
        """);
    text.program("tc", "shape", "r0 = -1\nexit");
    text.program("raw_tracepoint/sys_enter", "enter", "r0 = *(u64 *)(r1 + 0)\nexit");
    text.program(
        "syscall",
        "emit",
        """
        r6 = r1
        r1 = map ring
        r2 = r6
        r2 = *(u64 *)(r6 + 0)
        *(u64 *)(r10 - 8) = r2
        r2 = r10
        r2 += -8
        r3 = 8
        r4 = 0
        call 130
        *(u64 *)(r6 + 0) = 77
        r0 = 3
        exit
        """);
    BpfObject built = text.build();
    return new BpfObject(
        built.license(),
        built.code(),
        built.maps(),
        built.data(),
        built.btf(),
        Optional.of(new ObjectNote(format, "Test", "1", List.of(), List.of())),
        List.of());
  }

  record Stats(long packets, int last) {}

  private static final class StatsCodec implements Codec<Stats> {
    private static final Layout LAYOUT = RESOURCE.layout("Stats");
    private static final int BYTES = LAYOUT.bytes();
    private static final long PACKETS = LAYOUT.offset("packets");
    private static final long LAST = LAYOUT.offset("last");
    static final StatsCodec INSTANCE = new StatsCodec();

    @Override
    public int bytes() {
      return BYTES;
    }

    @Override
    public void encode(Stats value, MemorySegment to, long offset) {
      to.asSlice(offset, BYTES).fill((byte) 0);
      Storage.putLong(to, offset + PACKETS, value.packets());
      Storage.putInt(to, offset + LAST, value.last());
    }

    @Override
    public Stats decode(MemorySegment from, long offset) {
      return new Stats(
          Storage.getLong(from, offset + PACKETS), Storage.getInt(from, offset + LAST));
    }
  }

  /// What the processor would generate.
  private static final class TestBpf extends Skeleton {
    final TypedMap<Integer, Stats> stats =
        new TypedMap<>(map("stats"), Codecs.INT, StatsCodec.INSTANCE);
    final RingReader<Long> ring = ring("ring", Codecs.LONG);
    final Global seen = global("seen");
    final Global verdict = global("verdict");
    final XdpProgram filter = xdp("filter");
    final TcProgram shape = tc("shape");
    final RawTracepointProgram enter = rawTracepoint("enter", "sys_enter");
    final SyscallProgram<Long> emit = syscall("emit", Codecs.LONG);

    TestBpf(LoadedObject object, LoadRequest request) {
      super(object, request);
    }

    static TestBpf load() {
      return new SkeletonLoader(RESOURCE).load(Kernel.local(), TestBpf::new);
    }
  }

  @Test
  void runsProgramsByKind() throws Exception {
    RealKernel.use();
    try (TestBpf bpf = TestBpf.load()) {
      assertThat(bpf.filter.run(new byte[64]).action()).isEqualTo(XdpAction.PASS);
      assertThat(bpf.seen.getLong()).isEqualTo(1);
      assertThat(bpf.shape.run(() -> new byte[64]).action()).isEqualTo(TcAction.UNSPEC);
      assertThat(bpf.enter.run(5, 6)).isEqualTo(5);
      assertThat(bpf.emit.run(12L)).isEqualTo(new SyscallRun<>(3, 77L));
      List<Long> events = new ArrayList<>();
      assertThat(bpf.ring.poll(Duration.ofSeconds(5), events::add)).isEqualTo(1);
      assertThat(events).containsExactly(12L);
      assertThat(bpf.ring.lost()).isZero();
    }
  }

  @Test
  void sharesGlobalsAndMaps() {
    RealKernel.use();
    try (TestBpf bpf = TestBpf.load()) {
      bpf.seen.setLong(40);
      assertThat(bpf.seen.addLong(2)).isEqualTo(40);
      assertThat(bpf.seen.getLong()).isEqualTo(42);
      assertThat(bpf.verdict.getLong()).isEqualTo(2);
      assertThatThrownBy(() -> bpf.verdict.setLong(1))
          .isInstanceOf(UnsupportedOperationException.class);
      bpf.stats.put(1, new Stats(5, -6));
      assertThat(bpf.stats.get(1)).isEqualTo(new Stats(5, -6));
    }
  }

  @Test
  void configuresBeforeItLoads() {
    RealKernel.use();
    SkeletonLoader loader = new SkeletonLoader(RESOURCE);
    loader.set("verdict", Codecs.LONG, 1L);
    loader.set("seen", Codecs.LONG, 9L);
    loader.map("stats", options -> options.maxEntries(20));
    loader.skip("shape");
    try (TestBpf bpf = loader.load(Kernel.local(), TestBpf::new)) {
      assertThat(bpf.filter.run(new byte[64]).action()).isEqualTo(XdpAction.DROP);
      assertThat(bpf.seen.getLong()).isEqualTo(10);
      assertThat(bpf.stats.loaded().definition().maxEntries()).isEqualTo(20);
      assertThatThrownBy(() -> bpf.shape.run(new byte[64]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void ownsItsLinks() {
    RealKernel.use();
    TestBpf bpf = TestBpf.load();
    Links links = bpf.attachAll();
    assertThat(links.list()).hasSize(1);
    assertThat(links.list().getFirst().hook()).contains(new Hook.RawTracepoint("sys_enter"));
    Link own = bpf.enter.attach();
    links.close();
    assertThat(links.list()).isEmpty();
    Link released = bpf.enter.attach().release();
    bpf.close();
    bpf.close();
    own.close();
    released.close();
    assertThatThrownBy(bpf.enter::attach)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("program `enter` is closed");
  }

  @Test
  void freesTheObjectIfTheSkeletonCannotBeMade() {
    RealKernel.use();
    List<LoadedObject> loaded = new ArrayList<>();
    assertThatThrownBy(
            () ->
                new SkeletonLoader(RESOURCE)
                    .load(
                        Kernel.local(),
                        (object, _) -> {
                          loaded.add(object);
                          throw new IllegalArgumentException("no");
                        }))
        .hasMessage("no");
    LoadedProgram program = loaded.getFirst().program("filter");
    assertThatThrownBy(() -> program.run(TestInput.packet(new byte[64])))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void saysHowToGetAMissingObject() {
    ObjectResource missing = ObjectResource.of(Stats.class, () -> null);
    assertThatThrownBy(missing::object)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(
            "there is no SkeletonTest$Stats.bpf.o beside org.bpf4j.handle.SkeletonTest$Stats.class")
        .hasMessageContaining("mvn compile");
  }

  @Test
  void refusesObjectsOfAnotherFormat() {
    byte[] newer = ElfWriter.write(object(ObjectNote.FORMAT + 1));
    ObjectResource resource = ObjectResource.of(Stats.class, () -> new ByteArrayInputStream(newer));
    assertThatThrownBy(resource::object).isInstanceOf(IncompatibleFormatException.class);
  }

  @Test
  void readsLayoutsOfTheObject() {
    Layout layout = RESOURCE.layout("Stats");
    assertThat(layout.bytes()).isEqualTo(16);
    assertThat(layout.offset("last")).isEqualTo(8);
    assertThat(layout.bytes("last")).isEqualTo(4);
    assertThatThrownBy(() -> layout.offset("nothing"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("struct `Stats` has no field `nothing`");
    assertThatThrownBy(() -> RESOURCE.layout("Nothing"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
