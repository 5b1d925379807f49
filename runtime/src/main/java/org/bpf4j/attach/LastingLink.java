package org.bpf4j.attach;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bpf4j.event.Events;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Link;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.Errno;
import org.bpf4j.sys.Failure;

/// An attachment made by netlink, which stays when the process dies: a hook of the JVM removes it
/// at a normal end, and its tag tells whose it was after any other.
final class LastingLink implements Link {

  private static final Set<LastingLink> OPEN = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> OPEN.forEach(LastingLink::close), "bpf4j-detach"));
  }

  /// Takes the attachment away; the result is 0 or a negated error number.
  interface Removal {
    long by(Descriptor socket);
  }

  /// How such an attachment goes.
  ///
  /// @param removal takes it away
  /// @param gone the errors that say that it is gone already, perhaps with its interface
  /// @param links the kernel that has links for this hook, which can be pinned, if one has
  record End(Removal removal, Set<Errno> gone, Optional<KernelVersion> links) {}

  private final Descriptor socket;
  private final Hook hook;
  private final End end;
  private final AtomicBoolean closed = new AtomicBoolean();

  /// Takes over an attachment, and the socket that made it.
  LastingLink(Descriptor socket, Hook hook, End end) {
    this.socket = socket;
    this.hook = hook;
    this.end = end;
    OPEN.add(this);
  }

  /// The name under which a program is attached.
  static String tag(String program) {
    return OwnerTag.own(program).toString();
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
    throw new UnsupportedFeatureException(
        "pinning of " + hook + ", which stays by itself", end.links().orElse(null));
  }

  /// Leaves it there: not even the end of the JVM removes it.
  @Override
  public Link release() {
    OPEN.remove(this);
    return this;
  }

  @Override
  public void close() {
    OPEN.remove(this);
    if (closed.compareAndSet(false, true)) {
      try (socket) {
        long result = end.removal().by(socket);
        if (end.gone().stream().noneMatch(error -> error.is(result))) {
          Failure.check(result, "detaching from " + hook);
        }
        Events.detached(hook.toString());
      }
    }
  }
}
