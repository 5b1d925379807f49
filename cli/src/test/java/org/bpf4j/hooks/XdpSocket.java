package org.bpf4j.hooks;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/// A socket that takes whole frames from XDP programs (`AF_XDP`), in copy mode, of one queue; the
/// numbers are those of `linux/if_xdp.h`.
final class XdpSocket implements AutoCloseable {

  private static final int FAMILY = 44;
  private static final int RAW = 3;
  private static final int LEVEL = 283;
  private static final int MMAP_OFFSETS = 1;
  private static final int RX_RING = 2;
  private static final int UMEM_REG = 4;
  private static final int FILL_RING = 5;
  private static final int COMPLETION_RING = 6;
  private static final short COPY = 2;
  private static final long FILL_OFFSET = 0x1_0000_0000L;

  private static final int SLOTS = 16;
  private static final int FRAME_BYTES = 4096;

  /// `struct xdp_mmap_offsets`: of each ring the places of producer, consumer, slots and flags.
  private static final int OFFSETS_BYTES = 4 * 4 * Long.BYTES;

  private static final long PRODUCER = 0;
  private static final long ITEMS = 2 * Long.BYTES;
  private static final long OF_FILL_RING = 2 * 4 * Long.BYTES;

  /// `PROT_READ | PROT_WRITE`, `MAP_SHARED | MAP_POPULATE` and `MAP_PRIVATE | MAP_ANONYMOUS`.
  private static final int READ_WRITE = 3;

  private static final int SHARED = 0x8001;
  private static final int PRIVATE = 0x22;

  private static final MethodHandle SOCKET = call("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle SET =
      call("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle GET =
      call("getsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
  private static final MethodHandle BIND = call("bind", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle MMAP =
      call("mmap", ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG);
  private static final MethodHandle UNMAP = call("munmap", JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle CLOSE = call("close", JAVA_INT, JAVA_INT);

  private final Arena arena = Arena.ofConfined();
  private final int descriptor;
  private final MemorySegment frames;
  private final MemorySegment ring;
  private final long producer;
  private final long items;

  private XdpSocket(int networkInterface) throws Throwable {
    descriptor = check((int) SOCKET.invokeExact(FAMILY, RAW, 0), "socket");
    frames = map((long) SLOTS * FRAME_BYTES, PRIVATE, -1, 0);
    MemorySegment memory = arena.allocate(4 * Long.BYTES, Long.BYTES);
    memory.set(JAVA_LONG, 0, frames.address());
    memory.set(JAVA_LONG, Long.BYTES, frames.byteSize());
    memory.set(JAVA_INT, 2 * Long.BYTES, FRAME_BYTES);
    set(UMEM_REG, memory);
    for (int option : new int[] {FILL_RING, COMPLETION_RING, RX_RING}) {
      set(option, arena.allocateFrom(JAVA_INT, SLOTS));
    }
    MemorySegment offsets = arena.allocate(OFFSETS_BYTES, Long.BYTES);
    MemorySegment length = arena.allocateFrom(JAVA_INT, OFFSETS_BYTES);
    check((int) GET.invokeExact(descriptor, LEVEL, MMAP_OFFSETS, offsets, length), "getsockopt");
    producer = offsets.get(JAVA_LONG, PRODUCER);
    items = offsets.get(JAVA_LONG, ITEMS);
    ring = map(items + 2L * Long.BYTES * SLOTS, SHARED, descriptor, 0);
    fill(offsets.get(JAVA_LONG, OF_FILL_RING), offsets.get(JAVA_LONG, OF_FILL_RING + ITEMS));
    MemorySegment address = arena.allocate(16, Integer.BYTES);
    address.set(JAVA_SHORT, 0, (short) FAMILY);
    address.set(JAVA_SHORT, Short.BYTES, COPY);
    address.set(JAVA_INT, Integer.BYTES, networkInterface);
    check((int) BIND.invokeExact(descriptor, address, (int) address.byteSize()), "bind");
  }

  /// Opens one for the first queue of an interface.
  static XdpSocket open(int networkInterface) {
    try {
      return new XdpSocket(networkInterface);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /// Gives all frames to the kernel.
  private void fill(long producerAt, long itemsAt) {
    MemorySegment fill = map(itemsAt + (long) Long.BYTES * SLOTS, SHARED, descriptor, FILL_OFFSET);
    for (int i = 0; i < SLOTS; i++) {
      fill.set(JAVA_LONG, itemsAt + (long) Long.BYTES * i, (long) FRAME_BYTES * i);
    }
    fill.set(JAVA_INT, producerAt, SLOTS);
  }

  /// Its number in this process.
  int descriptor() {
    return descriptor;
  }

  /// The first frame that has arrived, if one has.
  Optional<byte[]> first() {
    if (ring.get(JAVA_INT, producer) == 0) {
      return Optional.empty();
    }
    long at = ring.get(JAVA_LONG, items);
    int bytes = ring.get(JAVA_INT, items + Long.BYTES);
    return Optional.of(frames.asSlice(at, bytes).toArray(JAVA_BYTE));
  }

  @Override
  public void close() {
    arena.close();
    try {
      check((int) CLOSE.invokeExact(descriptor), "close");
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  private void set(int option, MemorySegment value) throws Throwable {
    int bytes = (int) value.byteSize();
    check((int) SET.invokeExact(descriptor, LEVEL, option, value, bytes), "setsockopt " + option);
  }

  private MemorySegment map(long bytes, int flags, int file, long offset) {
    try {
      MemorySegment mapped =
          (MemorySegment)
              MMAP.invokeExact(MemorySegment.NULL, bytes, READ_WRITE, flags, file, offset);
      check(mapped.address() == -1 ? -1 : 0, "mmap");
      return mapped.reinterpret(bytes, arena, XdpSocket::unmap);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  private static void unmap(MemorySegment memory) {
    try {
      check((int) UNMAP.invokeExact(memory, memory.byteSize()), "munmap");
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  private static int check(int result, String what) {
    if (result < 0) {
      throw new AssertionError(what + " failed");
    }
    return result;
  }

  private static MethodHandle call(String name, MemoryLayout result, MemoryLayout... arguments) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, arguments));
  }
}
