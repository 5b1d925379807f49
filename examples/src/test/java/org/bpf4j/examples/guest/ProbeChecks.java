package org.bpf4j.examples.guest;

import static org.bpf4j.examples.guest.Check.expect;

import java.io.RandomAccessFile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.bpf4j.examples.connect.ConnectCounterBpf;
import org.bpf4j.examples.tracing.CLibrary;
import org.bpf4j.examples.tracing.JvmThreadsBpf;
import org.bpf4j.examples.tracing.ManyFunctionsBpf;
import org.bpf4j.examples.tracing.NumberedBpf;
import org.bpf4j.examples.tracing.ProbesBpf;
import org.bpf4j.examples.tracing.SessionsBpf;
import org.bpf4j.examples.tracing.UserFunctionsBpf;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.PerfCounter;
import org.bpf4j.kernel.BpfException;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.object.ProgramKind;

/// Probes of kernel functions and system calls.
final class ProbeChecks {

  static final List<Check> ALL =
      List.of(
          new Check("kprobe with typed parameters", ProbeChecks::kprobe).fires(ProgramKind.KPROBE),
          new Check("kretprobe sees results", ProbeChecks::kretprobe).fires(ProgramKind.KRETPROBE),
          new Check("ksyscall and kretsyscall", ProbeChecks::systemCall)
              .fires(ProgramKind.KSYSCALL, ProgramKind.KRETSYSCALL),
          new Check("kprobes of many functions", new KernelVersion(6, 12), ProbeChecks::many)
              .fires(ProgramKind.KPROBE_MULTI, ProgramKind.KRETPROBE_MULTI),
          new Check("sessions of kernel functions", new KernelVersion(6, 12), ProbeChecks::session)
              .fires(ProgramKind.KPROBE_SESSION),
          new Check("cookies and probes inside", new KernelVersion(6, 12), ProbeChecks::cookies),
          new Check("uprobe and uretprobe of a library", ProbeChecks::library)
              .fires(ProgramKind.UPROBE, ProgramKind.URETPROBE),
          new Check("static probes of the JVM", new KernelVersion(5, 15), ProbeChecks::staticProbe)
              .fires(ProgramKind.USDT),
          new Check("samples of a clock", ProbeChecks::clock).fires(ProgramKind.PERF_EVENT));

  private ProbeChecks() {}

  private static String kprobe() throws Exception {
    int process = Check.process();
    try (var bpf = ConnectCounterBpf.configure().onlyProcess(process).load();
        var _ = bpf.attachAll()) {
      for (int i = 0; i < 3; i++) {
        Connections.refused();
      }
      expect(3, bpf.total(), "connections");
      expect(3, bpf.connects().getOrThrow(process), "connections of this process");
      expect(2, bpf.lastFamily(), "address family");
    }
    return "3 connections seen";
  }

  private static String kretprobe() throws Exception {
    try (var bpf = ProbesBpf.configure().process(Check.process()).load()) {
      bpf.connectDone().attach();
      Connections.refused();
      Connections.refused();
      expect(2, bpf.returns(), "returns");
      expect(0, bpf.result(), "result of a connection that is not refused yet");
    }
    return "2 returns seen";
  }

  private static String systemCall() throws Exception {
    try (var bpf = ProbesBpf.configure().process(Check.process()).load();
        RandomAccessFile file = new RandomAccessFile("/proc/self/exe", "r")) {
      bpf.seek().attach();
      bpf.seekDone().attach();
      file.seek(4711);
      expect(1, bpf.seeks(), "calls");
      expect(4711, bpf.offset(), "offset");
      expect(0, bpf.whence(), "whence");
      expect(1, bpf.seekReturns(), "returns");
      expect(4711, bpf.position(), "position");
    }
    return "lseek(…, 4711, 0) = 4711";
  }

  private static String many() throws Exception {
    try (var bpf =
        ManyFunctionsBpf.configure()
            .process(Check.process())
            .skip(ManyFunctionsBpf.Program.ENTER)
            .skip(ManyFunctionsBpf.Program.LEAVE)
            .load()) {
      bpf.connect().attach();
      bpf.connectDone().attach();
      Connections.refused();
      Connections.refused();
      expect(2, bpf.connects(), "entries");
      expect(2, bpf.connected(), "returns");
    }
    return "2 connections seen";
  }

  private static String session() throws Exception {
    try (var bpf =
        SessionsBpf.configure().process(Check.process()).skip(SessionsBpf.Program.UPPER).load()) {
      bpf.listen().attach();
      Connections.mayListen(9);
      expect(1, bpf.entries(), "entries");
      expect(0, bpf.returns(), "returns that nobody asked for");
      Connections.mayListen(11);
      expect(2, bpf.entries(), "entries");
      expect(11, bpf.argument(), "backlog");
      expect(1, bpf.returns(), "returns");
      expect(0, bpf.result(), "result");
    }
    return "2 entries, 1 return seen";
  }

  private static String cookies() throws Exception {
    try (var bpf = NumberedBpf.configure().process(Check.process()).load()) {
      bpf.probe().attachTo(new Hook.Kprobe("tcp_v4_connect", false).withCookie(3));
      bpf.enter().attachTo(new Hook.Tracing("tcp_v4_connect").withCookie(4));
      bpf.any()
          .attachTo(
              new Hook.KprobeMulti(List.of("tcp_v4_connect", "__sys_listen"), false)
                  .withCookies(Map.of("tcp_v4_connect", 5L, "__sys_listen", 16L)));
      bpf.insideOf().attach();
      String place = attachInside(bpf);
      Connections.refused();
      Connections.mayListen(9);
      expect(3, bpf.probed(), "cookie of a kprobe");
      expect(4, bpf.entered(), "cookie of an fentry");
      expect(5, bpf.connecting(), "cookie of one function of several");
      expect(16, bpf.listening(), "cookie of another function");
      expect(7, bpf.inside(), "cookie of a probe inside");
      expect(2, bpf.insides(), "probes inside");
      return "5 cookies read, one at " + place;
    }
  }

  /// Behind the call that begins each function, which is 5 bytes long, and behind the landing mark
  /// of 4 bytes where kernels have it.
  private static String attachInside(NumberedBpf bpf) {
    for (String place : List.of("tcp_v4_connect+0x9", "tcp_v4_connect+5")) {
      try {
        bpf.insideOf().attachTo(new Hook.Kprobe(place, false).withCookie(7));
        return place;
      } catch (BpfException notAnInstruction) {
        continue;
      }
    }
    throw new IllegalStateException("no instruction behind the first ones");
  }

  private static String library() {
    try (var bpf = UserFunctionsBpf.configure().process(Check.process()).load()) {
      bpf.enter().attach(Check.process());
      bpf.leave().attach();
      CLibrary.toUpper('x');
      expect(1, bpf.calls(), "calls");
      expect('x', bpf.letter(), "argument");
      expect(1, bpf.returns(), "returns");
      expect('X', bpf.upper(), "result");
    }
    return "toupper('x') = 'X'";
  }

  private static String staticProbe() throws Exception {
    try (var bpf = JvmThreadsBpf.configure().process(Check.process()).load()) {
      bpf.start().attach(Check.process());
      Thread thread = Thread.ofPlatform().name("probed").start(() -> {});
      thread.join();
      expect(thread.threadId(), bpf.thread(), "thread");
      expect(6, bpf.nameLength(), "length of its name");
      return "thread " + bpf.name() + " seen";
    }
  }

  private static String clock() {
    try (var bpf = UserFunctionsBpf.configure().process(Check.process()).load()) {
      bpf.sample().attach(PerfCounter.CPU_CLOCK, 1_000_000, 0);
      long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (bpf.samples() == 0 && System.nanoTime() < end) {
        CLibrary.toUpper('a');
      }
      if (bpf.samples() == 0 || bpf.instruction() == 0) {
        throw new IllegalStateException(bpf.samples() + " samples");
      }
      expect(1_000_000, bpf.period(), "period");
      return bpf.samples() + " samples";
    }
  }
}
