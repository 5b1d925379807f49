package org.bpf4j.inspect;

import org.bpf4j.sys.Bpf;
import org.bpf4j.sys.Capability;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.Failure;
import org.bpf4j.sys.KernelFiles;

/// The kernel counts how often and how long programs run while this is open, or while
/// `kernel.bpf_stats_enabled` is set.
public final class RunStatistics implements AutoCloseable {

  private final Descriptor descriptor;

  private RunStatistics(Descriptor descriptor) {
    this.descriptor = descriptor;
  }

  static RunStatistics open() {
    long result = Bpf.enableStatistics();
    return new RunStatistics(
        Descriptor.own(Failure.check(result, "BPF_ENABLE_STATS", Capability.SYS_ADMIN)));
  }

  /// Whether it counts anyway, since the machine's administrator set it so.
  public static boolean always() {
    return KernelFiles.setting("kernel.bpf_stats_enabled").filter("1"::equals).isPresent();
  }

  /// Lets the kernel stop, if nobody else wants it.
  @Override
  public void close() {
    descriptor.close();
  }
}
