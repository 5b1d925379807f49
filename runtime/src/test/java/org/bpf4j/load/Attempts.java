package org.bpf4j.load;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.nio.file.Path;
import java.util.List;
import org.bpf4j.handle.BinaryPlace;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Link;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.handle.PerfCounter;
import org.bpf4j.handle.TestInput;
import org.bpf4j.inspect.KernelInventory;
import org.bpf4j.kernel.BpfException;
import org.bpf4j.object.MapKind;
import org.bpf4j.object.ProgramFamily;
import org.bpf4j.object.ProgramType;
import org.bpf4j.probe.KernelFeatures;
import org.bpf4j.probe.Support;

/// Tries what takes different privileges, in a process that has few; prints a line for each.
public final class Attempts {

  private Attempts() {}

  private interface Attempt {
    void run();
  }

  /// @param args the folder of a control group, in a network of its own; none to attach to neither
  public static void main(String[] args) {
    attempt("map", () -> new ObjectText().map("table", MapKind.HASH, 4, 8, 16).load().close());
    attempt("xdp", () -> load("xdp", "r0 = 2\nexit").close());
    attempt(
        "tracepoint", () -> load("tracepoint/syscalls/sys_enter_execve", "r0 = 0\nexit").close());
    attempt("leak", () -> load("socket", "r0 = r1\nexit").close());
    attempt(
        "length",
        () ->
            load("xdp", "r2 = *(u32 *)(r1 + 4)\nr3 = *(u32 *)(r1 + 0)\nr2 -= r3\nr0 = 2\nexit")
                .close());
    attempt("list", KernelInventory::programsAlone);
    attempt("count", () -> KernelInventory.countRuns().close());
    attempt("raw", () -> attach("raw_tracepoint/sys_enter", new Hook.RawTracepoint("sys_enter")));
    attempt(
        "typed", () -> attach("tp_btf/sched_process_fork", new Hook.Tracing("sched_process_fork")));
    attempt(
        "event",
        () ->
            attach(
                "tracepoint/sched/sched_process_fork",
                new Hook.Tracepoint("sched", "sched_process_fork")));
    attempt(
        "uprobe",
        () -> attach("uprobe", new Hook.Uprobe(BinaryPlace.parse("libc.so.6:toupper"), -1, false)));
    attempt(
        "uprobes",
        () ->
            attach(
                "uprobe.multi", new Hook.UprobeMulti("libc.so.6", List.of("toupper"), -1, false)));
    attempt(
        "samples",
        () -> attach("perf_event", new Hook.PerfEvent(PerfCounter.CPU_CLOCK, 1_000_000, -1, 0)));
    attempt("ring", Attempts::ring);
    attempt("features", Attempts::features);
    if (args.length > 0) {
      places(Path.of(args[0]));
    }
  }

  /// Attaches to what a test has made: a cgroup, and the loopback device of its own network.
  private static void places(Path cgroup) {
    attempt("device", () -> attach("xdp", new Hook.Xdp("lo", Hook.XdpMode.GENERIC)));
    attempt("traffic", () -> attach("tc", new Hook.Tc("lo", Hook.Direction.INGRESS)));
    attempt(
        "group",
        () -> attach("cgroup_skb/ingress", new Hook.Cgroup(cgroup, ProgramFamily.CGROUP_SKB)));
  }

  private static void attach(String section, Hook hook) {
    try (LoadedObject object = load(section, "r0 = 1\nexit");
        Link _ = object.program("program").attach(hook)) {
      object.program("program");
    }
  }

  /// A program fills a ring and an array in memory, and user space reads both.
  private static void ring() {
    ObjectText text =
        new ObjectText()
            .map("records", MapKind.RINGBUF, 0, 0, 4096)
            .data(".bss", "count", 41)
            .program(
                "xdp",
                "program",
                """
                r1 = data .bss 0
                r2 = *(u64 *)(r1 + 0)
                r2 += 1
                *(u64 *)(r1 + 0) = r2
                *(u64 *)(r10 - 8) = 7
                r1 = map records
                r2 = r10
                r2 += -8
                r3 = 8
                r4 = 0
                call 130
                r0 = 2
                exit
                """);
    try (LoadedObject object = text.load()) {
      object.program("program").run(TestInput.packet(new byte[64]));
      long[] sum = new long[1];
      object.ring("records").consume(record -> sum[0] += record.get(JAVA_LONG_UNALIGNED, 0));
      sum[0] += object.data(".bss").segment().get(JAVA_LONG_UNALIGNED, 0);
      if (sum[0] != 42 + 7) {
        throw new IllegalStateException("found " + sum[0]);
      }
    }
  }

  /// What every kernel has is there, or may not be tried.
  private static void features() {
    if (KernelFeatures.of(MapKind.HASH) == Support.NO
        || KernelFeatures.of(ProgramType.SOCKET_FILTER) == Support.NO) {
      throw new IllegalStateException("not there");
    }
  }

  private static LoadedObject load(String section, String lines) {
    return new ObjectText().program(section, "program", lines).load();
  }

  private static void attempt(String name, Attempt attempt) {
    try {
      attempt.run();
      IO.println(name + ": done");
    } catch (BpfException e) {
      IO.println(
          name + ": " + e.getClass().getSimpleName() + ": " + e.getMessage().replace('\n', ' '));
    }
  }
}
