package org.bpf4j.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.bpf4j.handle.BinaryPlace;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.PerfCounter;
import org.bpf4j.handle.TestInput;
import org.bpf4j.object.ProgramKind;
import org.junit.jupiter.api.Test;

/// Programs at tracepoints, at functions of this process and at samples of it.
class ProbeHooksTest {

  private static final String C_LIBRARY = "libc.so.6";
  private static final long SAMPLE_NANOSECONDS = 1_000_000;
  private static final int OWN = Math.toIntExact(ProcessHandle.current().pid());
  private static final MethodHandle TO_UPPER = function("toupper");
  private static final MethodHandle TO_LOWER = function("tolower");

  private static MethodHandle function(String name) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
  }

  private static int toUpper(int letter) throws Throwable {
    return (int) TO_UPPER.invokeExact(letter);
  }

  private static int toLower(int letter) throws Throwable {
    return (int) TO_LOWER.invokeExact(letter);
  }

  private static LiveCase load() throws Exception {
    LiveCase live = LiveCase.load("tracing/one-process");
    live.set("process", OWN);
    return live;
  }

  @Test
  @Fires({ProgramKind.TRACEPOINT, ProgramKind.RAW_TRACEPOINT, ProgramKind.BTF_TRACEPOINT})
  void forks() throws Exception {
    try (LiveCase live = load()) {
      live.attach("fork", new Hook.Tracepoint("sched", "sched_process_fork"));
      live.attach("rawFork", new Hook.RawTracepoint("sched_process_fork"));
      live.attach("typedFork", new Hook.Tracing("sched_process_fork"));
      Shell.must("true");
      assertThat(live.number("forks")).isPositive();
      assertThat(live.number("rawForks")).isPositive();
      assertThat(live.number("typedForks")).isPositive();
    }
  }

  @Test
  @Fires({ProgramKind.UPROBE, ProgramKind.URETPROBE})
  void functionOfALibrary() throws Throwable {
    try (LiveCase live = load()) {
      BinaryPlace place = BinaryPlace.parse(C_LIBRARY + ":toupper");
      live.attach("enter", new Hook.Uprobe(place, OWN, false));
      live.attach("leave", new Hook.Uprobe(place, OWN, true));
      toUpper('b');
      toLower('B');
      assertThat(live.number("entered")).isEqualTo('b');
      assertThat(live.number("left")).isEqualTo('B');
    }
  }

  @Test
  @Fires({ProgramKind.UPROBE_MULTI, ProgramKind.URETPROBE_MULTI})
  void functionsOfALibrary() throws Throwable {
    try (LiveCase live = load()) {
      List<String> functions = List.of("touppe?", "tolower");
      live.attach("enterAny", new Hook.UprobeMulti(C_LIBRARY, functions, OWN, false));
      live.attach("leaveAny", new Hook.UprobeMulti(C_LIBRARY, functions, OWN, true));
      toUpper('b');
      toLower('C');
      assertThat(live.number("anyEntered")).isEqualTo('b' + 'C');
      assertThat(live.number("anyLeft")).isEqualTo('B' + 'c');
    }
  }

  @Test
  @Fires(ProgramKind.UPROBE_SESSION)
  void sessionsOfAFunction() throws Throwable {
    try (LiveCase live = load()) {
      live.attach("pass", new Hook.UprobeMulti(C_LIBRARY, List.of("toupper"), OWN, false));
      toUpper('b');
      assertThat(live.number("sessions")).isEqualTo(1001);
    }
  }

  @Test
  @Does(value = "programs ask what they were attached with", since = "6.10")
  void programsAskWhatTheyWereAttachedWith() throws Throwable {
    try (LiveCase live = LiveCase.load("tracing/cookies")) {
      live.set("process", OWN);
      live.attach("fork", new Hook.Tracepoint("sched", "sched_process_fork").withCookie(1));
      live.attach("rawFork", new Hook.RawTracepoint("sched_process_fork").withCookie(2));
      live.attach("typedFork", new Hook.Tracing("sched_process_fork").withCookie(3));
      BinaryPlace place = BinaryPlace.parse(C_LIBRARY + ":toupper");
      live.attach("enter", new Hook.Uprobe(place, OWN, false).withCookie(4));
      live.attach(
          "enterAny",
          new Hook.UprobeMulti(C_LIBRARY, List.of("to?pper", "tolower"), OWN, false)
              .withCookies(Map.of("toupper", 5L, "tolower", 6L)));
      Shell.must("true");
      toUpper('b');
      toLower('B');
      assertThat(live.number("tracepoint")).isEqualTo(1);
      assertThat(live.number("raw")).isEqualTo(2);
      assertThat(live.number("typed")).isEqualTo(3);
      assertThat(live.number("function")).isEqualTo(4);
      assertThat(live.number("functions")).isEqualTo(506);
    }
    assertThatThrownBy(() -> new Hook.Xdp("lo", Hook.XdpMode.ANY).withCookie(1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @Does(value = "samples of one counter are told from another's", since = "5.15")
  void samplesOfOneCounterAreToldFromThoseOfAnother() throws Throwable {
    try (LiveCase live = LiveCase.load("tracing/cookies")) {
      live.set("process", OWN);
      for (int cpu = 0; cpu < Runtime.getRuntime().availableProcessors(); cpu++) {
        Hook clock = new Hook.PerfEvent(PerfCounter.CPU_CLOCK, SAMPLE_NANOSECONDS, -1, cpu);
        live.attach("sample", clock.withCookie(70 + cpu));
      }
      long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (live.number("sampled") == 0 && System.nanoTime() < end) {
        toUpper('a');
      }
      assertThat(live.number("sampled"))
          .isBetween(70, 70 + Runtime.getRuntime().availableProcessors());
    }
  }

  @Test
  @Fires(ProgramKind.PERF_EVENT)
  void samples() throws Throwable {
    try (LiveCase live = load()) {
      for (int cpu = 0; cpu < Runtime.getRuntime().availableProcessors(); cpu++) {
        live.attach(
            "sample", new Hook.PerfEvent(PerfCounter.CPU_CLOCK, SAMPLE_NANOSECONDS, -1, cpu));
      }
      long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (live.number("samples") == 0 && System.nanoTime() < end) {
        toUpper('a');
      }
      assertThat(live.number("samples")).isPositive();
    }
  }

  @Test
  @Fires(ProgramKind.SYSCALL)
  void questionsOfUserSpace() throws Exception {
    try (LiveCase live = load()) {
      TestInput input = TestInput.context(new byte[] {7, 0, 0, 0});
      assertThat(live.program("ask").run(input).returnValue()).isEqualTo(7);
      assertThat(live.number("asked")).isEqualTo(7);
    }
  }
}
