package org.bpf4j.examples.guest;

import java.io.IOException;
import java.util.List;
import org.bpf4j.examples.Command;
import org.bpf4j.examples.network.GentleConnections;
import org.bpf4j.examples.network.NetkitPairBpf;
import org.bpf4j.handle.AttachOrder;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Link;
import org.bpf4j.inspect.KernelInventory;
import org.bpf4j.inventory.HookOrder;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.object.ProgramKind;

/// Programs of network devices that most machines lack.
final class NetworkChecks {

  static final List<Check> ALL =
      List.of(
          new Check("netkit sees packets", new KernelVersion(6, 7), NetworkChecks::netkit)
              .fires(ProgramKind.NETKIT_PRIMARY, ProgramKind.NETKIT_PEER),
          new Check("netkit programs run in order", new KernelVersion(6, 7), NetworkChecks::order),
          new Check("a congestion control of TCP controls", GentleConnections::run)
              .fires(ProgramKind.OPERATION),
          new Check("a congestion control doubles its window", GentleConnections::reno),
          new Check("a congestion control grows as a cube", GentleConnections::cubic));

  private NetworkChecks() {}

  private static void createNetkit(String name) throws Exception {
    try {
      Command.run("ip", "link", "add", name, "type", "netkit");
    } catch (IOException e) {
      if (String.valueOf(e.getMessage()).contains("Unknown device type")) {
        throw new UnsupportedFeatureException("devices of type netkit", new KernelVersion(6, 7));
      }
      throw e;
    }
  }

  private static String netkit() throws Exception {
    createNetkit("kit0");
    try (var bpf = NetkitPairBpf.load()) {
      bpf.out().attach("kit0");
      bpf.in().attach("kit0");
      Command.run("ip", "addr", "add", "10.127.0.1/24", "dev", "kit0");
      Command.run("ip", "link", "set", "kit0", "up");
      String links = Command.run("ip", "-o", "link");
      String peer =
          links
              .lines()
              .filter(line -> line.contains("@kit0"))
              .map(line -> line.split(": ")[1].replaceFirst("@.*", ""))
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("no peer in " + links));
      Command.run("ip", "link", "set", peer, "up");
      Command.run("ip", "addr", "add", "10.127.1.1/24", "dev", peer);
      Command.run("bash", "-c", "echo x > /dev/udp/10.127.0.9/9");
      Command.run("bash", "-c", "echo x > /dev/udp/10.127.1.9/9");
      if (bpf.there() == 0 || bpf.back() == 0) {
        throw new IllegalStateException(bpf.there() + " there, " + bpf.back() + " back");
      }
      return bpf.there() + " there, " + bpf.back() + " back";
    } finally {
      Command.run("ip", "link", "del", "kit0");
    }
  }

  private static String order() throws Exception {
    createNetkit("kit1");
    try (var first = NetkitPairBpf.load();
        var second = NetkitPairBpf.load();
        var third = NetkitPairBpf.load()) {
      Link one = first.out().attach("kit1");
      Link two = second.out().attach("kit1", AttachOrder.before(one));
      one.update(third.out());
      HookOrder found = KernelInventory.order(ProgramKind.NETKIT_PRIMARY, new Hook.Netkit("kit1"));
      List<Integer> ids = found.programs().stream().map(HookOrder.Place::programId).toList();
      List<Integer> wanted = List.of(two.info().programId(), one.info().programId());
      if (!ids.equals(wanted)) {
        throw new IllegalStateException("programs " + ids + ", not " + wanted);
      }
      one.detach();
      return "revision " + found.revision() + ", at " + two.info().target();
    } finally {
      Command.run("ip", "link", "del", "kit1");
    }
  }
}
