package org.bpf4j.examples.guest;

import static org.bpf4j.examples.guest.Check.expect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bpf4j.examples.Command;
import org.bpf4j.examples.maps.CoreSetBpf;
import org.bpf4j.examples.network.PortsBpf;
import org.bpf4j.examples.tracing.NumberedBpf;
import org.bpf4j.examples.tracing.ProbesBpf;
import org.bpf4j.handle.AttachOrder;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Hook.Direction;
import org.bpf4j.handle.Link;
import org.bpf4j.handle.LoadedProgram;
import org.bpf4j.inspect.KernelInventory;
import org.bpf4j.inventory.HookOrder;
import org.bpf4j.inventory.LinkTarget;
import org.bpf4j.kernel.Kernel;
import org.bpf4j.kernel.NoSuchTargetException;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.object.ProgramKind;

/// What can be done with attachments once they are made.
final class LinkChecks {

  static final List<Check> ALL =
      List.of(
          new Check("a link to an interface goes from program to program", LinkChecks::xdp),
          new Check("a filter's place goes from program to program", LinkChecks::tc),
          new Check("a link to a group goes from program to program", LinkChecks::group),
          new Check("a probe's link is pinned", new KernelVersion(5, 15), LinkChecks::probe),
          new Check("links of many functions", new KernelVersion(6, 12), LinkChecks::many),
          new Check("a misspelt function is told apart", LinkChecks::misspelt),
          new Check("programs run in order", new KernelVersion(6, 6), LinkChecks::order));

  private static final Path PIN = Path.of("/sys/fs/bpf/bpf4j_test_link");

  private LinkChecks() {}

  private static void send() throws Exception {
    Command.run("bash", "-c", "ip link set lo up && echo x > /dev/udp/127.0.0.1/9");
  }

  /// How many packets one of the two programs saw: there may be answers.
  private static long packets(CoreSetBpf bpf, int hook) {
    Long packets = bpf.table().get(hook);
    return packets == null ? 0 : packets;
  }

  private static String xdp() throws Exception {
    Files.deleteIfExists(PIN);
    try (var first = CoreSetBpf.load();
        var second = CoreSetBpf.load()) {
      Link link = first.early().attach("lo");
      link.pin(PIN);
      first.close();
      try (Link opened = Kernel.local().openLink(PIN)) {
        opened.update(second.early());
        send();
        long seen = packets(second, 0);
        if (seen == 0) {
          throw new IllegalStateException("the second program saw no packets");
        }
        opened.detach();
        opened.unpin();
        send();
        expect(seen, packets(second, 0), "packets after the end");
        if (!(opened.info().target() instanceof LinkTarget.Xdp target)) {
          throw new IllegalStateException("an XDP link at " + opened.info().target());
        }
        return "link to interface " + target.networkInterface() + " after detaching";
      }
    } finally {
      Files.deleteIfExists(PIN);
    }
  }

  private static String tc() throws Exception {
    try (var first = CoreSetBpf.load();
        var second = CoreSetBpf.load()) {
      Link link = first.later().attachIngress("lo");
      send();
      long before = packets(first, 1);
      link.update(second.later());
      send();
      expect(before, packets(first, 1), "packets of the first program");
      if (before == 0 || packets(second, 1) == 0) {
        throw new IllegalStateException(before + " and " + packets(second, 1) + " packets");
      }
      return link.diesWithProcess() ? "by a link" : "by a filter";
    }
  }

  private static String group() throws IOException {
    Path group = Files.createTempDirectory(Check.groups(), "bpf4j-");
    try (var first = PortsBpf.load();
        var second = PortsBpf.load()) {
      Link link = first.bind().attach(group);
      int before = link.info().programId();
      link.update(second.bind());
      if (link.info().programId() == before || link.replace(first.bind(), first.bind())) {
        throw new IllegalStateException("the first program is still there");
      }
      if (!link.replace(second.bind(), first.bind())) {
        throw new IllegalStateException("the second program is not there");
      }
      expect(before, link.info().programId(), "program");
      return "back to program " + before;
    } finally {
      Files.delete(group);
    }
  }

  /// That nothing takes its place is said.
  private static void requireNoUpdates(Link link, LoadedProgram program) {
    try {
      link.update(program);
    } catch (UnsupportedFeatureException expected) {
      return;
    }
    throw new IllegalStateException("updated " + link);
  }

  private static String probe() throws Exception {
    Files.deleteIfExists(PIN);
    try (var bpf = ProbesBpf.configure().process(Check.process()).load()) {
      Link link = bpf.connectDone().attach();
      link.pin(PIN);
      requireNoUpdates(link, bpf.connectDone().loaded());
      link.close();
      Connections.refused();
      expect(1, bpf.returns(), "returns");
      try (Link opened = Kernel.local().openLink(PIN)) {
        opened.unpin();
        return "at " + opened.info().target();
      }
    } finally {
      Files.deleteIfExists(PIN);
    }
  }

  private static String many() throws Exception {
    Files.deleteIfExists(PIN);
    try (var bpf = NumberedBpf.configure().process(Check.process()).load()) {
      Link any = bpf.any().attach();
      if (!(any.info().target() instanceof LinkTarget.KprobeMulti(int functions, _, _))) {
        throw new IllegalStateException("probes at " + any.info().target());
      }
      expect(2, functions, "functions");
      requireNoUpdates(any, bpf.any().loaded());
      any.pin(PIN);
      any.unpin();
      Link enter = bpf.enter().attach();
      if (!(enter.info().target() instanceof LinkTarget.Tracing tracing)) {
        throw new IllegalStateException("a function at " + enter.info().target());
      }
      requireNoUpdates(enter, bpf.enter().loaded());
      enter.pin(PIN);
      enter.unpin();
      return functions + " functions, and " + tracing.attachType();
    } finally {
      Files.deleteIfExists(PIN);
    }
  }

  private static String misspelt() {
    try (var bpf = ProbesBpf.configure().process(Check.process()).load()) {
      bpf.connectDone().attach("tcp_v4_conect");
    } catch (NoSuchTargetException e) {
      if (e.candidates().contains("tcp_v4_connect")) {
        return String.valueOf(e.getMessage());
      }
      throw e;
    }
    throw new IllegalStateException("attached to tcp_v4_conect");
  }

  private static String order() {
    Hook hook = new Hook.Tc("lo", Direction.EGRESS);
    try (var first = CoreSetBpf.load();
        var second = CoreSetBpf.load();
        var third = CoreSetBpf.load()) {
      Link one = first.later().attachEgress("lo", AttachOrder.last());
      Link two = second.later().attachEgress("lo", AttachOrder.before(one));
      Link three = third.later().attachEgress("lo", AttachOrder.first());
      HookOrder found = KernelInventory.order(ProgramKind.TC, hook);
      List<Integer> ids = found.programs().stream().map(HookOrder.Place::programId).toList();
      List<Integer> wanted =
          List.of(three.info().programId(), two.info().programId(), one.info().programId());
      if (!ids.equals(wanted)) {
        throw new IllegalStateException("programs " + ids + ", not " + wanted);
      }
      return "revision " + found.revision();
    }
  }
}
