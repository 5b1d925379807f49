package org.bpf4j.attach;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Link;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.Errno;
import org.bpf4j.sys.Failure;
import org.bpf4j.sys.Netlink;

/// A route with a program, which stays when the process dies: a hook of the JVM removes it at a
/// normal end, and the program's name in it, `bpf4j:<pid>:<program>`, tells whose it was after any
/// other.
final class RouteLink implements Link {

  /// `LWT_BPF_IN`, `LWT_BPF_OUT` and `LWT_BPF_XMIT` of `linux/lwtunnel.h`.
  private static final int IN = 1;

  private static final int OUT = 2;
  private static final int TRANSMIT = 3;

  private static final Set<RouteLink> OPEN = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> OPEN.forEach(RouteLink::close), "bpf4j-routes"));
  }

  private final Descriptor socket;
  private final Hook.Route hook;
  private final byte[] network;
  private final int bits;
  private final int index;
  private final AtomicBoolean closed = new AtomicBoolean();

  private RouteLink(Descriptor socket, Hook.Route hook, byte[] network, int bits, int index) {
    this.socket = socket;
    this.hook = hook;
    this.network = network;
    this.bits = bits;
    this.index = index;
    OPEN.add(this);
  }

  /// Adds a route.
  ///
  /// @throws IllegalArgumentException if the destination is no network
  static Link attach(Descriptor program, ProgramKind kind, String name, Hook.Route hook) {
    int slash = hook.destination().indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("no network: " + hook.destination());
    }
    byte[] network = InetAddress.ofLiteral(hook.destination().substring(0, slash)).getAddress();
    int bits = Integer.parseInt(hook.destination().substring(slash + 1));
    int index = NetworkInterfaces.index(hook.networkInterface());
    String tag = "bpf4j:" + ProcessHandle.current().pid() + ":" + name;
    Descriptor socket = Netlink.open();
    try {
      Failure.check(
          Netlink.addRoute(socket, network, bits, index, point(kind), program, tag),
          "attaching to " + hook);
      return new RouteLink(socket, hook, network, bits, index);
    } catch (RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private static int point(ProgramKind kind) {
    return switch (kind) {
      case LWT_IN -> IN;
      case LWT_OUT -> OUT;
      default -> TRANSMIT;
    };
  }

  @Override
  public Hook hook() {
    return hook;
  }

  @Override
  public boolean diesWithProcess() {
    return false;
  }

  @Override
  public void pin(Path path) {
    throw new UnsupportedFeatureException("pinning of " + hook + ", which stays by itself", null);
  }

  /// The route stays, whoever forgets it.
  @Override
  public Link release() {
    OPEN.remove(this);
    return this;
  }

  /// A route that is gone, with its interface for one, is no error.
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      OPEN.remove(this);
      try (socket) {
        long result = Netlink.removeRoute(socket, network, bits, index);
        if (!Errno.ENOENT.is(result) && !Errno.ESRCH.is(result) && !Errno.ENODEV.is(result)) {
          Failure.check(result, "detaching from " + hook);
        }
      }
    }
  }
}
