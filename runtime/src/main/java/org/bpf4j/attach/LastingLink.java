package org.bpf4j.attach;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bpf4j.event.Events;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Link;
import org.bpf4j.handle.LoadedProgram;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.Errno;
import org.bpf4j.sys.Failure;
import org.bpf4j.sys.KernelProgram;
import org.bpf4j.sys.OwnerTag;
import org.bpf4j.sys.PlainLink;
import org.jspecify.annotations.Nullable;

/// An attachment made by netlink, which stays when the process dies: a hook of the JVM removes it
/// at a normal end, and its tag tells whose it was after any other.
final class LastingLink extends PlainLink {

  private static final Set<LastingLink> OPEN = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> OPEN.forEach(LastingLink::close), "bpf4j-detach"));
  }

  /// Takes the attachment away; the result is 0 or a negated error number.
  interface Removal {
    long by(Descriptor socket);
  }

  /// Puts another program in the place of the present one, in one step; the result is 0 or a
  /// negated error number.
  interface Exchange {
    long by(Descriptor socket, Descriptor program, String tag);
  }

  /// How such an attachment changes and goes.
  ///
  /// @param removal takes it away
  /// @param gone the errors that say that it is gone already, perhaps with its interface
  /// @param exchange puts another program there, or null if that cannot be done
  /// @param links the kernel that has links for this hook, which can be pinned, or null if none has
  record Ways(
      Removal removal,
      Set<Errno> gone,
      @Nullable Exchange exchange,
      @Nullable KernelVersion links) {}

  private final Descriptor socket;
  private final Ways ways;
  private boolean closed;

  /// Takes over an attachment, and the socket that made it.
  LastingLink(Descriptor socket, Hook hook, Ways ways) {
    super(hook, ways.links());
    this.socket = socket;
    this.ways = ways;
    OPEN.add(this);
  }

  /// The name under which a program is attached.
  static String tag(String program) {
    return OwnerTag.own(program).toString();
  }

  @Override
  public boolean diesWithProcess() {
    return false;
  }

  @Override
  public synchronized void update(LoadedProgram next) {
    Exchange exchange = ways.exchange();
    if (exchange == null) {
      super.update(next);
      return;
    }
    if (closed) {
      throw new IllegalStateException(this + " is closed");
    }
    if (!(next instanceof KernelProgram program) || program.kind().family() != place().family()) {
      throw new IllegalArgumentException(
          "program `" + next.name() + "` is of kind " + next.kind() + " and not for " + place());
    }
    Failure.check(
        program.with(descriptor -> exchange.by(socket, descriptor, tag(program.name()))),
        "updating the " + this);
  }

  /// Leaves it there: not even the end of the JVM removes it.
  @Override
  public Link release() {
    OPEN.remove(this);
    return this;
  }

  @Override
  public synchronized void close() {
    OPEN.remove(this);
    if (!closed) {
      closed = true;
      try (socket) {
        long result = ways.removal().by(socket);
        if (ways.gone().stream().noneMatch(error -> error.is(result))) {
          Failure.check(result, "detaching from " + place());
        }
        Events.detached(place().toString());
      }
    }
  }
}
