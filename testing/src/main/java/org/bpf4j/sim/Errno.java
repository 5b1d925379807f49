package org.bpf4j.sim;

/// Error numbers of the kernel's UAPI, as helpers and system calls return them negated.
final class Errno {

  static final int ENOENT = 2;
  static final int E2BIG = 7;
  static final int EAGAIN = 11;
  static final int ENOMEM = 12;
  static final int EACCES = 13;
  static final int EFAULT = 14;
  static final int EBUSY = 16;
  static final int EEXIST = 17;
  static final int EINVAL = 22;
  static final int ENOSPC = 28;
  static final int ERANGE = 34;

  private Errno() {}
}
