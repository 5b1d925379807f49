package org.bpf4j.sys;

import org.bpf4j.kernel.BpfException;
import org.bpf4j.kernel.NotPermittedException;
import org.bpf4j.kernel.SyscallException;

/// From a negative result to the exception that explains it.
public final class Failure {

  private Failure() {}

  /// Passes a result on unless it is an error.
  ///
  /// @param action what was tried, for the message
  public static long check(long result, String action) {
    if (result < 0) {
      throw of(result, action);
    }
    return result;
  }

  /// The exception for an error.
  public static BpfException of(long result, String action) {
    int errno = Math.toIntExact(-result);
    return Errno.EPERM.is(result)
        ? new NotPermittedException(action, Permissions.advice())
        : new SyscallException(action, errno, Errno.describe(errno));
  }
}
