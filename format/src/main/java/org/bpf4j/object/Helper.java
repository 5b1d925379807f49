package org.bpf4j.object;

import static org.bpf4j.object.HelperTerms.ANY;
import static org.bpf4j.object.HelperTerms.COOKIES;
import static org.bpf4j.object.HelperTerms.EVERY;
import static org.bpf4j.object.HelperTerms.GPL;
import static org.bpf4j.object.HelperTerms.GROUPS;
import static org.bpf4j.object.HelperTerms.KPROBE;
import static org.bpf4j.object.HelperTerms.LISTING;
import static org.bpf4j.object.HelperTerms.LSM;
import static org.bpf4j.object.HelperTerms.NETWORK;
import static org.bpf4j.object.HelperTerms.NETWORK_AND_TRACED;
import static org.bpf4j.object.HelperTerms.NONE;
import static org.bpf4j.object.HelperTerms.PATHS;
import static org.bpf4j.object.HelperTerms.PROBES;
import static org.bpf4j.object.HelperTerms.RETURNED;
import static org.bpf4j.object.HelperTerms.SAMPLING;
import static org.bpf4j.object.HelperTerms.SOCKET_OWNERS;
import static org.bpf4j.object.HelperTerms.SYSCALL;
import static org.bpf4j.object.HelperTerms.TC;
import static org.bpf4j.object.HelperTerms.TRACED;
import static org.bpf4j.object.HelperTerms.TRAMPOLINES;
import static org.bpf4j.object.HelperTerms.XDP;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A helper function of the kernel's UAPI (`___BPF_FUNC_MAPPER`): the stable calls of BPF programs.
///
/// The list is closed: what the kernel adds now are kfuncs. Numbers and names are those of
/// `include/uapi/linux/bpf.h`. Licence and program kinds were asked of running kernels (5.10, 6.1,
/// 6.12 and 6.18) by loading, for each kind, a program that calls it; [#PROBE_WRITE_USER] and
/// [#OVERRIDE_RETURN], which only some configurations have, follow the kernel's own tables.
///
/// The file is longer than others since it is one table: a row for each of the kernel's helpers.
public enum Helper implements KernelFunction {
  MAP_LOOKUP_ELEM(1, "3.19", ANY, EVERY),
  MAP_UPDATE_ELEM(2, "3.19", ANY, EVERY),
  MAP_DELETE_ELEM(3, "3.19", ANY, EVERY),
  PROBE_READ(4, "4.1", GPL, PROBES),
  KTIME_GET_NS(5, "4.1", ANY, EVERY),
  TRACE_PRINTK(6, "4.1", GPL, EVERY),
  GET_PRANDOM_U32(7, "4.1", ANY, EVERY),
  GET_SMP_PROCESSOR_ID(8, "4.1", ANY, EVERY),
  SKB_STORE_BYTES(9, "4.1", ANY, TC),
  L3_CSUM_REPLACE(10, "4.1", ANY, TC),
  L4_CSUM_REPLACE(11, "4.1", ANY, TC),
  TAIL_CALL(12, "4.2", ANY, EVERY),
  CLONE_REDIRECT(13, "4.2", ANY, TC),
  GET_CURRENT_PID_TGID(14, "4.2", ANY, EVERY),
  GET_CURRENT_UID_GID(15, "4.2", ANY, EVERY),
  GET_CURRENT_COMM(16, "4.2", ANY, EVERY),
  GET_CGROUP_CLASSID(17, "4.3", ANY, EVERY),
  SKB_VLAN_PUSH(18, "4.3", ANY, TC),
  SKB_VLAN_POP(19, "4.3", ANY, TC),
  SKB_GET_TUNNEL_KEY(20, "4.3", ANY, TC),
  SKB_SET_TUNNEL_KEY(21, "4.3", ANY, TC),
  PERF_EVENT_READ(22, "4.3", GPL, EVERY),
  REDIRECT(23, "4.4", ANY, NETWORK),
  GET_ROUTE_REALM(24, "4.4", ANY, TC),
  PERF_EVENT_OUTPUT(25, "4.4", GPL, EVERY),
  SKB_LOAD_BYTES(26, "4.5", ANY, TC),
  GET_STACKID(27, "4.6", GPL, PROBES),
  CSUM_DIFF(28, "4.6", ANY, NETWORK),
  SKB_GET_TUNNEL_OPT(29, "4.6", ANY, TC),
  SKB_SET_TUNNEL_OPT(30, "4.6", ANY, TC),
  SKB_CHANGE_PROTO(31, "4.8", ANY, TC),
  SKB_CHANGE_TYPE(32, "4.8", ANY, TC),
  SKB_UNDER_CGROUP(33, "4.8", ANY, TC),
  GET_HASH_RECALC(34, "4.8", ANY, TC),
  GET_CURRENT_TASK(35, "4.8", GPL, EVERY),
  PROBE_WRITE_USER(36, "4.8", GPL, PROBES),
  CURRENT_TASK_UNDER_CGROUP(37, "4.9", ANY, EVERY),
  SKB_CHANGE_TAIL(38, "4.9", ANY, TC),
  SKB_PULL_DATA(39, "4.9", ANY, TC),
  CSUM_UPDATE(40, "4.9", ANY, TC),
  SET_HASH_INVALID(41, "4.9", ANY, TC),
  GET_NUMA_NODE_ID(42, "4.10", ANY, EVERY),
  SKB_CHANGE_HEAD(43, "4.10", ANY, TC),
  XDP_ADJUST_HEAD(44, "4.10", ANY, XDP),
  PROBE_READ_STR(45, "4.11", GPL, PROBES),
  GET_SOCKET_COOKIE(46, "4.12", ANY, TC),
  GET_SOCKET_UID(47, "4.12", ANY, TC),
  SET_HASH(48, "4.13", ANY, TC),
  SETSOCKOPT(49, "4.13", ANY, NONE),
  SKB_ADJUST_ROOM(50, "4.13", ANY, TC),
  REDIRECT_MAP(51, "4.14", ANY, XDP),
  SK_REDIRECT_MAP(52, "4.14", ANY, NONE),
  SOCK_MAP_UPDATE(53, "4.14", ANY, NONE),
  XDP_ADJUST_META(54, "4.15", ANY, XDP),
  PERF_EVENT_READ_VALUE(55, "4.15", GPL, EVERY),
  PERF_PROG_READ_VALUE(56, "4.15", GPL, SAMPLING),
  GETSOCKOPT(57, "4.15", ANY, NONE),
  OVERRIDE_RETURN(58, "4.16", GPL, KPROBE),
  SOCK_OPS_CB_FLAGS_SET(59, "4.16", ANY, NONE),
  MSG_REDIRECT_MAP(60, "4.17", ANY, NONE),
  MSG_APPLY_BYTES(61, "4.17", ANY, NONE),
  MSG_CORK_BYTES(62, "4.17", ANY, NONE),
  MSG_PULL_DATA(63, "4.17", ANY, NONE),
  BIND(64, "4.17", ANY, NONE),
  XDP_ADJUST_TAIL(65, "4.18", ANY, XDP),
  SKB_GET_XFRM_STATE(66, "4.18", ANY, TC),
  GET_STACK(67, "4.18", GPL, PROBES),
  SKB_LOAD_BYTES_RELATIVE(68, "4.18", ANY, TC),
  FIB_LOOKUP(69, "4.18", GPL, NETWORK),
  SOCK_HASH_UPDATE(70, "4.18", ANY, NONE),
  MSG_REDIRECT_HASH(71, "4.18", ANY, NONE),
  SK_REDIRECT_HASH(72, "4.18", ANY, NONE),
  LWT_PUSH_ENCAP(73, "4.18", ANY, NONE),
  LWT_SEG6_STORE_BYTES(74, "4.18", ANY, NONE),
  LWT_SEG6_ADJUST_SRH(75, "4.18", ANY, NONE),
  LWT_SEG6_ACTION(76, "4.18", ANY, NONE),
  RC_REPEAT(77, "4.18", GPL, NONE),
  RC_KEYDOWN(78, "4.18", GPL, NONE),
  SKB_CGROUP_ID(79, "4.18", ANY, TC),
  GET_CURRENT_CGROUP_ID(80, "4.18", ANY, EVERY),
  GET_LOCAL_STORAGE(81, "4.19", ANY, GROUPS),
  SK_SELECT_REUSEPORT(82, "4.19", ANY, NONE),
  SKB_ANCESTOR_CGROUP_ID(83, "4.19", ANY, TC),
  SK_LOOKUP_TCP(84, "4.20", ANY, NETWORK),
  SK_LOOKUP_UDP(85, "4.20", ANY, NETWORK),
  SK_RELEASE(86, "4.20", ANY, NETWORK),
  MAP_PUSH_ELEM(87, "4.20", ANY, EVERY),
  MAP_POP_ELEM(88, "4.20", ANY, EVERY),
  MAP_PEEK_ELEM(89, "4.20", ANY, EVERY),
  MSG_PUSH_DATA(90, "4.20", ANY, NONE),
  MSG_POP_DATA(91, "5.0", ANY, NONE),
  RC_POINTER_REL(92, "5.0", GPL, NONE),
  SPIN_LOCK(93, "5.1", ANY, EVERY),
  SPIN_UNLOCK(94, "5.1", ANY, EVERY),
  SK_FULLSOCK(95, "5.1", ANY, TC),
  TCP_SOCK(96, "5.1", ANY, TC),
  SKB_ECN_SET_CE(97, "5.1", ANY, TC),
  GET_LISTENER_SOCK(98, "5.1", ANY, TC),
  SKC_LOOKUP_TCP(99, "5.2", ANY, NETWORK),
  TCP_CHECK_SYNCOOKIE(100, "5.2", GPL, NETWORK),
  SYSCTL_GET_NAME(101, "5.2", ANY, NONE),
  SYSCTL_GET_CURRENT_VALUE(102, "5.2", ANY, NONE),
  SYSCTL_GET_NEW_VALUE(103, "5.2", ANY, NONE),
  SYSCTL_SET_NEW_VALUE(104, "5.2", ANY, NONE),
  STRTOL(105, "5.2", ANY, EVERY),
  STRTOUL(106, "5.2", ANY, EVERY),
  SK_STORAGE_GET(107, "5.2", ANY, SOCKET_OWNERS),
  SK_STORAGE_DELETE(108, "5.2", ANY, SOCKET_OWNERS),
  SEND_SIGNAL(109, "5.3", ANY, EVERY),
  TCP_GEN_SYNCOOKIE(110, "5.3", GPL, NETWORK),
  SKB_OUTPUT(111, "5.5", GPL, TRACED),
  PROBE_READ_USER(112, "5.5", GPL, EVERY),
  PROBE_READ_KERNEL(113, "5.5", GPL, EVERY),
  PROBE_READ_USER_STR(114, "5.5", GPL, EVERY),
  PROBE_READ_KERNEL_STR(115, "5.5", GPL, EVERY),
  TCP_SEND_ACK(116, "5.5", ANY, NONE),
  SEND_SIGNAL_THREAD(117, "5.5", ANY, EVERY),
  JIFFIES64(118, "5.5", ANY, EVERY),
  READ_BRANCH_RECORDS(119, "5.6", GPL, SAMPLING),
  GET_NS_CURRENT_PID_TGID(120, "5.7", ANY, EVERY),
  XDP_OUTPUT(121, "5.6", GPL, TRACED),
  GET_NETNS_COOKIE(122, "5.7", ANY, TC),
  GET_CURRENT_ANCESTOR_CGROUP_ID(123, "5.6", ANY, EVERY),
  SK_ASSIGN(124, "5.6", ANY, TC),
  KTIME_GET_BOOT_NS(125, "5.8", ANY, EVERY),
  SEQ_PRINTF(126, "5.7", GPL, LISTING),
  SEQ_WRITE(127, "5.7", GPL, LISTING),
  SK_CGROUP_ID(128, "5.7", ANY, NONE),
  SK_ANCESTOR_CGROUP_ID(129, "5.7", ANY, NONE),
  RINGBUF_OUTPUT(130, "5.8", ANY, EVERY),
  RINGBUF_RESERVE(131, "5.8", ANY, EVERY),
  RINGBUF_SUBMIT(132, "5.8", ANY, EVERY),
  RINGBUF_DISCARD(133, "5.8", ANY, EVERY),
  RINGBUF_QUERY(134, "5.8", ANY, EVERY),
  CSUM_LEVEL(135, "5.7", ANY, TC),
  SKC_TO_TCP6_SOCK(136, "5.9", ANY, NETWORK_AND_TRACED),
  SKC_TO_TCP_SOCK(137, "5.9", ANY, NETWORK_AND_TRACED),
  SKC_TO_TCP_TIMEWAIT_SOCK(138, "5.9", ANY, NETWORK_AND_TRACED),
  SKC_TO_TCP_REQUEST_SOCK(139, "5.9", ANY, NETWORK_AND_TRACED),
  SKC_TO_UDP6_SOCK(140, "5.9", ANY, NETWORK_AND_TRACED),
  GET_TASK_STACK(141, "5.9", ANY, EVERY),
  LOAD_HDR_OPT(142, "5.10", ANY, NONE),
  STORE_HDR_OPT(143, "5.10", ANY, NONE),
  RESERVE_HDR_OPT(144, "5.10", ANY, NONE),
  INODE_STORAGE_GET(145, "5.10", ANY, LSM),
  INODE_STORAGE_DELETE(146, "5.10", ANY, LSM),
  D_PATH(147, "5.10", ANY, PATHS),
  COPY_FROM_USER(148, "5.10", ANY, TRACED),
  SNPRINTF_BTF(149, "5.10", ANY, EVERY),
  SEQ_PRINTF_BTF(150, "5.10", ANY, LISTING),
  SKB_CGROUP_CLASSID(151, "5.10", ANY, TC),
  REDIRECT_NEIGH(152, "5.10", ANY, TC),
  PER_CPU_PTR(153, "5.10", ANY, EVERY),
  THIS_CPU_PTR(154, "5.10", ANY, EVERY),
  REDIRECT_PEER(155, "5.10", ANY, TC),
  TASK_STORAGE_GET(156, "5.11", ANY, EVERY),
  TASK_STORAGE_DELETE(157, "5.11", ANY, EVERY),
  GET_CURRENT_TASK_BTF(158, "5.11", GPL, EVERY),
  BPRM_OPTS_SET(159, "5.11", ANY, LSM),
  KTIME_GET_COARSE_NS(160, "5.11", ANY, NETWORK),
  IMA_INODE_HASH(161, "5.11", ANY, LSM),
  SOCK_FROM_FILE(162, "5.11", ANY, TRACED),
  CHECK_MTU(163, "5.12", GPL, NETWORK),
  FOR_EACH_MAP_ELEM(164, "5.13", ANY, EVERY),
  SNPRINTF(165, "5.13", GPL, EVERY),
  SYS_BPF(166, "5.14", ANY, SYSCALL),
  BTF_FIND_BY_NAME_KIND(167, "5.14", ANY, SYSCALL),
  SYS_CLOSE(168, "5.14", ANY, SYSCALL),
  TIMER_INIT(169, "5.15", GPL, EVERY),
  TIMER_SET_CALLBACK(170, "5.15", GPL, EVERY),
  TIMER_START(171, "5.15", GPL, EVERY),
  TIMER_CANCEL(172, "5.15", GPL, EVERY),
  GET_FUNC_IP(173, "5.15", GPL, KPROBE),
  GET_ATTACH_COOKIE(174, "5.15", ANY, COOKIES),
  TASK_PT_REGS(175, "5.15", GPL, EVERY),
  GET_BRANCH_SNAPSHOT(176, "5.16", GPL, EVERY),
  TRACE_VPRINTK(177, "5.16", GPL, EVERY),
  SKC_TO_UNIX_SOCK(178, "5.16", ANY, NETWORK_AND_TRACED),
  KALLSYMS_LOOKUP_NAME(179, "5.16", ANY, SYSCALL),
  FIND_VMA(180, "5.17", ANY, EVERY),
  LOOP(181, "5.17", ANY, EVERY),
  STRNCMP(182, "5.17", ANY, EVERY),
  GET_FUNC_ARG(183, "5.17", ANY, TRAMPOLINES),
  GET_FUNC_RET(184, "5.17", ANY, RETURNED),
  GET_FUNC_ARG_CNT(185, "5.17", ANY, TRAMPOLINES),
  GET_RETVAL(186, "5.18", ANY, GROUPS),
  SET_RETVAL(187, "5.18", ANY, GROUPS),
  XDP_GET_BUFF_LEN(188, "5.18", ANY, XDP),
  XDP_LOAD_BYTES(189, "5.18", ANY, XDP),
  XDP_STORE_BYTES(190, "5.18", ANY, XDP),
  COPY_FROM_USER_TASK(191, "5.18", GPL, TRACED),
  SKB_SET_TSTAMP(192, "5.18", ANY, TC),
  IMA_FILE_HASH(193, "5.18", ANY, LSM),
  KPTR_XCHG(194, "5.19", ANY, EVERY),
  MAP_LOOKUP_PERCPU_ELEM(195, "5.19", ANY, EVERY),
  SKC_TO_MPTCP_SOCK(196, "5.19", ANY, NETWORK_AND_TRACED),
  DYNPTR_FROM_MEM(197, "5.19", ANY, EVERY),
  RINGBUF_RESERVE_DYNPTR(198, "5.19", ANY, EVERY),
  RINGBUF_SUBMIT_DYNPTR(199, "5.19", ANY, EVERY),
  RINGBUF_DISCARD_DYNPTR(200, "5.19", ANY, EVERY),
  DYNPTR_READ(201, "5.19", ANY, EVERY),
  DYNPTR_WRITE(202, "5.19", ANY, EVERY),
  DYNPTR_DATA(203, "5.19", ANY, EVERY),
  TCP_RAW_GEN_SYNCOOKIE_IPV4(204, "6.0", GPL, NETWORK),
  TCP_RAW_GEN_SYNCOOKIE_IPV6(205, "6.0", GPL, NETWORK),
  TCP_RAW_CHECK_SYNCOOKIE_IPV4(206, "6.0", GPL, NETWORK),
  TCP_RAW_CHECK_SYNCOOKIE_IPV6(207, "6.0", GPL, NETWORK),
  KTIME_GET_TAI_NS(208, "6.1", ANY, EVERY),
  USER_RINGBUF_DRAIN(209, "6.1", ANY, EVERY),
  CGRP_STORAGE_GET(210, "6.2", ANY, EVERY),
  CGRP_STORAGE_DELETE(211, "6.2", ANY, EVERY);

  private static final Helper[] ALL = values();
  private static final Map<String, Helper> BY_METHOD =
      Arrays.stream(ALL).collect(Collectors.toUnmodifiableMap(Helper::methodName, h -> h));

  private final int number;
  private final KernelVersion since;
  private final boolean gplOnly;
  private final Set<ProgramKind> kinds;

  Helper(int number, String since, boolean gplOnly, Set<ProgramKind> kinds) {
    this.number = number;
    this.since = KernelVersion.parse(since);
    this.gplOnly = gplOnly;
    this.kinds = kinds;
  }

  /// The number in a call instruction: `BPF_FUNC_*`.
  public int number() {
    return number;
  }

  /// The kernel's name without `bpf_`: `map_lookup_elem`.
  @Override
  public String kernelName() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String phrase() {
    return "the helper " + kernelName();
  }

  /// The name of the Java method that is this helper: `mapLookupElem`.
  @Override
  public String methodName() {
    StringBuilder camelCase = new StringBuilder();
    for (String word : kernelName().split("_")) {
      camelCase.append(
          camelCase.isEmpty()
              ? word.substring(0, 1)
              : word.substring(0, 1).toUpperCase(Locale.ROOT));
      camelCase.append(word, 1, word.length());
    }
    return camelCase.toString();
  }

  @Override
  public KernelVersion since() {
    return since;
  }

  /// The first kernel that has it for programs of that kind; nothing if none has.
  ///
  /// Where a kind got it later than others, this is the first of the kernels 5.10, 6.1, 6.12 and
  /// 6.18 that lets it: never too early, perhaps a few releases late.
  @Override
  public Optional<KernelVersion> since(ProgramKind kind) {
    if (NetworkHelpers.cover(kind)) {
      return NetworkHelpers.since(this, kinds.equals(HelperTerms.EVERY), kind);
    }
    return kinds.contains(kind)
        ? Optional.of(since.max(HelperTerms.extended(this, kind)).max(kind.since()))
        : Optional.empty();
  }

  @Override
  public boolean gplOnly() {
    return gplOnly;
  }

  @Override
  public Set<ProgramKind> kinds() {
    Set<ProgramKind> all = EnumSet.noneOf(ProgramKind.class);
    for (ProgramKind kind : ProgramKind.values()) {
      if (since(kind).isPresent()) {
        all.add(kind);
      }
    }
    return Collections.unmodifiableSet(all);
  }

  @Override
  public Optional<Signature> signature() {
    return HelperSignatures.of(this);
  }

  @Override
  public boolean acquires() {
    return signature()
        .filter(
            s ->
                s.result() == Signature.Result.RECORD_OR_NULL
                    || s.result() == Signature.Result.SOCKET_OR_NULL
                    || s.arguments().contains(Signature.Argument.DYNPTR_RESERVED))
        .isPresent();
  }

  @Override
  public boolean releases() {
    return this == SK_RELEASE || handsOver();
  }

  @Override
  public boolean mayGiveNull() {
    return this != GET_CURRENT_TASK_BTF
        && this != TASK_PT_REGS
        && this != GET_LOCAL_STORAGE
        && this != THIS_CPU_PTR;
  }

  /// Whether it may move or resize the packet, after which no packet pointer is valid
  /// (`bpf_helper_changes_pkt_data`).
  @Override
  public boolean movesPacket() {
    return HelperTerms.movesPacket(this);
  }

  /// Whether buffers that it reads may lie in the packet (`pkt_access` of its prototype).
  @Override
  public boolean readsPacket() {
    return HelperTerms.readsPacket(this);
  }

  /// Whether it may sleep (`might_sleep` of its prototype).
  @Override
  public boolean sleeps() {
    return this == COPY_FROM_USER
        || this == COPY_FROM_USER_TASK
        || this == IMA_INODE_HASH
        || this == IMA_FILE_HASH;
  }

  /// The helper with that number.
  public static Optional<Helper> of(int number) {
    return number < 1 || number > ALL.length ? Optional.empty() : Optional.of(ALL[number - 1]);
  }

  /// The helper that is a Java method of that name.
  public static Optional<Helper> ofMethod(String methodName) {
    return Optional.ofNullable(BY_METHOD.get(methodName));
  }

  /// The helper with that kernel name, without `bpf_`.
  public static Optional<Helper> of(String kernelName) {
    for (Helper helper : ALL) {
      if (helper.kernelName().equals(kernelName)) {
        return Optional.of(helper);
      }
    }
    return Optional.empty();
  }
}
