package org.bpf4j.lang;

/// Call stacks, each kept once under a number: for profilers, which count equal stacks.
///
/// User space reads the addresses of up to 127 functions (`PERF_MAX_STACK_DEPTH`) by that number;
/// with [MapFlag#STACK_BUILD_ID] they are build ids of files and offsets in them.
public final class StackTraceMap {

  /// Takes the stack of the user's code instead of the kernel's (`BPF_F_USER_STACK`).
  public static final int USER_STACK = 1 << 8;

  /// Compares stacks by their hash alone: faster, and rarely wrong (`BPF_F_FAST_STACK_CMP`).
  public static final int FAST_STACK_CMP = 1 << 9;

  /// Replaces another stack that has the same hash (`BPF_F_REUSE_STACKID`).
  public static final int REUSE_STACKID = 1 << 10;

  private final int maxEntries;

  private StackTraceMap(int maxEntries) {
    this.maxEntries = maxEntries;
  }

  /// Declares a map, as the initialiser of a `static final` field.
  ///
  /// @param maxEntries the greatest number of different stacks; a constant expression
  public static StackTraceMap create(int maxEntries) {
    return new StackTraceMap(maxEntries);
  }

  /// The greatest number of stacks, as declared; user space may have changed it before loading.
  public int maxEntries() {
    return maxEntries;
  }

  /// Keeps the current stack.
  ///
  /// @param flags the sum of the constants above, and a number of functions to skip, up to 255
  /// @return its number, or a negated error number: −17 (`EEXIST`) if another stack has its place
  public int getStackid(int flags) {
    return Host.of(this).maps().getStackid(this, flags);
  }
}
