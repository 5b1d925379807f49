package org.bpf4j.sys;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.bpf4j.kernel.BpfException;
import org.bpf4j.kernel.NotPermittedException;
import org.bpf4j.kernel.SyscallException;

/// From a negative result to the exception that explains it.
public final class Failure {

  private Failure() {}

  /// Passes a result on unless it is an error.
  ///
  /// @param action what was tried, for the message
  /// @param needed the capabilities that it takes, none if that is not known
  public static long check(long result, String action, Capability... needed) {
    if (result < 0) {
      throw of(result, action, needed);
    }
    return result;
  }

  /// The exception for an error.
  ///
  /// @param action what was tried, for the message
  /// @param needed the capabilities that it takes, none if that is not known
  public static BpfException of(long result, String action, Capability... needed) {
    Set<Capability> all = EnumSet.noneOf(Capability.class);
    all.addAll(List.of(needed));
    boolean refused =
        Errno.EPERM.is(result) || Errno.EACCES.is(result) && !Permissions.missing(all).isEmpty();
    int errno = Math.toIntExact(-result);
    return refused
        ? new NotPermittedException(action, Permissions.advice(all))
        : new SyscallException(action, errno, Errno.describe(errno));
  }
}
