package org.bpf4j.vm;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HexFormat;
import org.bpf4j.vm.Outcome.Kind;
import org.bpf4j.vm.Region.Access;
import org.jspecify.annotations.Nullable;

/// All that a program can reach: regions, each with bounds of its own.
///
/// An address is a region's number in the upper half and a biased array index in the lower. Region
/// 0 is null. Arithmetic that leaves a region therefore ends at an index out of bounds or at a
/// number that no region has; it never reaches a neighbour. A removed region's number is not given
/// out again before [#QUARANTINE] others were removed, so that stale pointers fault.
///
/// Little-endian on every host. Not safe from several threads.
public final class Memory {

  /// How many removed regions keep their numbers from being used again.
  static final int QUARANTINE = 64;

  /// The first address that is not null or a member of null.
  private static final int NULL_END = 1 << 16;

  private static final long LOW_HALF = 0xffff_ffffL;

  private @Nullable KernelMemory kernel;
  private boolean nullIsKernels;
  private static final VarHandle SHORT = view(short[].class);
  private static final VarHandle INT = view(int[].class);
  private static final VarHandle LONG = view(long[].class);

  private @Nullable Region arena;
  private long sharedAt;

  private @Nullable Region[] regions = new @Nullable Region[64];
  private int count = 1;
  private final ArrayDeque<Integer> removed = new ArrayDeque<>();

  /// Creates a memory with nothing in it.
  public Memory() {}

  private static VarHandle view(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
  }

  /// Adds a whole array that programs may read and write.
  public Region add(String name, byte[] bytes) {
    return add(name, bytes, 0, bytes.length, Access.READ_WRITE);
  }

  /// Adds a part of an array.
  public Region add(String name, byte[] bytes, int start, int end, Access access) {
    return add(new Region(nextId(), name, bytes, start, end, access, null));
  }

  /// Adds a context struct, whose fields decide what may be written.
  public Region addContext(String name, byte[] bytes, ContextFields fields) {
    return add(new Region(nextId(), name, bytes, 0, bytes.length, Access.READ_WRITE, fields));
  }

  private Region add(Region region) {
    if (region.id == regions.length) {
      regions = Arrays.copyOf(regions, regions.length * 2);
    }
    regions[region.id] = region;
    count = Math.max(count, region.id + 1);
    return region;
  }

  private int nextId() {
    return removed.size() > QUARANTINE ? removed.remove() : count;
  }

  /// The kernel's own memory.
  public interface KernelMemory {
    /// Loads bytes, zero-extended.
    long load(long address, int size);

    /// Stores the low bytes of a number.
    ///
    /// @throws FaultException if there is nothing at the address
    void store(long address, int size, long value);
  }

  /// Takes a region away: pointers into it fault from now on.
  public void remove(Region region) {
    if (regions[region.id] == region) {
      regions[region.id] = null;
      removed.add(region.id);
    }
  }

  /// The region that an address points into or beside.
  ///
  /// @throws FaultException if there is none
  public Region region(long address) {
    long id = address >>> 32;
    Region region = id < count ? regions[(int) id] : null;
    if (region != null) {
      return region;
    }
    throw id == 0 && address < NULL_END
        ? new FaultException(
            Kind.NULL_POINTER, address == 0 ? "null" : "null plus " + (int) address)
        : new FaultException(
            Kind.INVALID_POINTER, "0x" + HexFormat.of().toHexDigits(address) + " is no pointer");
  }

  /// Who knows what is in the kernel's own memory, which programs may load from: what cannot be
  /// read is zero. What they may store to is for the verifier to say.
  ///
  /// @param typed whether programs get typed pointers from the kernel; members of one that is null
  ///   are zero, as the kernel's fault handler has it
  public void kernel(KernelMemory reader, boolean typed) {
    kernel = reader;
    nullIsKernels = typed;
  }

  /// The arena of the programs.
  ///
  /// @param region its memory
  /// @param address where user space has it, a multiple of 4 GB
  public void arena(Region region, long address) {
    arena = region;
    sharedAt = address;
  }

  /// The place in the arena that a number says by its low half; behind the arena if it is not so
  /// long.
  ///
  /// @throws FaultException if there is no arena
  long inArena(long number) {
    if (arena == null) {
      throw new FaultException(Kind.UNSUPPORTED, "addr_space_cast without an arena");
    }
    return arena.address() + Math.min(number & LOW_HALF, arena.size());
  }

  /// The address that user space has of such a place; 0 for the arena's start.
  ///
  /// @throws FaultException if there is no arena
  long shared(long number) {
    if (arena == null) {
      throw new FaultException(Kind.UNSUPPORTED, "addr_space_cast without an arena");
    }
    return (number & LOW_HALF) == 0 ? 0 : sharedAt | number & LOW_HALF;
  }

  /// Loads `size` bytes (1, 2, 4 or 8), zero-extended.
  long load(long address, int size) {
    if (address < 0 && kernel != null) {
      return kernel.load(address, size);
    }
    if (nullIsKernels && address < NULL_END) {
      return 0;
    }
    Region region = readable(address, size);
    int index = index(address);
    long stored =
        switch (size) {
          case 1 -> region.bytes[index] & 0xffL;
          case 2 -> (short) SHORT.get(region.bytes, index) & 0xffffL;
          case 4 -> (int) INT.get(region.bytes, index) & 0xffff_ffffL;
          default -> (long) LONG.get(region.bytes, index);
        };
    return region.fields == null ? stored : region.fields.load(index - region.start, size, stored);
  }

  /// Stores the low `size` bytes (1, 2, 4 or 8) of a value.
  void store(long address, int size, long value) {
    if (address < 0 && kernel != null) {
      kernel.store(address, size, value);
      return;
    }
    Region region = writable(address, size);
    int index = index(address);
    switch (size) {
      case 1 -> region.bytes[index] = (byte) value;
      case 2 -> SHORT.set(region.bytes, index, (short) value);
      case 4 -> INT.set(region.bytes, index, (int) value);
      default -> LONG.set(region.bytes, index, value);
    }
  }

  /// Loads four bytes, as helpers do.
  ///
  /// @throws FaultException if the program could not
  public int loadInt(long address) {
    return (int) load(address, Integer.BYTES);
  }

  /// Loads eight bytes, as helpers do.
  ///
  /// @throws FaultException if the program could not
  public long loadLong(long address) {
    return load(address, Long.BYTES);
  }

  /// Stores four bytes, as helpers do.
  ///
  /// @throws FaultException if the program could not
  public void storeInt(long address, int value) {
    store(address, Integer.BYTES, value);
  }

  /// Stores eight bytes, as helpers do.
  ///
  /// @throws FaultException if the program could not
  public void storeLong(long address, long value) {
    store(address, Long.BYTES, value);
  }

  /// Copies bytes out.
  ///
  /// @throws FaultException if the program could not read all of them
  public byte[] read(long address, int size) {
    if (size == 0) {
      return new byte[0];
    }
    Region region = readable(address, size);
    return Arrays.copyOfRange(region.bytes, index(address), index(address) + size);
  }

  /// Copies bytes in.
  ///
  /// @throws FaultException if the program could not write all of them
  public void write(long address, byte[] from) {
    if (from.length > 0) {
      Region region = writable(address, from.length);
      System.arraycopy(from, 0, region.bytes, index(address), from.length);
    }
  }

  /// Sets bytes to zero.
  ///
  /// @throws FaultException if the program could not write all of them
  public void clear(long address, int size) {
    if (size != 0) {
      Region region = writable(address, size);
      Arrays.fill(region.bytes, index(address), index(address) + size, (byte) 0);
    }
  }

  /// Whether the program could read that many bytes there.
  public boolean isReadable(long address, int size) {
    long id = address >>> 32;
    Region region = id < count ? regions[(int) id] : null;
    return region != null && inBounds(region, index(address), size);
  }

  private static int index(long address) {
    return (int) address - Region.BIAS;
  }

  private Region readable(long address, int size) {
    Region region = region(address);
    if (!inBounds(region, index(address), size)) {
      throw new FaultException(Kind.OUT_OF_BOUNDS, "read of " + describe(region, address, size));
    }
    return region;
  }

  private Region writable(long address, int size) {
    Region region = region(address);
    int index = index(address);
    if (!inBounds(region, index, size)) {
      throw new FaultException(Kind.OUT_OF_BOUNDS, "write of " + describe(region, address, size));
    }
    if (region.access == Access.READ
        || (region.fields != null && !region.fields.writable(index - region.start, size))) {
      throw new FaultException(
          Kind.READ_ONLY, "write of " + describe(region, address, size) + ", read-only");
    }
    return region;
  }

  private static boolean inBounds(Region region, int index, int size) {
    return size >= 0 && index >= region.start && index <= region.end - size;
  }

  private static String describe(Region region, long address, int size) {
    long offset = (address & 0xffff_ffffL) - Region.BIAS - region.start;
    return size
        + (size == 1 ? " byte" : " bytes")
        + " at offset "
        + offset
        + " of the "
        + region.name()
        + ", which has "
        + region.size();
  }
}
