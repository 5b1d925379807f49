package org.bpf4j.object;

import java.util.List;
import java.util.Optional;

/// A member of a kernel struct that programs may write: those that implement a struct of functions,
/// through the pointers that they are given.
///
/// The rows are what the kernel's `btf_struct_access` of each such struct allows
/// (`net/ipv4/bpf_tcp_ca.c`, `kernel/sched/ext.c`).
///
/// @param operations the struct of functions
/// @param struct the struct that has the member
/// @param member the path of the member; of an array every element may be written
/// @param since the first kernel that allows it
public record WritableMember(String operations, String struct, String member, KernelVersion since) {

  private static final List<WritableMember> ALL =
      List.of(
          tcp("tcp_sock", "snd_cwnd", "5.6"),
          tcp("tcp_sock", "snd_cwnd_cnt", "5.6"),
          tcp("tcp_sock", "snd_cwnd_stamp", "6.11"),
          tcp("tcp_sock", "snd_ssthresh", "5.6"),
          tcp("tcp_sock", "ecn_flags", "5.6"),
          tcp("tcp_sock", "app_limited", "6.4"),
          tcp("tcp_sock", "inet_conn.icsk_ca_priv", "5.6"),
          tcp("tcp_sock", "inet_conn.icsk_ack.pending", "5.6"),
          tcp("tcp_sock", "inet_conn.icsk_inet.sk.sk_pacing_rate", "6.0"),
          tcp("tcp_sock", "inet_conn.icsk_inet.sk.sk_pacing_status", "6.0"),
          tcp("inet_connection_sock", "icsk_ca_priv", "5.6"),
          tcp("inet_connection_sock", "icsk_ack.pending", "5.6"),
          tcp("sock", "sk_pacing_rate", "6.0"),
          tcp("sock", "sk_pacing_status", "6.0"),
          scheduler("task_struct", "scx.slice"),
          scheduler("task_struct", "scx.dsq_vtime"),
          scheduler("task_struct", "scx.disallow"),
          scheduler("sched_ext_entity", "slice"),
          scheduler("sched_ext_entity", "dsq_vtime"),
          scheduler("sched_ext_entity", "disallow"));

  private static WritableMember tcp(String struct, String member, String since) {
    return new WritableMember("tcp_congestion_ops", struct, member, KernelVersion.parse(since));
  }

  private static WritableMember scheduler(String struct, String member) {
    return new WritableMember("sched_ext_ops", struct, member, KernelVersion.parse("6.12"));
  }

  /// The row for a member.
  ///
  /// @param path the member, perhaps an element of it
  public static Optional<WritableMember> of(String operations, String struct, String path) {
    return ALL.stream()
        .filter(row -> row.operations.equals(operations) && row.struct.equals(struct))
        .filter(row -> path.equals(row.member) || path.startsWith(row.member + "["))
        .findFirst();
  }

  /// The members of structs that those who implement a struct of functions may write, as
  /// `struct.member`.
  public static List<String> of(String operations) {
    return ALL.stream()
        .filter(row -> row.operations.equals(operations))
        .map(row -> row.struct + "." + row.member)
        .toList();
  }
}
