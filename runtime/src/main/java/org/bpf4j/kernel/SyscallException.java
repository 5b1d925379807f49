package org.bpf4j.kernel;

import java.io.Serial;

/// Says that a system call failed for a reason that has no exception of its own.
public final class SyscallException extends BpfException {

  @Serial private static final long serialVersionUID = 1;

  private final String call;
  private final int errno;

  /// Creates it.
  ///
  /// @param call what was called, such as `BPF_MAP_CREATE blocked`
  /// @param errno the kernel's error number, positive
  /// @param meaning the number's name and what it means for this call
  public SyscallException(String call, int errno, String meaning) {
    super(call + ": " + meaning);
    this.call = call;
    this.errno = errno;
  }

  /// What was called.
  public String call() {
    return call;
  }

  /// The kernel's error number, positive.
  public int errno() {
    return errno;
  }
}
