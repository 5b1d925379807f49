package org.bpf4j.object;

import java.util.List;

/// Where a program may ask for the path of a file by [Helper#D_PATH]: the helper takes locks, which
/// whoever is interrupted may hold.
public final class PathHooks {

  /// `btf_allowlist_d_path` of `kernel/trace/bpf_trace.c`; tried with two other functions on Linux
  /// 5.10, 6.12 and 7.3.
  private static final List<String> FUNCTIONS =
      List.of(
          "dentry_open",
          "filp_close",
          "security_file_open",
          "security_file_permission",
          "security_inode_getattr",
          "security_path_truncate",
          "vfs_fallocate",
          "vfs_getattr",
          "vfs_truncate");

  private PathHooks() {}

  /// The functions where programs that trace may ask for paths.
  public static List<String> functions() {
    return FUNCTIONS;
  }

  /// Whether a program may ask for paths. In the hooks of security modules it may where programs
  /// may sleep, whether or not it does so itself.
  ///
  /// @param kind one that [Helper#D_PATH] is for
  /// @param target the function or hook
  public static boolean allow(ProgramKind kind, String target) {
    return switch (kind) {
      case ITER -> true;
      case LSM -> SleepingHooks.since(target).isPresent();
      default -> FUNCTIONS.contains(target);
    };
  }
}
