package org.bpf4j.object;

import java.util.List;
import java.util.Optional;

/// A pointer in a kernel struct that the verifier relies on if it relies on the struct.
///
/// The rows are the verifier's `BTF_TYPE_SAFE_RCU`, `BTF_TYPE_SAFE_RCU_OR_NULL`,
/// `BTF_TYPE_SAFE_TRUSTED` and `BTF_TYPE_SAFE_TRUSTED_OR_NULL` (`kernel/bpf/verifier.c`). Whether
/// there may be none does not matter here: programs test what they hand on.
///
/// @param struct the struct
/// @param member the pointer
/// @param trust how far it is relied on, [PointerTrust#RCU] or [PointerTrust#FULL]
/// @param since the first kernel that does
public record SafeMember(String struct, String member, PointerTrust trust, KernelVersion since) {

  /// The first kernel that has such lists. There what is read from another member is relied on by
  /// no function in programs that sleep; kernels before let helpers have it.
  public static final KernelVersion FIRST = new KernelVersion(6, 4);

  private static final List<SafeMember> ALL =
      List.of(
          rcu("task_struct", "cpus_ptr", FIRST),
          rcu("task_struct", "cgroups", FIRST),
          rcu("task_struct", "real_parent", FIRST),
          rcu("task_struct", "group_leader", FIRST),
          rcu("cgroup", "kn", FIRST),
          rcu("css_set", "dfl_cgrp", FIRST),
          rcu("cgroup_subsys_state", "cgroup", new KernelVersion(6, 17)),
          rcu("mm_struct", "exe_file", FIRST),
          rcu("sk_buff", "sk", FIRST),
          rcu("request_sock", "sk", FIRST),
          full("bpf_iter_meta", "seq"),
          full("linux_binprm", "file"),
          full("file", "f_inode"),
          full("dentry", "d_inode"),
          full("socket", "sk"));

  private static SafeMember rcu(String struct, String member, KernelVersion since) {
    return new SafeMember(struct, member, PointerTrust.RCU, since);
  }

  private static SafeMember full(String struct, String member) {
    return new SafeMember(struct, member, PointerTrust.FULL, FIRST);
  }

  /// The row for a member.
  public static Optional<SafeMember> of(String struct, String member) {
    return ALL.stream()
        .filter(row -> row.struct.equals(struct) && row.member.equals(member))
        .findFirst();
  }
}
