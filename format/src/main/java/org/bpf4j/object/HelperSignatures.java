package org.bpf4j.object;

import static org.bpf4j.object.Signature.Argument.CALLBACK;
import static org.bpf4j.object.Signature.Argument.CALLBACK_CONTEXT;
import static org.bpf4j.object.Signature.Argument.CONSTANT;
import static org.bpf4j.object.Signature.Argument.CONTEXT;
import static org.bpf4j.object.Signature.Argument.FIRST_VALUE;
import static org.bpf4j.object.Signature.Argument.FIXED_READ;
import static org.bpf4j.object.Signature.Argument.INT_READ_WRITE;
import static org.bpf4j.object.Signature.Argument.LONG_WRITE;
import static org.bpf4j.object.Signature.Argument.MAP;
import static org.bpf4j.object.Signature.Argument.MAP_KEY;
import static org.bpf4j.object.Signature.Argument.MAP_VALUE;
import static org.bpf4j.object.Signature.Argument.MAP_VALUE_WRITE;
import static org.bpf4j.object.Signature.Argument.MEMORY_READ;
import static org.bpf4j.object.Signature.Argument.MEMORY_READ_OR_NULL;
import static org.bpf4j.object.Signature.Argument.MEMORY_READ_WRITE;
import static org.bpf4j.object.Signature.Argument.MEMORY_WRITE;
import static org.bpf4j.object.Signature.Argument.RING_RECORD;
import static org.bpf4j.object.Signature.Argument.SCALAR;
import static org.bpf4j.object.Signature.Argument.SIZE;
import static org.bpf4j.object.Signature.Argument.SIZE_OR_ZERO;
import static org.bpf4j.object.Signature.Argument.SOCKET;
import static org.bpf4j.object.Signature.Argument.SPIN_LOCK;
import static org.bpf4j.object.Signature.Argument.TEXT;
import static org.bpf4j.object.Signature.Argument.TIMER;
import static org.bpf4j.object.Signature.Result.BORROWED_SOCKET_OR_NULL;
import static org.bpf4j.object.Signature.Result.INTEGER;
import static org.bpf4j.object.Signature.Result.KERNEL_POINTER;
import static org.bpf4j.object.Signature.Result.MAP_VALUE_OR_NULL;
import static org.bpf4j.object.Signature.Result.RECORD_OR_NULL;
import static org.bpf4j.object.Signature.Result.SOCKET_OR_NULL;
import static org.bpf4j.object.Signature.Result.VOID;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpf4j.object.Signature.Argument;
import org.bpf4j.object.Signature.Result;

/// The signatures of [Helper]s, as the kernel's `bpf_*_proto` tables have them.
final class HelperSignatures {

  private static final Map<Helper, Signature> ALL = new EnumMap<>(Helper.class);

  static {
    maps();
    records();
    clocksAndTasks();
    memory();
    packets();
    sockets();
  }

  private HelperSignatures() {}

  static Optional<Signature> of(Helper helper) {
    return Optional.ofNullable(ALL.get(helper));
  }

  private static void put(Helper helper, Result result, Argument... arguments) {
    ALL.put(helper, new Signature(List.of(arguments), result));
  }

  private static void maps() {
    put(
        Helper.TASK_STORAGE_GET,
        MAP_VALUE_OR_NULL,
        MAP,
        Argument.KERNEL_POINTER,
        FIRST_VALUE,
        SCALAR);
    put(Helper.TASK_STORAGE_DELETE, INTEGER, MAP, Argument.KERNEL_POINTER);
    put(
        Helper.INODE_STORAGE_GET,
        MAP_VALUE_OR_NULL,
        MAP,
        Argument.KERNEL_POINTER,
        FIRST_VALUE,
        SCALAR);
    put(Helper.INODE_STORAGE_DELETE, INTEGER, MAP, Argument.KERNEL_POINTER);
    put(
        Helper.CGRP_STORAGE_GET,
        MAP_VALUE_OR_NULL,
        MAP,
        Argument.KERNEL_POINTER,
        FIRST_VALUE,
        SCALAR);
    put(Helper.CGRP_STORAGE_DELETE, INTEGER, MAP, Argument.KERNEL_POINTER);
    put(Helper.GET_LOCAL_STORAGE, MAP_VALUE_OR_NULL, MAP, SCALAR);
    put(Helper.SK_STORAGE_GET, MAP_VALUE_OR_NULL, MAP, SOCKET, FIRST_VALUE, SCALAR);
    put(Helper.SK_STORAGE_DELETE, INTEGER, MAP, SOCKET);
    put(Helper.MAP_LOOKUP_ELEM, MAP_VALUE_OR_NULL, MAP, MAP_KEY);
    put(Helper.MAP_UPDATE_ELEM, INTEGER, MAP, MAP_KEY, MAP_VALUE, SCALAR);
    put(Helper.MAP_DELETE_ELEM, INTEGER, MAP, MAP_KEY);
    put(Helper.MAP_LOOKUP_PERCPU_ELEM, MAP_VALUE_OR_NULL, MAP, MAP_KEY, SCALAR);
    put(Helper.MAP_PUSH_ELEM, INTEGER, MAP, MAP_VALUE, SCALAR);
    put(Helper.MAP_POP_ELEM, INTEGER, MAP, MAP_VALUE_WRITE);
    put(Helper.MAP_PEEK_ELEM, INTEGER, MAP, MAP_VALUE_WRITE);
    put(Helper.FOR_EACH_MAP_ELEM, INTEGER, MAP, CALLBACK, CALLBACK_CONTEXT, SCALAR);
    put(Helper.LOOP, INTEGER, SCALAR, CALLBACK, CALLBACK_CONTEXT, SCALAR);
    put(Helper.TAIL_CALL, VOID, CONTEXT, MAP, SCALAR);
    put(Helper.REDIRECT_MAP, INTEGER, MAP, SCALAR, SCALAR);
    put(Helper.SPIN_LOCK, VOID, SPIN_LOCK);
    put(Helper.SPIN_UNLOCK, VOID, SPIN_LOCK);
    put(Helper.TIMER_INIT, INTEGER, TIMER, MAP, SCALAR);
    put(Helper.TIMER_SET_CALLBACK, INTEGER, TIMER, CALLBACK);
    put(Helper.TIMER_START, INTEGER, TIMER, SCALAR, SCALAR);
    put(Helper.TIMER_CANCEL, INTEGER, TIMER);
    put(Helper.CURRENT_TASK_UNDER_CGROUP, INTEGER, MAP, SCALAR);
  }

  private static void records() {
    put(Helper.RINGBUF_OUTPUT, INTEGER, MAP, MEMORY_READ, SIZE_OR_ZERO, SCALAR);
    put(Helper.RINGBUF_RESERVE, RECORD_OR_NULL, MAP, CONSTANT, SCALAR);
    put(Helper.RINGBUF_SUBMIT, VOID, RING_RECORD, SCALAR);
    put(Helper.RINGBUF_DISCARD, VOID, RING_RECORD, SCALAR);
    put(Helper.RINGBUF_QUERY, INTEGER, MAP, SCALAR);
    put(Helper.USER_RINGBUF_DRAIN, INTEGER, MAP, CALLBACK, CALLBACK_CONTEXT, SCALAR);
    put(Helper.DYNPTR_FROM_MEM, INTEGER, MEMORY_READ_WRITE, SIZE, SCALAR, Argument.DYNPTR_NEW);
    put(Helper.RINGBUF_RESERVE_DYNPTR, INTEGER, MAP, SCALAR, SCALAR, Argument.DYNPTR_RESERVED);
    put(Helper.RINGBUF_SUBMIT_DYNPTR, VOID, Argument.DYNPTR_RELEASED, SCALAR);
    put(Helper.RINGBUF_DISCARD_DYNPTR, VOID, Argument.DYNPTR_RELEASED, SCALAR);
    put(Helper.DYNPTR_DATA, Result.SLICE_OR_NULL, Argument.DYNPTR, SCALAR, CONSTANT);
    put(Helper.DYNPTR_READ, INTEGER, MEMORY_WRITE, SIZE_OR_ZERO, Argument.DYNPTR, SCALAR, SCALAR);
    put(Helper.DYNPTR_WRITE, INTEGER, Argument.DYNPTR, SCALAR, MEMORY_READ, SIZE_OR_ZERO, SCALAR);
    put(Helper.PERF_EVENT_OUTPUT, INTEGER, CONTEXT, MAP, SCALAR, MEMORY_READ, SIZE_OR_ZERO);
    put(Helper.PERF_EVENT_READ, INTEGER, MAP, SCALAR);
    put(Helper.PERF_EVENT_READ_VALUE, INTEGER, MAP, SCALAR, MEMORY_WRITE, SIZE);
    put(Helper.TRACE_PRINTK, INTEGER, MEMORY_READ, SIZE, SCALAR, SCALAR, SCALAR);
    put(
        Helper.SEQ_PRINTF,
        INTEGER,
        Argument.KERNEL_POINTER,
        MEMORY_READ,
        SIZE,
        MEMORY_READ_OR_NULL,
        SIZE_OR_ZERO);
    put(Helper.TRACE_VPRINTK, INTEGER, MEMORY_READ, SIZE, MEMORY_READ_OR_NULL, SIZE_OR_ZERO);
    put(
        Helper.SNPRINTF,
        INTEGER,
        MEMORY_WRITE,
        SIZE_OR_ZERO,
        TEXT,
        MEMORY_READ_OR_NULL,
        SIZE_OR_ZERO);
    put(Helper.GET_STACKID, INTEGER, CONTEXT, MAP, SCALAR);
    put(Helper.GET_STACK, INTEGER, CONTEXT, MEMORY_WRITE, SIZE_OR_ZERO, SCALAR);
  }

  private static void clocksAndTasks() {
    put(Helper.KTIME_GET_NS, INTEGER);
    put(Helper.KTIME_GET_BOOT_NS, INTEGER);
    put(Helper.KTIME_GET_COARSE_NS, INTEGER);
    put(Helper.KTIME_GET_TAI_NS, INTEGER);
    put(Helper.JIFFIES64, INTEGER);
    put(Helper.GET_PRANDOM_U32, INTEGER);
    put(Helper.GET_SMP_PROCESSOR_ID, INTEGER);
    put(Helper.GET_NUMA_NODE_ID, INTEGER);
    put(Helper.GET_CURRENT_PID_TGID, INTEGER);
    put(Helper.GET_CURRENT_UID_GID, INTEGER);
    put(Helper.GET_CURRENT_COMM, INTEGER, MEMORY_WRITE, SIZE);
    put(Helper.GET_CURRENT_TASK, INTEGER);
    put(Helper.GET_CURRENT_TASK_BTF, KERNEL_POINTER);
    put(Helper.GET_CURRENT_CGROUP_ID, INTEGER);
    put(Helper.GET_CURRENT_ANCESTOR_CGROUP_ID, INTEGER, SCALAR);
    put(Helper.GET_NS_CURRENT_PID_TGID, INTEGER, SCALAR, SCALAR, MEMORY_WRITE, SIZE);
    put(Helper.PER_CPU_PTR, KERNEL_POINTER, SCALAR, SCALAR);
    put(Helper.THIS_CPU_PTR, KERNEL_POINTER, SCALAR);
    put(
        Helper.FIND_VMA,
        INTEGER,
        Argument.KERNEL_POINTER,
        SCALAR,
        CALLBACK,
        CALLBACK_CONTEXT,
        SCALAR);
    put(Helper.GET_FUNC_IP, INTEGER, CONTEXT);
    put(Helper.GET_ATTACH_COOKIE, INTEGER, CONTEXT);
    put(Helper.SEND_SIGNAL, INTEGER, SCALAR);
    put(Helper.SEND_SIGNAL_THREAD, INTEGER, SCALAR);
    put(Helper.OVERRIDE_RETURN, INTEGER, CONTEXT, SCALAR);
    put(
        Helper.GET_TASK_STACK,
        INTEGER,
        Argument.KERNEL_POINTER,
        MEMORY_WRITE,
        SIZE_OR_ZERO,
        SCALAR);
    put(Helper.TASK_PT_REGS, KERNEL_POINTER, Argument.KERNEL_POINTER);
    put(Helper.SOCK_FROM_FILE, KERNEL_POINTER, Argument.KERNEL_POINTER);
    put(Helper.D_PATH, INTEGER, Argument.KERNEL_POINTER, MEMORY_WRITE, SIZE_OR_ZERO);
    put(Helper.BPRM_OPTS_SET, INTEGER, Argument.KERNEL_POINTER, SCALAR);
    put(Helper.IMA_INODE_HASH, INTEGER, Argument.KERNEL_POINTER, MEMORY_WRITE, SIZE);
    put(Helper.IMA_FILE_HASH, INTEGER, Argument.KERNEL_POINTER, MEMORY_WRITE, SIZE);
    put(Helper.GET_FUNC_ARG, INTEGER, CONTEXT, SCALAR, LONG_WRITE);
    put(Helper.GET_FUNC_RET, INTEGER, CONTEXT, LONG_WRITE);
    put(Helper.GET_FUNC_ARG_CNT, INTEGER, CONTEXT);
    put(Helper.GET_RETVAL, INTEGER);
    put(Helper.SET_RETVAL, INTEGER, SCALAR);
    put(Helper.GET_BRANCH_SNAPSHOT, INTEGER, MEMORY_WRITE, SIZE_OR_ZERO, SCALAR);
    put(Helper.READ_BRANCH_RECORDS, INTEGER, CONTEXT, MEMORY_WRITE, SIZE_OR_ZERO, SCALAR);
    put(Helper.PERF_PROG_READ_VALUE, INTEGER, CONTEXT, MEMORY_WRITE, SIZE);
  }

  private static void memory() {
    put(Helper.PROBE_READ, INTEGER, MEMORY_WRITE, SIZE_OR_ZERO, SCALAR);
    put(Helper.PROBE_READ_STR, INTEGER, MEMORY_WRITE, SIZE_OR_ZERO, SCALAR);
    put(Helper.PROBE_READ_KERNEL, INTEGER, MEMORY_WRITE, SIZE_OR_ZERO, SCALAR);
    put(Helper.PROBE_READ_KERNEL_STR, INTEGER, MEMORY_WRITE, SIZE_OR_ZERO, SCALAR);
    put(Helper.PROBE_READ_USER, INTEGER, MEMORY_WRITE, SIZE_OR_ZERO, SCALAR);
    put(Helper.PROBE_READ_USER_STR, INTEGER, MEMORY_WRITE, SIZE_OR_ZERO, SCALAR);
    put(Helper.PROBE_WRITE_USER, INTEGER, SCALAR, MEMORY_READ, SIZE);
    put(Helper.COPY_FROM_USER, INTEGER, MEMORY_WRITE, SIZE_OR_ZERO, SCALAR);
    put(Helper.STRNCMP, INTEGER, MEMORY_READ, SIZE, TEXT);
    put(Helper.STRTOL, INTEGER, MEMORY_READ, SIZE, SCALAR, LONG_WRITE);
    put(Helper.STRTOUL, INTEGER, MEMORY_READ, SIZE, SCALAR, LONG_WRITE);
    put(
        Helper.COPY_FROM_USER_TASK,
        INTEGER,
        MEMORY_WRITE,
        SIZE_OR_ZERO,
        SCALAR,
        Argument.KERNEL_POINTER,
        SCALAR);
    put(Helper.SNPRINTF_BTF, INTEGER, MEMORY_WRITE, SIZE, MEMORY_READ, SIZE, SCALAR);
    put(
        Helper.SEQ_PRINTF,
        INTEGER,
        Argument.KERNEL_POINTER,
        MEMORY_READ,
        SIZE,
        MEMORY_READ_OR_NULL,
        SIZE_OR_ZERO);
    put(Helper.SEQ_WRITE, INTEGER, Argument.KERNEL_POINTER, MEMORY_READ, SIZE_OR_ZERO);
    put(Helper.SEQ_PRINTF_BTF, INTEGER, Argument.KERNEL_POINTER, MEMORY_READ, SIZE_OR_ZERO, SCALAR);
    put(Helper.SYS_BPF, INTEGER, SCALAR, MEMORY_READ_WRITE, SIZE);
    put(Helper.BTF_FIND_BY_NAME_KIND, INTEGER, MEMORY_READ, SIZE, SCALAR, SCALAR);
    put(Helper.SYS_CLOSE, INTEGER, SCALAR);
    put(Helper.KALLSYMS_LOOKUP_NAME, INTEGER, MEMORY_READ, SIZE_OR_ZERO, SCALAR, LONG_WRITE);
  }

  private static void packets() {
    put(Helper.SKB_STORE_BYTES, INTEGER, CONTEXT, SCALAR, MEMORY_READ, SIZE, SCALAR);
    put(Helper.SKB_LOAD_BYTES, INTEGER, CONTEXT, SCALAR, MEMORY_WRITE, SIZE);
    put(Helper.SKB_LOAD_BYTES_RELATIVE, INTEGER, CONTEXT, SCALAR, MEMORY_WRITE, SIZE, SCALAR);
    put(Helper.L3_CSUM_REPLACE, INTEGER, CONTEXT, SCALAR, SCALAR, SCALAR, SCALAR);
    put(Helper.L4_CSUM_REPLACE, INTEGER, CONTEXT, SCALAR, SCALAR, SCALAR, SCALAR);
    put(
        Helper.CSUM_DIFF,
        INTEGER,
        MEMORY_READ_OR_NULL,
        SIZE_OR_ZERO,
        MEMORY_READ_OR_NULL,
        SIZE_OR_ZERO,
        SCALAR);
    put(Helper.CSUM_UPDATE, INTEGER, CONTEXT, SCALAR);
    put(Helper.CSUM_LEVEL, INTEGER, CONTEXT, SCALAR);
    put(Helper.CLONE_REDIRECT, INTEGER, CONTEXT, SCALAR, SCALAR);
    put(Helper.REDIRECT, INTEGER, SCALAR, SCALAR);
    put(Helper.REDIRECT_PEER, INTEGER, SCALAR, SCALAR);
    put(Helper.REDIRECT_NEIGH, INTEGER, SCALAR, MEMORY_READ_OR_NULL, SIZE_OR_ZERO, SCALAR);
    put(Helper.GET_CGROUP_CLASSID, INTEGER, CONTEXT);
    put(Helper.GET_ROUTE_REALM, INTEGER, CONTEXT);
    put(Helper.GET_HASH_RECALC, INTEGER, CONTEXT);
    put(Helper.SET_HASH_INVALID, VOID, CONTEXT);
    put(Helper.SET_HASH, INTEGER, CONTEXT, SCALAR);
    put(Helper.SKB_VLAN_PUSH, INTEGER, CONTEXT, SCALAR, SCALAR);
    put(Helper.SKB_VLAN_POP, INTEGER, CONTEXT);
    put(Helper.SKB_CHANGE_PROTO, INTEGER, CONTEXT, SCALAR, SCALAR);
    put(Helper.SKB_CHANGE_TYPE, INTEGER, CONTEXT, SCALAR);
    put(Helper.SKB_CHANGE_TAIL, INTEGER, CONTEXT, SCALAR, SCALAR);
    put(Helper.SKB_CHANGE_HEAD, INTEGER, CONTEXT, SCALAR, SCALAR);
    put(Helper.SKB_PULL_DATA, INTEGER, CONTEXT, SCALAR);
    put(Helper.SKB_ADJUST_ROOM, INTEGER, CONTEXT, SCALAR, SCALAR, SCALAR);
    put(Helper.SKB_GET_TUNNEL_KEY, INTEGER, CONTEXT, MEMORY_WRITE, SIZE, SCALAR);
    put(Helper.SKB_SET_TUNNEL_KEY, INTEGER, CONTEXT, MEMORY_READ, SIZE, SCALAR);
    put(Helper.SKB_GET_TUNNEL_OPT, INTEGER, CONTEXT, MEMORY_WRITE, SIZE);
    put(Helper.SKB_SET_TUNNEL_OPT, INTEGER, CONTEXT, MEMORY_READ, SIZE);
    put(Helper.SKB_UNDER_CGROUP, INTEGER, CONTEXT, MAP, SCALAR);
    put(Helper.SKB_CGROUP_ID, INTEGER, CONTEXT);
    put(Helper.SKB_ANCESTOR_CGROUP_ID, INTEGER, CONTEXT, SCALAR);
    put(Helper.SKB_CGROUP_CLASSID, INTEGER, CONTEXT);
    put(Helper.SKB_ECN_SET_CE, INTEGER, CONTEXT);
    put(Helper.SKB_SET_TSTAMP, INTEGER, CONTEXT, SCALAR, SCALAR);
    put(Helper.XDP_ADJUST_HEAD, INTEGER, CONTEXT, SCALAR);
    put(Helper.XDP_ADJUST_TAIL, INTEGER, CONTEXT, SCALAR);
    put(Helper.XDP_ADJUST_META, INTEGER, CONTEXT, SCALAR);
    put(Helper.XDP_GET_BUFF_LEN, INTEGER, CONTEXT);
    put(Helper.XDP_LOAD_BYTES, INTEGER, CONTEXT, SCALAR, MEMORY_WRITE, SIZE);
    put(Helper.XDP_STORE_BYTES, INTEGER, CONTEXT, SCALAR, MEMORY_READ, SIZE);
    put(Helper.FIB_LOOKUP, INTEGER, CONTEXT, MEMORY_READ_WRITE, SIZE, SCALAR);
    put(Helper.CHECK_MTU, INTEGER, CONTEXT, SCALAR, INT_READ_WRITE, SCALAR, SCALAR);
    put(Helper.LWT_PUSH_ENCAP, INTEGER, CONTEXT, SCALAR, MEMORY_READ, SIZE);
    put(Helper.LWT_SEG6_STORE_BYTES, INTEGER, CONTEXT, SCALAR, MEMORY_READ, SIZE);
    put(Helper.LWT_SEG6_ADJUST_SRH, INTEGER, CONTEXT, SCALAR, SCALAR);
    put(Helper.LWT_SEG6_ACTION, INTEGER, CONTEXT, SCALAR, MEMORY_READ, SIZE);
    put(Helper.SKB_GET_XFRM_STATE, INTEGER, CONTEXT, SCALAR, MEMORY_WRITE, SIZE, SCALAR);
    put(
        Helper.SKB_OUTPUT,
        INTEGER,
        Argument.KERNEL_POINTER,
        MAP,
        SCALAR,
        MEMORY_READ,
        SIZE_OR_ZERO);
    put(
        Helper.XDP_OUTPUT,
        INTEGER,
        Argument.KERNEL_POINTER,
        MAP,
        SCALAR,
        MEMORY_READ,
        SIZE_OR_ZERO);
    put(Helper.RC_REPEAT, INTEGER, CONTEXT);
    put(Helper.RC_KEYDOWN, INTEGER, CONTEXT, SCALAR, SCALAR, SCALAR);
    put(Helper.RC_POINTER_REL, INTEGER, CONTEXT, SCALAR, SCALAR);
  }

  private static void sockets() {
    put(Helper.SETSOCKOPT, INTEGER, CONTEXT, SCALAR, SCALAR, MEMORY_READ, SIZE);
    put(Helper.SOCK_OPS_CB_FLAGS_SET, INTEGER, CONTEXT, SCALAR);
    put(Helper.SYSCTL_GET_NAME, INTEGER, CONTEXT, MEMORY_WRITE, SIZE, SCALAR);
    put(Helper.SYSCTL_GET_CURRENT_VALUE, INTEGER, CONTEXT, MEMORY_WRITE, SIZE);
    put(Helper.SYSCTL_GET_NEW_VALUE, INTEGER, CONTEXT, MEMORY_WRITE, SIZE);
    put(Helper.SYSCTL_SET_NEW_VALUE, INTEGER, CONTEXT, MEMORY_READ, SIZE);
    put(Helper.GET_SOCKET_COOKIE, INTEGER, CONTEXT);
    put(Helper.GET_SOCKET_UID, INTEGER, CONTEXT);
    put(Helper.GET_NETNS_COOKIE, INTEGER, CONTEXT);
    put(Helper.SK_LOOKUP_TCP, SOCKET_OR_NULL, CONTEXT, MEMORY_READ, SIZE, SCALAR, SCALAR);
    put(Helper.SK_LOOKUP_UDP, SOCKET_OR_NULL, CONTEXT, MEMORY_READ, SIZE, SCALAR, SCALAR);
    put(Helper.SKC_LOOKUP_TCP, SOCKET_OR_NULL, CONTEXT, MEMORY_READ, SIZE, SCALAR, SCALAR);
    put(Helper.SK_RELEASE, INTEGER, SOCKET);
    put(Helper.SK_FULLSOCK, BORROWED_SOCKET_OR_NULL, SOCKET);
    put(Helper.TCP_SOCK, BORROWED_SOCKET_OR_NULL, SOCKET);
    put(Helper.GET_LISTENER_SOCK, BORROWED_SOCKET_OR_NULL, SOCKET);
    put(Helper.SK_ASSIGN, INTEGER, CONTEXT, SOCKET, SCALAR);
    put(Helper.SK_CGROUP_ID, INTEGER, SOCKET);
    put(Helper.SK_ANCESTOR_CGROUP_ID, INTEGER, SOCKET, SCALAR);
    put(Helper.TCP_CHECK_SYNCOOKIE, INTEGER, SOCKET, MEMORY_READ, SIZE, MEMORY_READ, SIZE);
    put(Helper.TCP_GEN_SYNCOOKIE, INTEGER, SOCKET, MEMORY_READ, SIZE, MEMORY_READ, SIZE);
    put(Helper.TCP_RAW_GEN_SYNCOOKIE_IPV4, INTEGER, FIXED_READ, MEMORY_READ, SIZE_OR_ZERO);
    put(Helper.TCP_RAW_GEN_SYNCOOKIE_IPV6, INTEGER, FIXED_READ, MEMORY_READ, SIZE_OR_ZERO);
    put(Helper.TCP_RAW_CHECK_SYNCOOKIE_IPV4, INTEGER, FIXED_READ, FIXED_READ);
    put(Helper.TCP_RAW_CHECK_SYNCOOKIE_IPV6, INTEGER, FIXED_READ, FIXED_READ);
    put(Helper.SKC_TO_TCP6_SOCK, KERNEL_POINTER, SOCKET);
    put(Helper.SKC_TO_TCP_SOCK, KERNEL_POINTER, SOCKET);
    put(Helper.SKC_TO_TCP_TIMEWAIT_SOCK, KERNEL_POINTER, SOCKET);
    put(Helper.SKC_TO_TCP_REQUEST_SOCK, KERNEL_POINTER, SOCKET);
    put(Helper.SKC_TO_UDP6_SOCK, KERNEL_POINTER, SOCKET);
    put(Helper.SKC_TO_UNIX_SOCK, KERNEL_POINTER, SOCKET);
    put(Helper.SKC_TO_MPTCP_SOCK, KERNEL_POINTER, SOCKET);
    put(Helper.TCP_SEND_ACK, INTEGER, Argument.KERNEL_POINTER, SCALAR);
    put(Helper.GETSOCKOPT, INTEGER, CONTEXT, SCALAR, SCALAR, MEMORY_WRITE, SIZE);
    put(Helper.BIND, INTEGER, CONTEXT, MEMORY_READ, SIZE);
    put(Helper.LOAD_HDR_OPT, INTEGER, CONTEXT, MEMORY_READ_WRITE, SIZE, SCALAR);
    put(Helper.STORE_HDR_OPT, INTEGER, CONTEXT, MEMORY_READ, SIZE, SCALAR);
    put(Helper.RESERVE_HDR_OPT, INTEGER, CONTEXT, SCALAR, SCALAR);
    put(Helper.SK_REDIRECT_MAP, INTEGER, CONTEXT, MAP, SCALAR, SCALAR);
    put(Helper.SK_REDIRECT_HASH, INTEGER, CONTEXT, MAP, MAP_KEY, SCALAR);
    put(Helper.MSG_REDIRECT_MAP, INTEGER, CONTEXT, MAP, SCALAR, SCALAR);
    put(Helper.MSG_REDIRECT_HASH, INTEGER, CONTEXT, MAP, MAP_KEY, SCALAR);
    put(Helper.SOCK_MAP_UPDATE, INTEGER, CONTEXT, MAP, MAP_KEY, SCALAR);
    put(Helper.SOCK_HASH_UPDATE, INTEGER, CONTEXT, MAP, MAP_KEY, SCALAR);
    put(Helper.SK_SELECT_REUSEPORT, INTEGER, CONTEXT, MAP, MAP_KEY, SCALAR);
    put(Helper.MSG_APPLY_BYTES, INTEGER, CONTEXT, SCALAR);
    put(Helper.MSG_CORK_BYTES, INTEGER, CONTEXT, SCALAR);
    put(Helper.MSG_PULL_DATA, INTEGER, CONTEXT, SCALAR, SCALAR, SCALAR);
    put(Helper.MSG_PUSH_DATA, INTEGER, CONTEXT, SCALAR, SCALAR, SCALAR);
    put(Helper.MSG_POP_DATA, INTEGER, CONTEXT, SCALAR, SCALAR, SCALAR);
  }
}
