package org.bpf4j.sim;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bpf4j.vm.FaultException;
import org.bpf4j.vm.Memory;
import org.bpf4j.vm.Outcome;

/// Memory that programs reach only by asking: user space and kernel structs.
///
/// Blocks lie a page apart, at addresses that no pointer of a program has. A kernel address has its
/// top bit set, as on x86-64 and arm64.
final class ForeignMemory implements Memory.KernelMemory {

  /// Apart from all that tests place; and more than a `task_struct` has.
  private static final long TASK = 0xffff_8fff_0000_0000L;

  private static final int TASK_BYTES = 1 << 14;

  private static final long USER = 0x7000_0000_0000_0000L;
  private static final long KERNEL = 0xffff_8880_0000_0000L;
  private static final int PAGE = 4096;

  private final TreeMap<Long, byte[]> blocks = new TreeMap<>();
  private long nextUser = USER;
  private long nextKernel = KERNEL;

  /// Places the struct of the task that runs where nobody looks into it, and returns its address.
  long placeTask() {
    blocks.put(TASK, new byte[TASK_BYTES]);
    return TASK;
  }

  /// Places bytes in user space and returns their address.
  long placeUser(byte[] bytes) {
    long address = nextUser;
    nextUser = behind(address, bytes.length);
    blocks.put(address, bytes.clone());
    return address;
  }

  /// Places bytes in the kernel and returns their address.
  long placeKernel(byte[] bytes) {
    long address = nextKernel;
    nextKernel = behind(address, bytes.length);
    blocks.put(address, bytes.clone());
    return address;
  }

  private static long behind(long address, int size) {
    return address + (size / PAGE + 2L) * PAGE;
  }

  /// Whether an address belongs to the kernel.
  static boolean isKernel(long address) {
    return address < 0;
  }

  /// A number of 1 to 8 bytes, zero-extended; 0 if there are none at the address.
  @Override
  public long load(long address, int size) {
    byte[] bytes = read(address, size).orElseGet(() -> new byte[size]);
    long number = 0;
    for (int i = size - 1; i >= 0; i--) {
      number = number << Byte.SIZE | (bytes[i] & 0xff);
    }
    return number;
  }

  @Override
  public void store(long address, int size, long value) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (value >>> i * Byte.SIZE);
    }
    write(address, bytes);
  }

  /// Writes bytes.
  ///
  /// @throws FaultException if there are not that many at the address
  void write(long address, byte[] bytes) {
    Map.Entry<Long, byte[]> block = blocks.floorEntry(address);
    if (block == null || address - block.getKey() > block.getValue().length - bytes.length) {
      throw new FaultException(
          Outcome.Kind.INVALID_POINTER,
          "0x" + Long.toHexString(address) + " is no memory of the kernel");
    }
    System.arraycopy(bytes, 0, block.getValue(), (int) (address - block.getKey()), bytes.length);
  }

  /// Reads bytes, if there are that many at the address.
  Optional<byte[]> read(long address, int size) {
    Map.Entry<Long, byte[]> block = blocks.floorEntry(address);
    if (block == null) {
      return Optional.empty();
    }
    long from = address - block.getKey();
    byte[] bytes = block.getValue();
    if (from > bytes.length - (long) size) {
      return Optional.empty();
    }
    return Optional.of(java.util.Arrays.copyOfRange(bytes, (int) from, (int) from + size));
  }
}
