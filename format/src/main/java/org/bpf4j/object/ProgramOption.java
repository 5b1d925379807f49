package org.bpf4j.object;

/// What a program is loaded with beyond its kind: a flag for the kernel, written as a suffix of the
/// section's first part.
public enum ProgramOption {
  /// It may sleep (`BPF_F_SLEEPABLE`), which allows user memory that is not there yet, and forbids
  /// some maps.
  SLEEPABLE(".s", 1 << 4),
  /// It copes with frames of several buffers, which it sees the first of (`BPF_F_XDP_HAS_FRAGS`).
  FRAGS(".frags", 1 << 5);

  private final String suffix;
  private final int flag;

  ProgramOption(String suffix, int flag) {
    this.suffix = suffix;
    this.flag = flag;
  }

  /// What libbpf's section names end with: `.s`.
  public String suffix() {
    return suffix;
  }

  /// The first kernel that lets programs of a kind choose it.
  public KernelVersion since(ProgramKind kind) {
    return switch (this) {
      case FRAGS -> new KernelVersion(5, 18);
      case SLEEPABLE ->
          switch (kind.family()) {
            case ITER -> new KernelVersion(5, 18);
            case UPROBE, UPROBE_MULTI, USDT -> new KernelVersion(6, 0);
            case STRUCT_OPS -> new KernelVersion(6, 3);
            default -> KernelVersion.FLOOR;
          };
    };
  }

  /// The bit of `prog_flags` in `BPF_PROG_LOAD`.
  public int flag() {
    return flag;
  }
}
