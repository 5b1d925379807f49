package org.bpf4j.sys;

import java.util.Arrays;
import java.util.Optional;

/// The error numbers that are told apart, from `asm-generic/errno-base.h`, `errno.h` and the
/// kernel's internal ones that leak from bpf(2).
public enum Errno {
  EPERM(1, "operation not permitted"),
  ENOENT(2, "no such entry"),
  ESRCH(3, "no such process or route"),
  EINTR(4, "interrupted"),
  EBADF(9, "bad file descriptor"),
  E2BIG(7, "too big"),
  EAGAIN(11, "try again"),
  ENOMEM(12, "out of memory"),
  EACCES(13, "access denied"),
  EFAULT(14, "bad address"),
  EBUSY(16, "busy"),
  EEXIST(17, "already there"),
  ENODEV(19, "no such device"),
  ENOTDIR(20, "no directory"),
  EINVAL(22, "invalid argument"),
  EMFILE(24, "this process has too many open files"),
  ENFILE(23, "the system has too many open files"),
  ENOSPC(28, "no space left"),
  ERANGE(34, "out of range"),
  ENOSYS(38, "no such system call"),
  ELOOP(40, "too many levels"),
  ENODATA(61, "no data"),
  ENOLINK(67, "no longer attached"),
  EILSEQ(84, "not where an instruction begins"),
  ENOTSOCK(88, "no socket"),
  EOPNOTSUPP(95, "not supported"),
  EADDRNOTAVAIL(99, "no such address"),
  ETIMEDOUT(110, "timed out"),
  ESTALE(116, "no longer what it was"),
  /// `ENOTSUPP` of the kernel's `linux/errno.h`, which user space was never to see.
  ENOTSUPP(524, "not supported");

  private final int number;
  private final String meaning;

  Errno(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  /// The number, positive.
  public int number() {
    return number;
  }

  /// The error of a result, if it is one of these.
  static Optional<Errno> of(long result) {
    return Arrays.stream(values()).filter(errno -> errno.is(result)).findFirst();
  }

  /// Whether a result is this error.
  public boolean is(long result) {
    return result == -number;
  }

  /// An error number with its name and meaning, such as `EINVAL (22): invalid argument`.
  public static String describe(int number) {
    for (Errno errno : values()) {
      if (errno.number == number) {
        return errno + " (" + number + "): " + errno.meaning;
      }
    }
    return "error " + number;
  }
}
