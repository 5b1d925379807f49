package org.bpf4j.sys;

/// The system calls in use, with their numbers per architecture.
///
/// Sources: `asm/unistd_64.h` (x86-64), `asm-generic/unistd.h` (aarch64, riscv64), and the kernel's
/// `syscall.tbl` of powerpc and s390.
public enum SystemCall {
  READ(0, 63, 3, 3),
  WRITE(1, 64, 4, 4),
  CLOSE(3, 57, 6, 6),
  MMAP(9, 222, 90, 90),
  MUNMAP(11, 215, 91, 91),
  IOCTL(16, 29, 54, 54),
  SOCKET(41, 198, 326, 359),
  SENDTO(44, 206, 335, 369),
  RECVFROM(45, 207, 337, 371),
  BIND(49, 200, 327, 361),
  GETSOCKNAME(51, 204, 331, 367),
  GETPEERNAME(52, 205, 332, 368),
  SETSOCKOPT(54, 208, 339, 366),
  GETSOCKOPT(55, 209, 340, 365),
  EPOLL_CTL(233, 21, 237, 250),
  OPENAT(257, 56, 286, 288),
  FCNTL(72, 25, 55, 55),
  FLOCK(73, 32, 143, 143),
  UNSHARE(272, 97, 282, 303),
  EPOLL_PWAIT(281, 22, 303, 312),
  EPOLL_CREATE1(291, 20, 315, 327),
  PERF_EVENT_OPEN(298, 241, 319, 331),
  PRLIMIT64(302, 261, 325, 334),
  SETNS(308, 268, 350, 339),
  BPF(321, 280, 361, 351),
  FSOPEN(430, 430, 430, 430),
  FSCONFIG(431, 431, 431, 431),
  FSMOUNT(432, 432, 432, 432),
  PIDFD_OPEN(434, 434, 434, 434);

  private final int x86;
  private final int generic;
  private final int powerpc;
  private final int s390;

  SystemCall(int x86, int generic, int powerpc, int s390) {
    this.x86 = x86;
    this.generic = generic;
    this.powerpc = powerpc;
    this.s390 = s390;
  }

  /// The number on this machine.
  public int number() {
    return switch (Architecture.CURRENT) {
      case X86_64 -> x86;
      case AARCH64, RISCV64 -> generic;
      case PPC64LE -> powerpc;
      case S390X -> s390;
    };
  }
}
