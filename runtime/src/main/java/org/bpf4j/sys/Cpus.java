package org.bpf4j.sys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// The processors for which per-CPU maps have values.
public final class Cpus {

  private Cpus() {}

  /// The number of possible processors, as `num_possible_cpus` counts them.
  public static int possible() {
    return Holder.POSSIBLE;
  }

  /// Counts a list such as `0-3,8`.
  static int count(String list) {
    int count = 0;
    for (String range : list.strip().split(",", -1)) {
      int dash = range.indexOf('-');
      int last = Integer.parseInt(range.substring(dash + 1));
      count += dash < 0 ? 1 : last - Integer.parseInt(range.substring(0, dash)) + 1;
    }
    return count;
  }

  private static final class Holder {
    static final int POSSIBLE = read();

    private static int read() {
      try {
        byte[] list = KernelFiles.bytes(Path.of("/sys/devices/system/cpu/possible"));
        return count(new String(list, StandardCharsets.US_ASCII));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot tell the number of possible CPUs", e);
      }
    }
  }
}
