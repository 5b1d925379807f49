package org.bpf4j.docs;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bpf4j.lang.Helpers;
import org.bpf4j.object.Helper;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.sim.SimulatedKernel;

/// How programs get at each helper of the kernel: the table of `docs/helpers.md`.
final class HelperTable {

  /// The static methods of the language, by name.
  private static final Set<String> METHODS =
      Arrays.stream(Helpers.class.getMethods())
          .map(Method::getName)
          .collect(Collectors.toUnmodifiableSet());

  /// What is reached in another way, or not at all.
  private static final Map<Helper, String> OTHERS = others();

  private HelperTable() {}

  private static Map<Helper, String> others() {
    Map<Helper, String> others = new EnumMap<>(Helper.class);
    put(others, "`get` of maps", Helper.MAP_LOOKUP_ELEM);
    put(others, "`put` of maps", Helper.MAP_UPDATE_ELEM);
    put(others, "`remove` of maps", Helper.MAP_DELETE_ELEM);
    put(others, "`forEach` of maps", Helper.FOR_EACH_MAP_ELEM);
    put(others, "`call` of `ProgramArray`", Helper.TAIL_CALL);
    put(others, "`drain` of `UserRing`", Helper.USER_RINGBUF_DRAIN);
    put(others, "`reserve` of `RingBuffer`", Helper.RINGBUF_RESERVE);
    put(others, "`submit` of `RingBuffer`", Helper.RINGBUF_SUBMIT);
    put(others, "`discard` of `RingBuffer`", Helper.RINGBUF_DISCARD);
    put(others, "`reserve` and `submit` of `RingBuffer`", Helper.RINGBUF_OUTPUT);
    put(
        others,
        "`push` of `BpfQueue` and `BpfStack`, `add` of `BpfBloomFilter`",
        Helper.MAP_PUSH_ELEM);
    put(others, "`pop` of `BpfQueue` and `BpfStack`", Helper.MAP_POP_ELEM);
    put(
        others,
        "`peek` of `BpfQueue` and `BpfStack`, `mightContain` of `BpfBloomFilter`",
        Helper.MAP_PEEK_ELEM);
    put(
        others,
        "`output`, `outputFirst`, `outputWithPacket` of `PerfEventArray`",
        Helper.PERF_EVENT_OUTPUT);
    put(others, "`redirect` of `DevMap`, `CpuMap`, `XskMap`", Helper.REDIRECT_MAP);
    put(others, "`getStackid` of `StackTraceMap`", Helper.GET_STACKID);
    put(others, "`currentTaskUnderCgroup` of `CgroupArray`", Helper.CURRENT_TASK_UNDER_CGROUP);
    put(
        others,
        "`redirect` and `redirectIngress` of `SockMap`",
        Helper.SK_REDIRECT_MAP,
        Helper.MSG_REDIRECT_MAP);
    put(
        others,
        "`redirect` and `redirectIngress` of `SockHash`",
        Helper.SK_REDIRECT_HASH,
        Helper.MSG_REDIRECT_HASH);
    put(others, "`putSocket` of `SockMap`", Helper.SOCK_MAP_UPDATE);
    put(others, "`putSocket` of `SockHash`", Helper.SOCK_HASH_UPDATE);
    put(others, "`select` of `ReuseportSockArray`", Helper.SK_SELECT_REUSEPORT);
    put(others, "`Helpers.printk`", Helper.TRACE_PRINTK, Helper.TRACE_VPRINTK);
    put(
        others,
        "`get` of `BpfCgroupLocalStorage` and `BpfPerCpuCgroupLocalStorage`",
        Helper.GET_LOCAL_STORAGE);
    put(
        others,
        "`get` and `getOrCreate` of storages",
        Helper.SK_STORAGE_GET,
        Helper.INODE_STORAGE_GET,
        Helper.TASK_STORAGE_GET,
        Helper.CGRP_STORAGE_GET);
    put(
        others,
        "`delete` of storages",
        Helper.SK_STORAGE_DELETE,
        Helper.INODE_STORAGE_DELETE,
        Helper.TASK_STORAGE_DELETE,
        Helper.CGRP_STORAGE_DELETE);
    put(others, "`exchange` of `KernelPointer`", Helper.KPTR_XCHG);
    put(
        others,
        "`start` of `BpfTimer`",
        Helper.TIMER_INIT,
        Helper.TIMER_SET_CALLBACK,
        Helper.TIMER_START);
    put(others, "`cancel` of `BpfTimer`", Helper.TIMER_CANCEL);
    put(
        others,
        "`reserve(length)`, `submit` and `discard` of `RingBuffer`",
        Helper.RINGBUF_RESERVE_DYNPTR,
        Helper.RINGBUF_SUBMIT_DYNPTR,
        Helper.RINGBUF_DISCARD_DYNPTR);
    put(others, "`format` of `BpfString`", Helper.SNPRINTF);
    put(others, "`getOnCpu` of maps by CPU", Helper.MAP_LOOKUP_PERCPU_ELEM);
    put(others, "`pendingBytes` and the like of `RingBuffer`", Helper.RINGBUF_QUERY);
    put(others, "`read` of `Dynptr`", Helper.DYNPTR_READ);
    put(others, "`write` of `Dynptr`", Helper.DYNPTR_WRITE);
    put(others, "`data` of `Dynptr`, `drain` of `UserRing`", Helper.DYNPTR_DATA);
    put(others, "`lock` of `BpfSpinLock`", Helper.SPIN_LOCK, Helper.SPIN_UNLOCK);
    put(others, "`print` of iterators", Helper.SEQ_PRINTF);
    return others;
  }

  private static void put(Map<Helper, String> to, String way, Helper... helpers) {
    for (Helper helper : helpers) {
      to.put(helper, way);
    }
  }

  /// Whether a helper is a static method of `Helpers` under its own name.
  static boolean isStatic(Helper helper) {
    return METHODS.contains(helper.methodName());
  }

  /// How a program gets at a helper; empty if nothing is said about it.
  static String way(Helper helper) {
    return isStatic(helper)
        ? "`Helpers." + helper.methodName() + "`"
        : OTHERS.getOrDefault(helper, "");
  }

  /// What is said about helpers that are methods of their own.
  static List<Helper> contradictions() {
    return Stream.of(Helper.values())
        .filter(helper -> isStatic(helper) == OTHERS.containsKey(helper))
        .toList();
  }

  static String rendered() {
    StringBuilder rows =
        new StringBuilder("| kernel's name | in a program | GPL | programs | simulated |\n");
    rows.append("|---|---|---|---|---|\n");
    for (Helper helper : Helper.values()) {
      rows.append(
          "| %s | %s | %s | %s | %s |\n"
              .formatted(
                  helper.kernelName(),
                  way(helper),
                  helper.gplOnly() ? "yes" : "",
                  programs(helper),
                  SimulatedKernel.hasModel(helper.kernelName()) ? "yes" : ""));
    }
    return rows.toString();
  }

  /// The first kernel of each kind that may call it: kinds with the same one together.
  private static String programs(Helper helper) {
    Map<KernelVersion, List<ProgramKind>> kinds =
        helper.kinds().stream()
            .collect(
                Collectors.groupingBy(
                    kind -> helper.since(kind).orElseThrow().max(KernelVersion.FLOOR)));
    return kinds.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> entry.getKey() + " " + names(entry.getValue()))
        .collect(Collectors.joining("; "));
  }

  private static String names(List<ProgramKind> kinds) {
    return kinds.size() == ProgramKind.values().length
        ? "all"
        : kinds.stream()
            .map(kind -> "`@" + kind.annotation() + "`")
            .collect(Collectors.joining(" "));
  }
}
