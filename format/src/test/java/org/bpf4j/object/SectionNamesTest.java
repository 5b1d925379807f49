package org.bpf4j.object;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The names of sections that libbpf 1.8 knows, with what its programs are loaded with: the
/// kernel's numbers of the type and of the attach type, and flags.
class SectionNamesTest {

  private static final int SLEEPS = 1 << 4;
  private static final int FRAGMENTS = 1 << 5;

  @ParameterizedTest
  @CsvSource({
    "socket, 1, 0, none",
    "sk_reuseport/migrate, 21, 40, none",
    "sk_reuseport, 21, 39, none",
    "kprobe/some, 2, 0, none",
    "uprobe/some, 2, 0, none",
    "uprobe.s/some, 2, 0, sleeps",
    "kretprobe/some, 2, 0, none",
    "uretprobe/some, 2, 0, none",
    "uretprobe.s/some, 2, 0, sleeps",
    "kprobe.multi/some, 2, 42, none",
    "kretprobe.multi/some, 2, 42, none",
    "kprobe.session/some, 2, 56, none",
    "uprobe.multi/some, 2, 48, none",
    "uretprobe.multi/some, 2, 48, none",
    "uprobe.session/some, 2, 57, none",
    "uprobe.multi.s/some, 2, 48, sleeps",
    "uretprobe.multi.s/some, 2, 48, sleeps",
    "uprobe.session.s/some, 2, 57, sleeps",
    "ksyscall/some, 2, 0, none",
    "kretsyscall/some, 2, 0, none",
    "usdt/some, 2, 0, none",
    "usdt.s/some, 2, 0, sleeps",
    "tc/ingress, 3, 46, none",
    "tc/egress, 3, 47, none",
    "tcx/ingress, 3, 46, none",
    "tcx/egress, 3, 47, none",
    "tc, 3, 0, none",
    "classifier, 3, 0, none",
    "action, 4, 0, none",
    "netkit/primary, 3, 54, none",
    "netkit/peer, 3, 55, none",
    "tracepoint/some, 5, 0, none",
    "tp/some, 5, 0, none",
    "tracepoint.s/some, 5, 0, sleeps",
    "tp.s/some, 5, 0, sleeps",
    "raw_tracepoint/some, 17, 0, none",
    "raw_tp/some, 17, 0, none",
    "raw_tracepoint.s/some, 17, 0, sleeps",
    "raw_tp.s/some, 17, 0, sleeps",
    "raw_tracepoint.w/some, 24, 0, none",
    "raw_tp.w/some, 24, 0, none",
    "tp_btf/some, 26, 23, none",
    "tp_btf.s/some, 26, 23, sleeps",
    "fentry/some, 26, 24, none",
    "fmod_ret/some, 26, 26, none",
    "fexit/some, 26, 25, none",
    "fentry.s/some, 26, 24, sleeps",
    "fmod_ret.s/some, 26, 26, sleeps",
    "fexit.s/some, 26, 25, sleeps",
    "fsession/some, 26, 58, none",
    "fsession.s/some, 26, 58, sleeps",
    "fsession.multi/some, 26, 61, none",
    "fsession.multi.s/some, 26, 61, sleeps",
    "fentry.multi/some, 26, 59, none",
    "fexit.multi/some, 26, 60, none",
    "fentry.multi.s/some, 26, 59, sleeps",
    "fexit.multi.s/some, 26, 60, sleeps",
    "freplace/some, 28, 0, none",
    "lsm/some, 29, 27, none",
    "lsm.s/some, 29, 27, sleeps",
    "lsm_cgroup/some, 29, 43, none",
    "iter/some, 26, 28, none",
    "iter.s/some, 26, 28, sleeps",
    "syscall, 31, 0, sleeps",
    "xdp.frags/devmap, 6, 33, fragments",
    "xdp/devmap, 6, 33, none",
    "xdp.frags/cpumap, 6, 35, fragments",
    "xdp/cpumap, 6, 35, none",
    "xdp.frags, 6, 37, fragments",
    "xdp, 6, 37, none",
    "perf_event, 7, 0, none",
    "lwt_in, 10, 0, none",
    "lwt_out, 11, 0, none",
    "lwt_xmit, 12, 0, none",
    "lwt_seg6local, 19, 0, none",
    "sockops, 13, 3, none",
    "sk_skb/stream_parser, 14, 4, none",
    "sk_skb/stream_verdict, 14, 5, none",
    "sk_skb/verdict, 14, 38, none",
    "sk_skb, 14, 0, none",
    "sk_msg, 16, 7, none",
    "lirc_mode2, 20, 16, none",
    "flow_dissector, 22, 17, none",
    "cgroup_skb/ingress, 8, 0, none",
    "cgroup_skb/egress, 8, 1, none",
    "cgroup/skb, 8, 0, none",
    "cgroup/sock_create, 9, 2, none",
    "cgroup/sock_release, 9, 34, none",
    "cgroup/sock, 9, 2, none",
    "cgroup/post_bind4, 9, 12, none",
    "cgroup/post_bind6, 9, 13, none",
    "cgroup/bind4, 18, 8, none",
    "cgroup/bind6, 18, 9, none",
    "cgroup/connect4, 18, 10, none",
    "cgroup/connect6, 18, 11, none",
    "cgroup/connect_unix, 18, 49, none",
    "cgroup/sendmsg4, 18, 14, none",
    "cgroup/sendmsg6, 18, 15, none",
    "cgroup/sendmsg_unix, 18, 50, none",
    "cgroup/recvmsg4, 18, 19, none",
    "cgroup/recvmsg6, 18, 20, none",
    "cgroup/recvmsg_unix, 18, 51, none",
    "cgroup/getpeername4, 18, 29, none",
    "cgroup/getpeername6, 18, 30, none",
    "cgroup/getpeername_unix, 18, 52, none",
    "cgroup/getsockname4, 18, 31, none",
    "cgroup/getsockname6, 18, 32, none",
    "cgroup/getsockname_unix, 18, 53, none",
    "cgroup/sysctl, 23, 18, none",
    "cgroup/getsockopt, 25, 21, none",
    "cgroup/setsockopt, 25, 22, none",
    "cgroup/dev, 15, 6, none",
    "struct_ops/some, 27, 0, none",
    "struct_ops.s/some, 27, 0, sleeps",
    "sk_lookup, 30, 36, none",
    "netfilter, 32, 45, none"
  })
  void isLoadedAs(String name, int type, int attachType, String options) {
    ProgramSection section = ProgramSection.parse(name).orElseThrow();
    assertThat(section.type().number()).isEqualTo(type);
    assertThat(section.attachType()).isEqualTo(attachType);
    int flags =
        switch (options) {
          case "sleeps" -> SLEEPS;
          case "fragments" -> FRAGMENTS;
          default -> 0;
        };
    assertThat(section.flags()).isEqualTo(flags);
    assertThat(section.name()).isNotEmpty();
  }
}
