package org.bpf4j.examples.guest;

import static org.bpf4j.examples.guest.Check.expect;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bpf4j.examples.relocation.BothLoaders;
import org.bpf4j.examples.tracing.DoubledWeightsBpf;
import org.bpf4j.examples.tracing.GroupHooksBpf;
import org.bpf4j.examples.tracing.KernelFunctionsBpf;
import org.bpf4j.examples.tracing.ListingsBpf;
import org.bpf4j.examples.tracing.MapContentsBpf;
import org.bpf4j.examples.tracing.StricterVerdictsBpf;
import org.bpf4j.examples.tracing.TypedHooksBpf;
import org.bpf4j.examples.tracing.VerdictsBpf;
import org.bpf4j.examples.tracing.WeightsBpf;
import org.bpf4j.handle.ListScope;
import org.bpf4j.handle.TestInput;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.object.ProgramKind;

/// Programs that are bound to a function, a tracepoint or a security hook.
final class FunctionChecks {

  static final List<Check> ALL =
      List.of(
          new Check("tp_btf reads structs", FunctionChecks::tracepoint)
              .fires(ProgramKind.BTF_TRACEPOINT),
          new Check("iterators list threads and maps", FunctionChecks::lists)
              .fires(ProgramKind.ITER),
          new Check(
              "iterators list what maps hold", new KernelVersion(5, 14), FunctionChecks::contents),
          new Check("structs are read where they are, by libbpf too", BothLoaders::tasks),
          new Check("bits are read where they are, by libbpf too", BothLoaders::programs),
          new Check("fentry and fexit see arguments and results", FunctionChecks::entryAndExit)
              .fires(ProgramKind.FENTRY, ProgramKind.FEXIT),
          new Check("lsm allows, denies, and denies what is no answer", FunctionChecks::security)
              .fires(ProgramKind.LSM),
          new Check(
                  "lsm_cgroup decides for a group", new KernelVersion(6, 0), FunctionChecks::group)
              .fires(ProgramKind.LSM_CGROUP),
          new Check("freplace takes a function's place", FunctionChecks::replaced)
              .fires(ProgramKind.FREPLACE),
          new Check(
              "freplace gets a struct",
              new KernelVersion(5, 12),
              FunctionChecks::replacedWithStruct),
          new Check("fmod_ret answers in a function's stead", FunctionChecks::instead)
              .fires(ProgramKind.FMOD_RET));

  private FunctionChecks() {}

  private static String tracepoint() throws Exception {
    try (var bpf = TypedHooksBpf.configure().process(Check.process()).load();
        var _ = bpf.attachAll()) {
      new ProcessBuilder("/bin/true").start().waitFor();
      expect(Check.process(), bpf.parent(), "parent");
      if (bpf.calls() == 0 || bpf.exits() == 0) {
        throw new IllegalStateException(bpf.calls() + " calls, " + bpf.exits() + " exits");
      }
      return bpf.calls() + " calls, " + bpf.exits() + " exits seen";
    }
  }

  private static String lists() {
    try (var bpf = ListingsBpf.load()) {
      String threads = bpf.tasks().read();
      if (!threads.contains("of " + Check.process() + "\n") || !threads.contains("2 of 2\n")) {
        throw new IllegalStateException(threads);
      }
      if (!bpf.maps().read().contains(" has room for 4711, 1267, 4711\nend\n")) {
        throw new IllegalStateException(bpf.maps().read());
      }
      return threads.lines().count() + " threads";
    }
  }

  private static String contents() {
    try (var bpf = MapContentsBpf.load()) {
      bpf.kept().put(1, 7L);
      bpf.kept().put(2, 7L);
      String text = bpf.elements().read(new ListScope.OfMap(bpf.kept().loaded()));
      if (!text.contains("element 1 of 8\nelement 2 of 8\n")) {
        throw new IllegalStateException(text);
      }
      return "2 elements";
    }
  }

  private static String entryAndExit() throws Exception {
    try (var bpf = KernelFunctionsBpf.configure().process(Check.process()).load()) {
      bpf.connect().attach();
      bpf.connectDone().attach();
      Connections.refused();
      expect(1, bpf.connects(), "entries");
      expect(2, bpf.family(), "address family");
      expect(1, bpf.connected(), "returns");
      expect(0, bpf.error(), "result");
    }
    return "1 connection seen";
  }

  private static String security() throws Exception {
    try (var bpf =
        KernelFunctionsBpf.configure()
            .process(Check.process())
            .deniedBacklog(11)
            .refusedBacklog(12)
            .load()) {
      bpf.listen().attach();
      boolean[] may = {
        Connections.mayListen(10), Connections.mayListen(11), Connections.mayListen(12)
      };
      expect(3, bpf.listens(), "calls of listen");
      expect(12, bpf.lastBacklog(), "backlog");
      if (!may[0] || may[1] || may[2]) {
        throw new IllegalStateException(may[0] + ", " + may[1] + ", " + may[2]);
      }
    }
    return "listen allowed, denied, aborted";
  }

  private static String group() throws Exception {
    Path root = Check.groups();
    Path group = Files.createTempDirectory(root, "bpf4j-test-");
    try (var bpf = GroupHooksBpf.load()) {
      bpf.listen().attach(group);
      boolean outside = Connections.mayListen(19);
      Files.writeString(group.resolve("cgroup.procs"), Long.toString(Check.process()));
      boolean[] may = {
        Connections.mayListen(10), Connections.mayListen(40), Connections.mayListen(20)
      };
      expect(3, bpf.listens(), "calls of listen");
      if (!outside || !may[0] || may[1] || may[2]) {
        throw new IllegalStateException(outside + ", " + may[0] + ", " + may[1] + ", " + may[2]);
      }
    } finally {
      Files.writeString(root.resolve("cgroup.procs"), Long.toString(Check.process()));
      Files.delete(group);
    }
    return "listen allowed, denied, aborted";
  }

  private static int run(VerdictsBpf verdicts, byte[] frame) {
    return verdicts.filter().loaded().run(TestInput.packet(frame)).returnValue();
  }

  private static String replaced() {
    byte[] ipv4 = new byte[64];
    ipv4[12] = 8;
    byte[] other = new byte[64];
    try (var verdicts = VerdictsBpf.load();
        var bpf =
            StricterVerdictsBpf.configure()
                .replace(StricterVerdictsBpf.Program.STRICTER, verdicts.filter())
                .load()) {
      expect(2, run(verdicts, other), "verdict before");
      var link = bpf.stricter().attach();
      expect(1, run(verdicts, other), "verdict of the extension");
      expect(2, run(verdicts, ipv4), "verdict where a division aborts");
      expect(2, bpf.replaced(), "calls of the extension");
      expect(7, bpf.given(), "argument");
      expect(1, verdicts.asked(), "calls of what was replaced");
      link.close();
      expect(2, run(verdicts, other), "verdict behind");
      try {
        bpf.stricter().attach();
        throw new IllegalStateException("an extension was attached twice");
      } catch (UnsupportedFeatureException e) {
        expect(1, e.feature().contains("load it again") ? 1 : 0, e.getMessage());
      }
      return "2 calls of the extension";
    }
  }

  private static String replacedWithStruct() {
    TestInput packet = TestInput.packet(new byte[64]);
    try (var weights = WeightsBpf.load();
        var bpf =
            DoubledWeightsBpf.configure()
                .replace(DoubledWeightsBpf.Program.TWICE, weights.weigh())
                .load()) {
      weights.weigh().loaded().run(packet);
      expect(64L << 40, weights.bytes(), "bytes by the function");
      bpf.attachAll();
      weights.weigh().loaded().run(packet);
      expect(2 * (64 + 1), weights.bytes(), "bytes by the extension");
      expect(1 + 2, weights.packets(), "packets of both");
      return "2 calls, one of the extension";
    }
  }

  private static String instead() throws Exception {
    try (var bpf = KernelFunctionsBpf.configure().process(Check.process()).load()) {
      if (!Connections.mayShutDownInput()) {
        throw new IllegalStateException("denied before the program was attached");
      }
      bpf.shutdown().attach();
      if (Connections.mayShutDownInput()) {
        throw new IllegalStateException("not denied");
      }
    }
    return "shutdown denied";
  }
}
