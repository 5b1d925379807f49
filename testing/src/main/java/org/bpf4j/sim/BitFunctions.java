package org.bpf4j.sim;

import org.bpf4j.vm.KernelCall;
import org.bpf4j.vm.Memory;
import org.bpf4j.vm.Region;

/// The kernel's iterator over the bits of words: the address of a copy of them, which an ended one
/// has none of, then what it shows, from the number of bits down.
final class BitFunctions {

  /// Where the number is that the iterator shows (`bit` of `struct bpf_iter_bits_kern`).
  private static final int SHOWN = 12;

  /// `BITS_ITER_NR_WORDS_MAX`.
  private static final int MAX_WORDS = 511;

  private BitFunctions() {}

  static long begin(Run run, KernelCall call) {
    Memory memory = call.memory();
    long iterator = call.argument(1);
    int words = (int) call.argument(3);
    memory.storeLong(iterator, 0);
    memory.storeLong(iterator + Long.BYTES, -1L << Integer.SIZE);
    if (words <= 0 || words > MAX_WORDS) {
      return words == 0 ? -Errno.EINVAL : -Errno.E2BIG;
    }
    byte[] copy = memory.read(call.argument(2), words * Long.BYTES);
    memory.storeLong(iterator, memory.add("bits", copy).address());
    return 0;
  }

  static long next(Run run, KernelCall call) {
    Memory memory = call.memory();
    long iterator = call.argument(1);
    long copy = memory.loadLong(iterator);
    if (copy == 0) {
      return 0;
    }
    byte[] bits = memory.region(copy).bytes();
    int bit = memory.loadInt(iterator + SHOWN) + 1;
    while (bit < bits.length * Byte.SIZE && (bits[bit / Byte.SIZE] >> bit % Byte.SIZE & 1) == 0) {
      bit++;
    }
    memory.storeLong(iterator + Long.BYTES, (long) bit << Integer.SIZE);
    return bit < bits.length * Byte.SIZE ? iterator + SHOWN : 0;
  }

  static long destroy(Run run, KernelCall call) {
    long copy = call.memory().loadLong(call.argument(1));
    if (copy != 0) {
      Region bits = call.memory().region(copy);
      call.memory().remove(bits);
    }
    call.memory().storeLong(call.argument(1), 0);
    return 0;
  }
}
