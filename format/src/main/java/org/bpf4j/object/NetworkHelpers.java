package org.bpf4j.object;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Which helpers the network kinds besides XDP and traffic control may call, and from which kernel
/// on.
///
/// Asked of the kernels 5.10, 6.1, 6.12 and 6.18 by loading, for each kind, a program that calls
/// the helper; the version is the first of these that lets it. A helper that every kind may call
/// has rows only for the kinds that got it later.
final class NetworkHelpers {

  private static final KernelVersion V5_10 = KernelVersion.FLOOR;
  private static final KernelVersion V6_1 = new KernelVersion(6, 1);
  private static final KernelVersion V6_12 = new KernelVersion(6, 12);
  private static final KernelVersion V6_18 = new KernelVersion(6, 18);

  /// Programs for socket buffers.
  private static final Set<ProgramType> LWT =
      EnumSet.of(
          ProgramType.LWT_IN, ProgramType.LWT_OUT, ProgramType.LWT_XMIT, ProgramType.LWT_SEG6LOCAL);

  /// Programs that run when a process of a cgroup does something.
  private static final Set<ProgramType> CGROUP =
      EnumSet.of(
          ProgramType.CGROUP_SOCK,
          ProgramType.CGROUP_SOCK_ADDR,
          ProgramType.CGROUP_SOCKOPT,
          ProgramType.CGROUP_SYSCTL,
          ProgramType.CGROUP_DEVICE);

  /// Those of them that got the helpers about the process late.
  private static final Set<ProgramType> LATE =
      EnumSet.of(ProgramType.CGROUP_SOCKOPT, ProgramType.CGROUP_SYSCTL, ProgramType.CGROUP_DEVICE);

  private static final Set<ProgramType> COVERED = covered();

  private NetworkHelpers() {}

  private static Set<ProgramType> covered() {
    Set<ProgramType> covered =
        EnumSet.of(
            ProgramType.SOCKET_FILTER,
            ProgramType.CGROUP_SKB,
            ProgramType.SOCK_OPS,
            ProgramType.SK_REUSEPORT,
            ProgramType.SK_LOOKUP,
            ProgramType.SK_MSG,
            ProgramType.SK_SKB,
            ProgramType.FLOW_DISSECTOR,
            ProgramType.NETFILTER);
    covered.addAll(LWT);
    covered.addAll(CGROUP);
    return covered;
  }

  /// Whether this table, and not the column of [Helper], speaks of a kind.
  static boolean cover(ProgramKind kind) {
    return COVERED.contains(kind.type());
  }

  /// The first kernel that lets a kind call a helper; nothing if none does.
  ///
  /// @param every whether the helper is for every kind of program
  static Optional<KernelVersion> since(Helper helper, boolean every, ProgramKind kind) {
    boolean shared = every || helper == Helper.KTIME_GET_COARSE_NS;
    Optional<KernelVersion> since =
        shared ? general(helper, kind.type()) : particular(helper, kind);
    return since.map(version -> version.max(helper.since()).max(kind.since()));
  }

  private static Optional<KernelVersion> general(Helper helper, ProgramType type) {
    boolean process = CGROUP.contains(type) || type == ProgramType.SK_MSG;
    boolean late = LATE.contains(type);
    return switch (helper) {
      case PERF_EVENT_OUTPUT ->
          only(
              V5_10,
              type != ProgramType.SK_REUSEPORT
                  && type != ProgramType.FLOW_DISSECTOR
                  && type != ProgramType.NETFILTER);
      case KTIME_GET_COARSE_NS ->
          only(
              V6_1,
              type != ProgramType.CGROUP_SOCKOPT
                  && type != ProgramType.CGROUP_DEVICE
                  && type != ProgramType.NETFILTER);
      case STRTOL, STRTOUL -> only(type == ProgramType.CGROUP_SYSCTL ? V5_10 : V6_1, true);
      case GET_CURRENT_PID_TGID, GET_CURRENT_ANCESTOR_CGROUP_ID ->
          only(process ? late ? V6_1 : V5_10 : V6_12, true);
      case GET_CURRENT_CGROUP_ID -> only(process ? V5_10 : V6_12, true);
      case GET_NS_CURRENT_PID_TGID, CGRP_STORAGE_GET, CGRP_STORAGE_DELETE -> only(V6_12, true);
      case GET_CURRENT_UID_GID -> only(process ? V5_10 : V6_18, true);
      case GET_CURRENT_COMM -> only(CGROUP.contains(type) ? late ? V6_1 : V5_10 : V6_18, true);
      case GET_CGROUP_CLASSID ->
          only(process || LWT.contains(type) ? late ? V6_1 : V5_10 : V6_18, true);
      case CURRENT_TASK_UNDER_CGROUP -> only(CGROUP.contains(type) ? V6_12 : V6_18, true);
      case PERF_EVENT_READ,
          PERF_EVENT_READ_VALUE,
          SEND_SIGNAL,
          SEND_SIGNAL_THREAD,
          GET_TASK_STACK,
          COPY_FROM_USER,
          COPY_FROM_USER_TASK,
          TASK_STORAGE_GET,
          TASK_STORAGE_DELETE,
          GET_BRANCH_SNAPSHOT,
          FIND_VMA ->
          only(V6_18, true);
      default -> only(V5_10, true);
    };
  }

  private static Optional<KernelVersion> particular(Helper helper, ProgramKind kind) {
    ProgramType type = kind.type();
    return switch (type) {
      case SOCKET_FILTER -> filter(helper);
      case CGROUP_SKB -> cgroupPacket(helper);
      case CGROUP_SOCK -> cgroupSocket(helper);
      case CGROUP_SOCK_ADDR -> address(helper, kind);
      case CGROUP_SOCKOPT -> option(helper, kind);
      case CGROUP_SYSCTL -> setting(helper);
      case CGROUP_DEVICE -> result(helper);
      case SOCK_OPS -> socketOperations(helper);
      case SK_LOOKUP -> lookup(helper);
      case SK_MSG -> message(helper);
      case SK_SKB -> stream(helper);
      case SK_REUSEPORT -> reuseport(helper);
      case FLOW_DISSECTOR -> only(V5_10, helper == Helper.SKB_LOAD_BYTES || isConversion(helper));
      case LWT_IN, LWT_OUT, LWT_XMIT, LWT_SEG6LOCAL -> tunnel(helper, type);
      default -> Optional.empty();
    };
  }

  private static Optional<KernelVersion> only(KernelVersion version, boolean allowed) {
    return allowed ? Optional.of(version) : Optional.empty();
  }

  /// From a socket to its kernel struct.
  private static boolean isConversion(Helper helper) {
    return switch (helper) {
      case SKC_TO_TCP6_SOCK,
          SKC_TO_TCP_SOCK,
          SKC_TO_TCP_TIMEWAIT_SOCK,
          SKC_TO_TCP_REQUEST_SOCK,
          SKC_TO_UDP6_SOCK,
          SKC_TO_UNIX_SOCK,
          SKC_TO_MPTCP_SOCK ->
          true;
      default -> false;
    };
  }

  private static boolean isLookup(Helper helper) {
    return switch (helper) {
      case SK_LOOKUP_TCP, SK_LOOKUP_UDP, SKC_LOOKUP_TCP, SK_RELEASE -> true;
      default -> false;
    };
  }

  private static boolean isSocketStorage(Helper helper) {
    return helper == Helper.SK_STORAGE_GET || helper == Helper.SK_STORAGE_DELETE;
  }

  private static Optional<KernelVersion> filter(Helper helper) {
    return switch (helper) {
      case SKB_LOAD_BYTES, SKB_LOAD_BYTES_RELATIVE, GET_SOCKET_COOKIE, GET_SOCKET_UID ->
          only(V5_10, true);
      case GET_NETNS_COOKIE -> only(V6_18, true);
      default -> only(V5_10, isConversion(helper));
    };
  }

  private static Optional<KernelVersion> cgroupPacket(Helper helper) {
    return switch (helper) {
      case GET_LOCAL_STORAGE,
          SKB_CGROUP_ID,
          SKB_ANCESTOR_CGROUP_ID,
          SK_CGROUP_ID,
          SK_ANCESTOR_CGROUP_ID,
          SK_FULLSOCK,
          TCP_SOCK,
          SKB_ECN_SET_CE,
          GET_LISTENER_SOCK ->
          only(V5_10, true);
      default -> isLookup(helper) || isSocketStorage(helper) ? only(V5_10, true) : filter(helper);
    };
  }

  private static Optional<KernelVersion> cgroupSocket(Helper helper) {
    return switch (helper) {
      case GET_SOCKET_COOKIE, GET_LOCAL_STORAGE, SK_STORAGE_GET, GET_NETNS_COOKIE ->
          only(V5_10, true);
      default -> result(helper);
    };
  }

  /// What a program that may deny can call about the result of the call.
  private static Optional<KernelVersion> result(Helper helper) {
    return switch (helper) {
      case GET_LOCAL_STORAGE -> only(V5_10, true);
      case GET_RETVAL, SET_RETVAL -> only(V6_1, true);
      default -> Optional.empty();
    };
  }

  private static Optional<KernelVersion> address(Helper helper, ProgramKind kind) {
    boolean connects = kind == ProgramKind.CGROUP_CONNECT4 || kind == ProgramKind.CGROUP_CONNECT6;
    return switch (helper) {
      case SETSOCKOPT, GETSOCKOPT -> only(connects ? V5_10 : V6_1, true);
      case BIND -> only(V5_10, connects);
      case GET_RETVAL, SET_RETVAL -> only(V6_1, !(kind.result() instanceof ProgramResult.Nothing));
      default ->
          isLookup(helper) || isConversion(helper) || isSocketStorage(helper)
              ? only(V5_10, true)
              : cgroupSocket(helper);
    };
  }

  private static Optional<KernelVersion> option(Helper helper, ProgramKind kind) {
    return switch (helper) {
      case TCP_SOCK -> only(V5_10, true);
      case GET_NETNS_COOKIE -> only(V6_1, true);
      case SETSOCKOPT, GETSOCKOPT -> only(V6_1, kind == ProgramKind.CGROUP_SETSOCKOPT);
      default -> isSocketStorage(helper) ? only(V5_10, true) : result(helper);
    };
  }

  private static Optional<KernelVersion> setting(Helper helper) {
    return switch (helper) {
      case SYSCTL_GET_NAME, SYSCTL_GET_CURRENT_VALUE, SYSCTL_GET_NEW_VALUE, SYSCTL_SET_NEW_VALUE ->
          only(V5_10, true);
      default -> result(helper);
    };
  }

  private static Optional<KernelVersion> socketOperations(Helper helper) {
    return switch (helper) {
      case SETSOCKOPT,
          GETSOCKOPT,
          SOCK_MAP_UPDATE,
          SOCK_HASH_UPDATE,
          SOCK_OPS_CB_FLAGS_SET,
          GET_SOCKET_COOKIE,
          GET_LOCAL_STORAGE,
          TCP_SOCK,
          LOAD_HDR_OPT,
          STORE_HDR_OPT,
          RESERVE_HDR_OPT ->
          only(V5_10, true);
      case GET_NETNS_COOKIE -> only(V6_1, true);
      default -> only(V5_10, isConversion(helper) || isSocketStorage(helper));
    };
  }

  private static Optional<KernelVersion> lookup(Helper helper) {
    return only(
        V5_10, helper == Helper.SK_ASSIGN || helper == Helper.SK_RELEASE || isConversion(helper));
  }

  private static Optional<KernelVersion> message(Helper helper) {
    return switch (helper) {
      case MSG_REDIRECT_MAP,
          MSG_REDIRECT_HASH,
          MSG_APPLY_BYTES,
          MSG_CORK_BYTES,
          MSG_PULL_DATA,
          MSG_PUSH_DATA,
          MSG_POP_DATA ->
          only(V5_10, true);
      case GET_NETNS_COOKIE -> only(V6_1, true);
      default -> only(V5_10, isConversion(helper) || isSocketStorage(helper));
    };
  }

  private static Optional<KernelVersion> stream(Helper helper) {
    return switch (helper) {
      case SKB_LOAD_BYTES,
          SKB_STORE_BYTES,
          SKB_PULL_DATA,
          SKB_CHANGE_TAIL,
          SKB_CHANGE_HEAD,
          SKB_ADJUST_ROOM,
          GET_SOCKET_COOKIE,
          GET_SOCKET_UID,
          SK_REDIRECT_MAP,
          SK_REDIRECT_HASH ->
          only(V5_10, true);
      default -> only(V5_10, isLookup(helper) || isConversion(helper));
    };
  }

  private static Optional<KernelVersion> reuseport(Helper helper) {
    return switch (helper) {
      case SKB_LOAD_BYTES, SKB_LOAD_BYTES_RELATIVE, SK_SELECT_REUSEPORT -> only(V5_10, true);
      case GET_SOCKET_COOKIE -> only(V6_1, true);
      default -> Optional.empty();
    };
  }

  private static Optional<KernelVersion> tunnel(Helper helper, ProgramType type) {
    boolean transmit = type == ProgramType.LWT_XMIT;
    return switch (helper) {
      case GET_ROUTE_REALM,
          SKB_LOAD_BYTES,
          CSUM_DIFF,
          SKB_UNDER_CGROUP,
          GET_HASH_RECALC,
          SKB_PULL_DATA ->
          only(V5_10, true);
      case LWT_SEG6_STORE_BYTES, LWT_SEG6_ADJUST_SRH, LWT_SEG6_ACTION ->
          only(V5_10, type == ProgramType.LWT_SEG6LOCAL);
      case LWT_PUSH_ENCAP -> only(V5_10, transmit || type == ProgramType.LWT_IN);
      case SKB_STORE_BYTES,
          L3_CSUM_REPLACE,
          L4_CSUM_REPLACE,
          CLONE_REDIRECT,
          SKB_GET_TUNNEL_KEY,
          SKB_SET_TUNNEL_KEY,
          SKB_GET_TUNNEL_OPT,
          SKB_SET_TUNNEL_OPT,
          REDIRECT,
          SKB_CHANGE_TAIL,
          SKB_CHANGE_HEAD,
          CSUM_UPDATE,
          CSUM_LEVEL,
          SET_HASH_INVALID ->
          only(V5_10, transmit);
      default -> only(V5_10, isConversion(helper));
    };
  }
}
