package org.bpf4j.fault;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.bpf4j.handle.Codecs;
import org.bpf4j.handle.LoadedMap.UpdateMode;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.handle.RingReader;
import org.bpf4j.handle.TestInput;
import org.bpf4j.kernel.Kernel;
import org.bpf4j.kernel.LoadRequest;
import org.bpf4j.load.ObjectText;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.MapFlag;
import org.bpf4j.object.MapKind;

/// A loaded object with maps of many kinds, all of whose contents bear a mark, so that who reads
/// another one's sees it.
///
/// @param object what is loaded
/// @param mark what the upper half of every number is
/// @param reader the ring's typed face, which threads share
record Marked(LoadedObject object, int mark, RingReader<Long> reader) implements AutoCloseable {

  static final int ENTRIES = 64;

  /// `BPF_F_CURRENT_CPU`.
  private static final String SEND_EVENT =
      """
      r6 = r1
      r2 = data .bss 0
      r2 = *(u64 *)(r2 + 0)
      *(u64 *)(r10 - 8) = r2
      r1 = r6
      r2 = map events
      r3 = 0xffffffff ll
      r4 = r10
      r4 += -8
      r5 = 8
      call 25
      r0 = 2
      exit
      """;

  private static final String SEND =
      """
      r2 = data .bss 0
      r2 = *(u64 *)(r2 + 0)
      *(u64 *)(r10 - 8) = r2
      r1 = map ring
      r2 = r10
      r2 += -8
      r3 = 8
      r4 = 0
      call 130
      exit
      """;

  private static final BpfObject OBJECT =
      new ObjectText()
          .data(".bss", "mark", 0, "lost", 0)
          .map("table", MapKind.HASH, 4, 8, ENTRIES)
          .map("slots", MapKind.ARRAY, 4, 8, ENTRIES)
          .map("mapped", MapKind.ARRAY, 4, 8, ENTRIES, MapFlag.MMAPABLE.bit())
          .map("ring", MapKind.RINGBUF, 0, 0, 1 << 16)
          .map("asked", MapKind.USER_RINGBUF, 0, 0, 4096)
          .map("events", MapKind.PERF_EVENT_ARRAY, 4, 4, 256)
          .map("arena", MapKind.ARENA, 0, 0, 4, MapFlag.MMAPABLE.bit())
          .program("syscall", "send", SEND)
          .program("xdp", "report", SEND_EVENT)
          .build();

  /// Loads one, and fills its maps.
  static Marked load(int mark) {
    LoadedObject object = Kernel.local().load(LoadRequest.of(OBJECT, Marked.class));
    Marked marked =
        new Marked(object, mark, new RingReader<>(object.ring("ring"), Codecs.LONG, () -> 0));
    marked.fill();
    return marked;
  }

  private void fill() {
    global().set(ValueLayout.JAVA_LONG, 0, value(0));
    for (int key = 0; key < ENTRIES; key++) {
      MemorySegment index = key(key);
      MemorySegment value = number(value(key));
      object.map("table").update(index, value, UpdateMode.ANY);
      object.map("slots").update(index, value, UpdateMode.ANY);
      object.map("mapped").update(index, value, UpdateMode.ANY);
      arena().setAtIndex(ValueLayout.JAVA_LONG, key, value(key));
    }
  }

  MemorySegment global() {
    return object.data(".bss").segment();
  }

  MemorySegment arena() {
    return object.arena("arena").segment();
  }

  long value(int key) {
    return (long) mark << Integer.SIZE | key;
  }

  static MemorySegment key(int key) {
    return MemorySegment.ofArray(new int[] {key});
  }

  static MemorySegment number(long value) {
    return MemorySegment.ofArray(new long[] {value});
  }

  /// Puts a record into the ring.
  void send() {
    object.program("send").run(TestInput.context(new byte[8]));
  }

  /// Puts a record into the perf buffer.
  void report() {
    object.program("report").run(TestInput.packet(new byte[64]));
  }

  /// Complains about a number that is not from here.
  void check(long number) {
    if (number >>> Integer.SIZE != mark) {
      throw new AssertionError("0x%x is not marked 0x%x".formatted(number, mark));
    }
  }

  @Override
  public void close() {
    object.close();
  }
}
