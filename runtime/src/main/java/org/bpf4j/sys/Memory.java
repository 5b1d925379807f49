package org.bpf4j.sys;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/// Memory shared with the kernel: `mmap` and `munmap`.
public final class Memory {

  /// `PROT_READ`.
  private static final int READ = 1;

  /// `PROT_WRITE`.
  private static final int WRITE = 2;

  /// `MAP_SHARED`.
  private static final int SHARED = 1;

  /// What the kernel told this process as it began: pairs of a key and a value, until key 0.
  private static final Path AUXILIARY_VECTOR = Path.of("/proc/self/auxv");

  /// `AT_PAGESZ` of `linux/auxvec.h`.
  private static final long PAGE_SIZE = 6;

  /// The size of a page.
  public static final int PAGE_BYTES = pageBytes();

  private Memory() {}

  /// Read, since asking libc costs linking another call; asked where reading is not allowed.
  private static int pageBytes() {
    try {
      ByteBuffer vector =
          ByteBuffer.wrap(Files.readAllBytes(AUXILIARY_VECTOR)).order(ByteOrder.nativeOrder());
      while (vector.remaining() >= 2 * Long.BYTES) {
        long key = vector.getLong();
        long value = vector.getLong();
        if (key == PAGE_SIZE) {
          return Math.toIntExact(value);
        }
      }
    } catch (IOException _) {
      return Native.pageBytes();
    }
    return Native.pageBytes();
  }

  /// Maps a part of what a descriptor stands for; closing the owner unmaps it.
  ///
  /// @param bytes the length, a multiple of the page size
  /// @param offset where the part begins, a multiple of the page size
  public static MemorySegment map(
      Descriptor descriptor, long bytes, long offset, boolean writable, Arena owner) {
    int protection = writable ? READ | WRITE : READ;
    long address =
        Native.call(SystemCall.MMAP, 0, bytes, protection, SHARED, descriptor.number(), offset);
    Failure.check(address > -4096 && address < 0 ? address : 0, "mmap of " + bytes + " bytes");
    MemorySegment mapping = Native.mapping(address, bytes, owner);
    return writable ? mapping : mapping.asReadOnly();
  }

  /// The least multiple of the page size that is at least `bytes`.
  public static long pages(long bytes) {
    return Math.ceilDiv(bytes, PAGE_BYTES) * (long) PAGE_BYTES;
  }

  static void unmap(long address, long bytes) {
    Native.call(SystemCall.MUNMAP, address, bytes, 0, 0, 0, 0);
  }
}
