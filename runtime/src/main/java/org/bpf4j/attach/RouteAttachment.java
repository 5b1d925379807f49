package org.bpf4j.attach;

import java.net.InetAddress;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bpf4j.attach.LastingLink.Ways;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Link;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.Errno;
import org.bpf4j.sys.Netlink;
import org.bpf4j.sys.Refusal;

/// Adds routes with programs.
final class RouteAttachment {

  /// `LWT_BPF_IN`, `LWT_BPF_OUT` and `LWT_BPF_XMIT` of `linux/lwtunnel.h`.
  private static final int IN = 1;

  private static final int OUT = 2;
  private static final int TRANSMIT = 3;

  /// `10.0.0.0/8`, `2001:db8::/32`.
  private static final Pattern NETWORK = Pattern.compile("([^/]+)/(\\d{1,3})");

  /// What a table without the route, or no interface, answers.
  private static final Set<Errno> GONE = Set.of(Errno.ENOENT, Errno.ESRCH, Errno.ENODEV);

  private RouteAttachment() {}

  /// Adds a route, or takes over that of a program of the same name which a dead process left.
  ///
  /// @throws IllegalArgumentException if the destination is no network
  static Link attach(Descriptor program, ProgramKind kind, String name, Hook.Route hook) {
    Matcher destination = NETWORK.matcher(hook.destination());
    if (!destination.matches()) {
      throw new IllegalArgumentException(
          "no network: " + hook.destination() + "; one is 10.0.0.0/8 or 2001:db8::/32");
    }
    byte[] network = InetAddress.ofLiteral(destination.group(1)).getAddress();
    int bits = Integer.parseInt(destination.group(2));
    int index = NetworkInterfaces.index(hook.networkInterface());
    Descriptor socket = Netlink.open();
    try {
      Netlink.Route route = new Netlink.Route(network, bits, index);
      String tag = LastingLink.tag(name);
      long result = put(socket, kind, route, program, tag, false);
      if (Errno.EEXIST.is(result) && StaleAttachment.hasRoute(socket, route, name)) {
        result = put(socket, kind, route, program, tag, true);
      }
      Refusal.check(result, hook);
      return new LastingLink(
          socket,
          hook,
          new Ways(
              by -> Netlink.removeRoute(by, route),
              GONE,
              (by, next, whose) -> put(by, kind, route, next, whose, true),
              null));
    } catch (RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private static long put(
      Descriptor socket,
      ProgramKind kind,
      Netlink.Route route,
      Descriptor program,
      String tag,
      boolean replace) {
    return kind == ProgramKind.LWT_SEG6LOCAL
        ? Netlink.putSegment(socket, route, program, tag, replace)
        : Netlink.putRoute(socket, route, point(kind), program, tag, replace);
  }

  private static int point(ProgramKind kind) {
    return switch (kind) {
      case LWT_IN -> IN;
      case LWT_OUT -> OUT;
      case LWT_XMIT -> TRANSMIT;
      default -> throw new IllegalArgumentException(kind + " is no kind of routes");
    };
  }
}
