package org.bpf4j.sim;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.bpf4j.object.Helper;
import org.bpf4j.vm.KernelCall;

/// Helpers that read memory, compare, sum and loop.
final class MemoryHelpers {

  /// `BPF_MAX_LOOPS`.
  private static final long MAX_LOOPS = 1 << 23;

  private enum Space {
    USER,
    KERNEL,
    ANY
  }

  static final Map<Helper, HelperBody> BODIES =
      Map.ofEntries(
          Map.entry(Helper.PROBE_READ, (run, call) -> probe(run, call, Space.ANY)),
          Map.entry(Helper.PROBE_READ_KERNEL, (run, call) -> probe(run, call, Space.KERNEL)),
          Map.entry(Helper.PROBE_READ_USER, (run, call) -> probe(run, call, Space.USER)),
          Map.entry(Helper.PROBE_READ_STR, (run, call) -> probeText(run, call, Space.ANY)),
          Map.entry(
              Helper.PROBE_READ_KERNEL_STR, (run, call) -> probeText(run, call, Space.KERNEL)),
          Map.entry(Helper.PROBE_READ_USER_STR, (run, call) -> probeText(run, call, Space.USER)),
          Map.entry(Helper.COPY_FROM_USER, (run, call) -> probe(run, call, Space.USER)),
          Map.entry(Helper.CSUM_DIFF, MemoryHelpers::checksumDifference),
          Map.entry(Helper.STRNCMP, MemoryHelpers::compare),
          Map.entry(Helper.LOOP, MemoryHelpers::loop));

  private MemoryHelpers() {}

  /// Reads what is at an address: what programs hold pointers to, or foreign memory.
  private static Optional<byte[]> at(Run run, long address, int size, Space space) {
    if (run.object.memory.isReadable(address, size)) {
      return space == Space.USER
          ? Optional.empty()
          : Optional.of(run.object.memory.read(address, size));
    }
    boolean there =
        switch (space) {
          case USER -> !ForeignMemory.isKernel(address);
          case KERNEL -> ForeignMemory.isKernel(address);
          case ANY -> true;
        };
    return there ? run.environment.foreign.read(address, size) : Optional.empty();
  }

  /// Why an address cannot be read: `copy_from_kernel_nofault` takes none of user space.
  private static long fault(long address, Space space) {
    return space == Space.KERNEL && !ForeignMemory.isKernel(address)
        ? -Errno.ERANGE
        : -Errno.EFAULT;
  }

  private static long probe(Run run, KernelCall call, Space space) {
    long to = call.argument(1);
    int size = (int) call.argument(2);
    call.memory().clear(to, size);
    Optional<byte[]> found = at(run, call.argument(3), size, space);
    found.ifPresent(bytes -> call.memory().write(to, bytes));
    return found.isPresent() ? 0 : fault(call.argument(3), space);
  }

  /// Copies text with its terminator, cut to the size; gives the bytes written. Unlike the kernel,
  /// it also clears the bytes behind.
  private static long probeText(Run run, KernelCall call, Space space) {
    long to = call.argument(1);
    int size = (int) call.argument(2);
    call.memory().clear(to, size);
    if (size == 0) {
      return 0;
    }
    Optional<byte[]> found = text(run, call.argument(3), size - 1, space);
    if (found.isEmpty()) {
      return fault(call.argument(3), space);
    }
    call.memory().write(to, found.get());
    return found.get().length + 1L;
  }

  /// The bytes before the first zero, at most a number of them; nothing if memory ends before.
  static Optional<byte[]> text(Run run, long address, int limit) {
    return text(run, address, limit, Space.ANY);
  }

  private static Optional<byte[]> text(Run run, long address, int limit, Space space) {
    byte[] text = new byte[16];
    for (int length = 0; length < limit; length++) {
      Optional<byte[]> next = at(run, address + length, 1, space);
      if (next.isEmpty()) {
        return Optional.empty();
      }
      if (next.get()[0] == 0) {
        return Optional.of(Arrays.copyOf(text, length));
      }
      if (length == text.length) {
        text = Arrays.copyOf(text, length * 2);
      }
      text[length] = next.get()[0];
    }
    return Optional.of(Arrays.copyOf(text, limit));
  }

  private static long checksumDifference(Run run, KernelCall call) {
    byte[] from = call.memory().read(call.argument(1), (int) call.argument(2));
    byte[] to = call.memory().read(call.argument(3), (int) call.argument(4));
    return InternetChecksum.difference(from, to, (int) call.argument(5));
  }

  /// `bpf_strncmp`: the sign of the first difference.
  private static long compare(Run run, KernelCall call) {
    int size = (int) call.argument(2);
    byte[] first = call.memory().read(call.argument(1), size);
    for (int i = 0; i < size; i++) {
      int a = first[i] & 0xff;
      int b = call.memory().read(call.argument(3) + i, 1)[0] & 0xff;
      if (a != b) {
        return a < b ? -1 : 1;
      }
      if (a == 0) {
        return 0;
      }
    }
    return 0;
  }

  /// Calls back until the callback returns 1; gives the number of calls.
  private static long loop(Run run, KernelCall call) {
    long times = call.argument(1) & 0xffff_ffffL;
    if (call.argument(4) != 0) {
      return -Errno.EINVAL;
    }
    if (times > MAX_LOOPS) {
      return -Errno.E2BIG;
    }
    for (long i = 0; i < times; i++) {
      if (call.callBack(call.argument(2), i, call.argument(3)) != 0) {
        return i + 1;
      }
    }
    return times;
  }
}
