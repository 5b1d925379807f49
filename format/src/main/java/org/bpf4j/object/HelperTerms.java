package org.bpf4j.object;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/// The terms on which [Helper]s may be called: the columns of its table.
final class HelperTerms {

  static final boolean GPL = true;
  static final boolean ANY = false;

  static final Set<ProgramKind> NONE = Set.of();
  static final Set<ProgramKind> EVERY = kinds(ProgramType.values());
  static final Set<ProgramKind> XDP = kinds(ProgramType.XDP);
  static final Set<ProgramKind> TC = kinds(ProgramType.SCHED_CLS);
  static final Set<ProgramKind> NETWORK = kinds(ProgramType.XDP, ProgramType.SCHED_CLS);
  static final Set<ProgramKind> SYSCALL = kinds(ProgramType.SYSCALL);
  static final Set<ProgramKind> KPROBE = kinds(ProgramType.KPROBE);
  static final Set<ProgramKind> LSM = kinds(ProgramType.LSM);

  /// The kinds, besides those of [NetworkHelpers], that may hang values on sockets.
  static final Set<ProgramKind> SOCKET_OWNERS =
      kinds(ProgramType.SCHED_CLS, ProgramType.TRACING, ProgramType.LSM);

  /// The kinds that have objects of the kernel as arguments, and those that share their helpers
  /// (`tracing_prog_func_proto`).
  static final Set<ProgramKind> TRACED =
      kinds(ProgramType.TRACING, ProgramType.LSM, ProgramType.SYSCALL);

  static final Set<ProgramKind> NETWORK_AND_TRACED =
      kinds(
          ProgramType.XDP,
          ProgramType.SCHED_CLS,
          ProgramType.TRACING,
          ProgramType.LSM,
          ProgramType.SYSCALL);

  /// The kinds that run where something happens in the kernel.
  static final Set<ProgramKind> HOOKED =
      kinds(
          ProgramType.PERF_EVENT,
          ProgramType.TRACEPOINT,
          ProgramType.RAW_TRACEPOINT,
          ProgramType.RAW_TRACEPOINT_WRITABLE,
          ProgramType.KPROBE,
          ProgramType.TRACING,
          ProgramType.LSM);

  /// The kinds that may ask for the number that they were attached with: not iterators
  /// (`tracing_prog_func_proto`).
  static final Set<ProgramKind> COOKIES = cookies();

  /// The kinds that write what user space reads.
  static final Set<ProgramKind> LISTING = Collections.unmodifiableSet(EnumSet.of(ProgramKind.ITER));

  /// The kind that is attached to control groups, besides those of [NetworkHelpers].
  static final Set<ProgramKind> GROUPS =
      Collections.unmodifiableSet(EnumSet.of(ProgramKind.LSM_CGROUP));

  /// The kind that runs when a counter overflows.
  static final Set<ProgramKind> SAMPLING =
      Collections.unmodifiableSet(EnumSet.of(ProgramKind.PERF_EVENT));

  /// The kinds that run around a function.
  static final Set<ProgramKind> TRAMPOLINES =
      Collections.unmodifiableSet(
          EnumSet.of(ProgramKind.FENTRY, ProgramKind.FEXIT, ProgramKind.FMOD_RET));

  /// The kinds that may ask for a file's path; whether one may depends on its hook, too
  /// (`bpf_d_path_allowed`).
  static final Set<ProgramKind> PATHS =
      Collections.unmodifiableSet(
          EnumSet.of(
              ProgramKind.FENTRY,
              ProgramKind.FEXIT,
              ProgramKind.FMOD_RET,
              ProgramKind.LSM,
              ProgramKind.ITER));

  /// The kinds that see what a function returned.
  static final Set<ProgramKind> RETURNED =
      Collections.unmodifiableSet(EnumSet.of(ProgramKind.FEXIT, ProgramKind.FMOD_RET));

  /// The kinds that use the kernel's table of tracing helpers.
  static final Set<ProgramKind> PROBES =
      kinds(
          ProgramType.PERF_EVENT,
          ProgramType.TRACEPOINT,
          ProgramType.RAW_TRACEPOINT,
          ProgramType.RAW_TRACEPOINT_WRITABLE,
          ProgramType.KPROBE,
          ProgramType.TRACING,
          ProgramType.LSM,
          ProgramType.SYSCALL);

  private static Set<ProgramKind> cookies() {
    Set<ProgramKind> cookies = EnumSet.copyOf(HOOKED);
    cookies.remove(ProgramKind.ITER);
    return Collections.unmodifiableSet(cookies);
  }

  /// `bpf_d_path_allowed` knows security hooks since then.
  private static final KernelVersion V5_11 = new KernelVersion(5, 11);

  /// `bpf_d_path_allowed` knows iterators since then.
  private static final KernelVersion V5_12 = new KernelVersion(5, 12);

  private static final KernelVersion V6_1 = new KernelVersion(6, 1);
  private static final KernelVersion V6_12 = new KernelVersion(6, 12);
  private static final KernelVersion V6_18 = new KernelVersion(6, 18);

  private HelperTerms() {}

  /// The first tested kernel that lets programs of a kind call a helper which others could call
  /// before; the floor where there is no such difference. One line for each group.
  static KernelVersion extended(Helper helper, ProgramKind kind) {
    boolean network = NETWORK.contains(kind) || kind.type() == ProgramType.STRUCT_OPS;
    boolean hooked = HOOKED.contains(kind);
    KernelVersion floor = KernelVersion.FLOOR;
    return switch (helper) {
      case GET_CURRENT_PID_TGID, GET_CURRENT_CGROUP_ID, GET_NS_CURRENT_PID_TGID ->
          network ? V6_12 : floor;
      case GET_CURRENT_ANCESTOR_CGROUP_ID -> network ? V6_12 : hooked ? V6_1 : floor;
      case GET_CURRENT_UID_GID,
          GET_CURRENT_COMM,
          PERF_EVENT_READ,
          PERF_EVENT_READ_VALUE,
          CURRENT_TASK_UNDER_CGROUP,
          SEND_SIGNAL,
          SEND_SIGNAL_THREAD,
          GET_TASK_STACK,
          TASK_STORAGE_GET,
          TASK_STORAGE_DELETE,
          GET_BRANCH_SNAPSHOT,
          FIND_VMA,
          GET_NETNS_COOKIE ->
          network ? V6_18 : floor;
      case GET_CGROUP_CLASSID -> TC.contains(kind) ? floor : V6_18;
      case SPIN_LOCK, SPIN_UNLOCK -> hooked ? V6_1 : floor;
      case D_PATH -> kind == ProgramKind.LSM ? V5_11 : kind == ProgramKind.ITER ? V5_12 : floor;
      case STRTOL, STRTOUL, GET_RETVAL, SET_RETVAL -> V6_1;
      case SK_STORAGE_GET, SK_STORAGE_DELETE -> hooked ? V6_1 : floor;
      case GET_ATTACH_COOKIE ->
          kind.family() == ProgramFamily.RAW_TRACEPOINT || kind == ProgramKind.BTF_TRACEPOINT
              ? V6_12
              : kind.btfPrefix().isPresent() ? V6_1 : floor;
      default -> floor;
    };
  }

  /// `bpf_helper_changes_pkt_data`; of the tail call since 6.13.
  static boolean movesPacket(Helper helper) {
    return switch (helper) {
      case CLONE_REDIRECT,
          L3_CSUM_REPLACE,
          L4_CSUM_REPLACE,
          LWT_PUSH_ENCAP,
          LWT_SEG6_ACTION,
          LWT_SEG6_ADJUST_SRH,
          LWT_SEG6_STORE_BYTES,
          MSG_POP_DATA,
          MSG_PULL_DATA,
          MSG_PUSH_DATA,
          SKB_ADJUST_ROOM,
          SKB_CHANGE_HEAD,
          SKB_CHANGE_PROTO,
          SKB_CHANGE_TAIL,
          SKB_PULL_DATA,
          SKB_STORE_BYTES,
          SKB_VLAN_POP,
          SKB_VLAN_PUSH,
          STORE_HDR_OPT,
          TAIL_CALL,
          XDP_ADJUST_HEAD,
          XDP_ADJUST_META,
          XDP_ADJUST_TAIL ->
          true;
      default -> false;
    };
  }

  /// `pkt_access` of the prototypes.
  static boolean readsPacket(Helper helper) {
    return switch (helper) {
      case MAP_LOOKUP_ELEM,
          MAP_UPDATE_ELEM,
          MAP_DELETE_ELEM,
          MAP_PUSH_ELEM,
          MAP_LOOKUP_PERCPU_ELEM,
          CSUM_DIFF,
          FIB_LOOKUP,
          SK_LOOKUP_TCP,
          SK_LOOKUP_UDP,
          SKC_LOOKUP_TCP,
          TCP_CHECK_SYNCOOKIE,
          TCP_GEN_SYNCOOKIE,
          TCP_RAW_GEN_SYNCOOKIE_IPV4,
          TCP_RAW_GEN_SYNCOOKIE_IPV6,
          TCP_RAW_CHECK_SYNCOOKIE_IPV4,
          TCP_RAW_CHECK_SYNCOOKIE_IPV6 ->
          true;
      default -> false;
    };
  }

  private static Set<ProgramKind> kinds(ProgramType... types) {
    Set<ProgramKind> set = EnumSet.noneOf(ProgramKind.class);
    for (ProgramKind kind : ProgramKind.values()) {
      if (Arrays.asList(types).contains(kind.type())) {
        set.add(kind);
      }
    }
    return Collections.unmodifiableSet(set);
  }
}
