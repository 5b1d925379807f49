package org.bpf4j.sim;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Link;
import org.bpf4j.handle.LoadedProgram;
import org.bpf4j.handle.TestInput;
import org.bpf4j.handle.TestRun;
import org.bpf4j.kernel.SyscallException;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.ProgramFamily;
import org.bpf4j.object.ProgramKind;

/// Which programs hang where, in order of attachment.
final class Attachments {

  private static final int EBUSY = 16;

  /// A program as the hooks see it: it goes on running when its object is closed, as in Linux,
  /// where a link holds its program.
  interface Attached {

    /// Runs it, whether or not its object is open.
    ///
    /// @param metadata what lies before the packet, if the context is a socket buffer
    TestRun fire(TestInput input, byte[] metadata);

    /// Runs it without metadata.
    default TestRun fire(TestInput input) {
      return fire(input, new byte[0]);
    }
  }

  private final List<Attachment> attachments = new CopyOnWriteArrayList<>();
  private final SimulatedKernel kernel;

  Attachments(SimulatedKernel kernel) {
    this.kernel = kernel;
  }

  /// Attaches a program.
  ///
  /// @throws IllegalArgumentException if that kind of program does not go there
  /// @throws SyscallException if an interface has an XDP program already
  Link attach(LoadedProgram program, Hook hook, Attached attached) {
    ProgramFamily wanted = hook.family();
    if (program.kind().family() != wanted) {
      throw new IllegalArgumentException(
          "program `"
              + program.name()
              + "` is of kind "
              + program.kind()
              + ", not for "
              + wanted
              + " hooks");
    }
    if (program.kind() == ProgramKind.FREPLACE) {
      throw new UnsupportedFeatureException("extensions, being simulated", null);
    }
    if (hook instanceof Hook.Xdp xdp && !at(Hook.Xdp.class, on(xdp)).isEmpty()) {
      throw new SyscallException(
          "attach " + program.name() + " to " + xdp.networkInterface(),
          EBUSY,
          "EBUSY: the interface has an XDP program already");
    }
    Attachment attachment =
        hook instanceof Hook.WithCookie(Hook inner, ToLongFunction<String> cookies)
            ? new Attachment(inner, withCookie(attached, cookies.applyAsLong(function(inner))))
            : new Attachment(hook, attached);
    attachments.add(attachment);
    return attachment;
  }

  /// While it runs, the helper finds the cookie.
  private Attached withCookie(Attached attached, long cookie) {
    return (input, metadata) ->
        kernel.locked(
            () -> {
              long before = kernel.environment.cookie;
              kernel.environment.cookie = cookie;
              try {
                return attached.fire(input, metadata);
              } finally {
                kernel.environment.cookie = before;
              }
            });
  }

  /// The name that a hook's cookie goes by, as on Linux; of several functions none is simulated.
  private static String function(Hook hook) {
    return switch (hook) {
      case Hook.Tracepoint tracepoint -> tracepoint.name();
      case Hook.RawTracepoint tracepoint -> tracepoint.name();
      case Hook.Tracing tracing -> tracing.target();
      case Hook.Kprobe kprobe -> kprobe.function();
      case Hook.Uprobe uprobe -> uprobe.place().function();
      default -> "";
    };
  }

  private static Predicate<Hook.Xdp> on(Hook.Xdp xdp) {
    return other -> other.networkInterface().equals(xdp.networkInterface());
  }

  /// The programs at the hooks of a kind that the predicate accepts.
  <H extends Hook> List<Attached> at(Class<H> kind, Predicate<H> where) {
    return attachments.stream()
        .filter(a -> kind.isInstance(a.hook) && where.test(kind.cast(a.hook)))
        .map(a -> a.attached)
        .toList();
  }

  private final class Attachment implements Link {

    private final Hook hook;
    private final Attached attached;
    private volatile boolean pinned;

    Attachment(Hook hook, Attached attached) {
      this.hook = hook;
      this.attached = attached;
    }

    @Override
    public Hook hook() {
      return hook;
    }

    @Override
    public boolean diesWithProcess() {
      return !pinned;
    }

    @Override
    public void pin(Path path) {
      pinned = true;
    }

    @Override
    public Link release() {
      return this;
    }

    @Override
    public void close() {
      if (!pinned) {
        attachments.remove(this);
      }
    }
  }
}
