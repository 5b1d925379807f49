package org.bpf4j.attach;

import java.nio.file.Path;
import java.util.List;
import org.bpf4j.event.Events;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Link;
import org.bpf4j.kernel.NoSuchTargetException;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.ProgramFamily;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.Errno;
import org.bpf4j.sys.Failure;
import org.bpf4j.sys.KernelSocket;
import org.bpf4j.sys.Refusal;

/// A program of one socket, or of a group of sockets that share a port.
///
/// The program lives as long as the socket, of which nobody knows when its owner closes it. A
/// number is given out again then, so closing the link looks at the socket's cookie first.
final class SocketLink implements Link {

  /// `SO_ATTACH_BPF`, `SO_DETACH_FILTER`, `SO_ATTACH_REUSEPORT_EBPF` and `SO_DETACH_REUSEPORT_BPF`
  /// of `asm-generic/socket.h`.
  private static final int ATTACH_FILTER = 50;

  private static final int DETACH_FILTER = 27;
  private static final int ATTACH_REUSEPORT = 52;
  private static final int DETACH_REUSEPORT = 68;

  private final Hook.Socket hook;
  private final long cookie;

  private SocketLink(Hook.Socket hook, long cookie) {
    this.hook = hook;
    this.cookie = cookie;
  }

  /// Attaches to a socket.
  static Link attach(Descriptor program, ProgramKind kind, Hook.Socket hook) {
    int option = isFilter(hook) ? ATTACH_FILTER : ATTACH_REUSEPORT;
    long result = KernelSocket.set(hook.descriptor(), option, program.number());
    if (Errno.EBADF.is(result) || Errno.ENOTSOCK.is(result)) {
      throw new NoSuchTargetException("socket of number " + hook.descriptor(), List.of());
    }
    Refusal.check(result, hook);
    return new SocketLink(hook, KernelSocket.cookie(hook.descriptor()));
  }

  private static boolean isFilter(Hook.Socket hook) {
    return hook.family() == ProgramFamily.SOCKET_FILTER;
  }

  @Override
  public Hook hook() {
    return hook;
  }

  /// Whoever else holds the socket keeps the program.
  @Override
  public boolean diesWithProcess() {
    return true;
  }

  @Override
  public void pin(Path path) {
    throw new UnsupportedFeatureException("pinning of " + hook, null);
  }

  @Override
  public Link release() {
    return this;
  }

  @Override
  public void close() {
    if (cookie >= 0 && KernelSocket.cookie(hook.descriptor()) == cookie) {
      long result =
          KernelSocket.set(hook.descriptor(), isFilter(hook) ? DETACH_FILTER : DETACH_REUSEPORT, 0);
      if (!Errno.ENOENT.is(result)) {
        Failure.check(result, "detaching from " + hook);
        Events.detached(hook.toString());
      }
    }
  }
}
