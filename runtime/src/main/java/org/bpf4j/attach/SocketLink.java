package org.bpf4j.attach;

import java.util.List;
import org.bpf4j.event.Events;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Link;
import org.bpf4j.handle.LoadedProgram;
import org.bpf4j.kernel.NoSuchTargetException;
import org.bpf4j.object.ProgramFamily;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.Errno;
import org.bpf4j.sys.Failure;
import org.bpf4j.sys.KernelProgram;
import org.bpf4j.sys.KernelSocket;
import org.bpf4j.sys.PlainLink;
import org.bpf4j.sys.Refusal;

/// A program of one socket, or of a group of sockets that share a port.
///
/// The program lives as long as the socket, of which nobody knows when its owner closes it. A
/// number is given out again then, so closing the link looks at the socket's cookie first.
final class SocketLink extends PlainLink {

  /// `SO_ATTACH_BPF`, `SO_DETACH_FILTER`, `SO_ATTACH_REUSEPORT_EBPF` and `SO_DETACH_REUSEPORT_BPF`
  /// of `asm-generic/socket.h`.
  private static final int ATTACH_FILTER = 50;

  private static final int DETACH_FILTER = 27;
  private static final int ATTACH_REUSEPORT = 52;
  private static final int DETACH_REUSEPORT = 68;

  private final Hook.Socket hook;
  private final long cookie;
  private boolean closed;

  private SocketLink(Hook.Socket hook, long cookie) {
    super(hook, null);
    this.hook = hook;
    this.cookie = cookie;
  }

  /// Attaches to a socket.
  static Link attach(Descriptor program, ProgramKind kind, Hook.Socket hook) {
    long result = set(hook, program);
    if (Errno.EBADF.is(result) || Errno.ENOTSOCK.is(result)) {
      throw new NoSuchTargetException("socket of number " + hook.descriptor(), List.of());
    }
    Refusal.check(result, hook);
    return new SocketLink(hook, KernelSocket.cookie(hook.descriptor()));
  }

  private static boolean isFilter(Hook.Socket hook) {
    return hook.family() == ProgramFamily.SOCKET_FILTER;
  }

  private static long set(Hook.Socket hook, Descriptor program) {
    int option = isFilter(hook) ? ATTACH_FILTER : ATTACH_REUSEPORT;
    return KernelSocket.set(hook.descriptor(), option, program.number());
  }

  /// The last program that a socket was given counts.
  @Override
  public synchronized void update(LoadedProgram next) {
    if (closed) {
      throw new IllegalStateException(this + " is closed");
    }
    if (!(next instanceof KernelProgram program) || program.kind().family() != hook.family()) {
      throw new IllegalArgumentException(
          "program `" + next.name() + "` is of kind " + next.kind() + " and not for " + hook);
    }
    if (!isThere()) {
      throw new NoSuchTargetException("socket of number " + hook.descriptor(), List.of());
    }
    Refusal.check(program.with(descriptor -> set(hook, descriptor)), hook);
  }

  /// A number is given out again, so it is the socket's only if the cookie is.
  private boolean isThere() {
    return cookie >= 0 && KernelSocket.cookie(hook.descriptor()) == cookie;
  }

  /// Whoever else holds the socket keeps the program.
  @Override
  public boolean diesWithProcess() {
    return true;
  }

  @Override
  public synchronized void close() {
    if (!closed && isThere()) {
      long result =
          KernelSocket.set(hook.descriptor(), isFilter(hook) ? DETACH_FILTER : DETACH_REUSEPORT, 0);
      if (!Errno.ENOENT.is(result)) {
        Failure.check(result, "detaching from " + hook);
        Events.detached(hook.toString());
      }
    }
    closed = true;
  }
}
