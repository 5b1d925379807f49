package org.bpf4j.attach;

import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bpf4j.attach.LastingLink.End;
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

  /// Adds a route.
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
      String tag = LastingLink.tag(name);
      long result =
          kind == ProgramKind.LWT_SEG6LOCAL
              ? Netlink.addSegment(socket, network, bits, index, program, tag)
              : Netlink.addRoute(socket, network, bits, index, point(kind), program, tag);
      Refusal.check(result, hook);
      LastingLink.Removal removal = by -> Netlink.removeRoute(by, network, bits, index);
      return new LastingLink(socket, hook, new End(removal, GONE, Optional.empty()));
    } catch (RuntimeException e) {
      socket.close();
      throw e;
    }
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
