package org.bpf4j.attach;

import org.bpf4j.event.Events;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Link;
import org.bpf4j.handle.LoadedProgram;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.object.ProgramSection;
import org.bpf4j.sys.AttachCommands;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.Errno;
import org.bpf4j.sys.Failure;
import org.bpf4j.sys.KernelLink;
import org.bpf4j.sys.KernelMap;
import org.bpf4j.sys.KernelProgram;
import org.bpf4j.sys.PlainLink;
import org.bpf4j.sys.Refusal;

/// Attaches programs to maps of sockets: by a link where the kernel has them (Linux 6.10), else by
/// `BPF_PROG_ATTACH`.
final class SocketMapAttachment {

  private static final KernelVersion LINKS = new KernelVersion(6, 10);

  private SocketMapAttachment() {}

  /// Attaches to a map.
  ///
  /// @throws IllegalArgumentException if the map is of another kernel
  static Link attach(Descriptor program, ProgramSection section, Hook.SocketMap hook) {
    if (!(hook.map() instanceof KernelMap map)) {
      throw new IllegalArgumentException(hook + " is not in this kernel");
    }
    Descriptor own = map.share();
    int type = section.attachType();
    long link = AttachCommands.createLink(program.number(), own.number(), type, 0);
    if (!Errno.EINVAL.is(link)) {
      own.close();
      return KernelLink.of(hook, Refusal.attached(link, hook));
    }
    try {
      Refusal.check(AttachCommands.attach(own.number(), program.number(), type), hook);
      return new Attached(hook, own, program.duplicate(), type);
    } catch (RuntimeException e) {
      own.close();
      throw e;
    }
  }

  /// An attachment without a link: it lasts as long as the map.
  private static final class Attached extends PlainLink {

    private final Hook.SocketMap hook;
    private final Descriptor map;
    private final int type;
    private Descriptor program;
    private boolean closed;

    private Attached(Hook.SocketMap hook, Descriptor map, Descriptor program, int type) {
      super(hook, LINKS);
      this.hook = hook;
      this.map = map;
      this.program = program;
      this.type = type;
    }

    /// The map goes with its last descriptor, unless it is pinned.
    @Override
    public boolean diesWithProcess() {
      return true;
    }

    /// Such an attachment takes the place of one that is there.
    @Override
    public synchronized void update(LoadedProgram next) {
      if (closed) {
        throw new IllegalStateException(this + " is closed");
      }
      if (!(next instanceof KernelProgram other)) {
        throw new IllegalArgumentException("program `" + next.name() + "` is not in this kernel");
      }
      Descriptor own = other.with(Descriptor::duplicate);
      long result = AttachCommands.attach(map.number(), own.number(), type);
      if (result < 0) {
        own.close();
        throw Refusal.ofAttach(result, hook);
      }
      program.close();
      program = own;
    }

    @Override
    public synchronized void close() {
      if (closed) {
        return;
      }
      closed = true;
      try (Descriptor held = map;
          Descriptor attached = program) {
        long result = AttachCommands.detach(held.number(), attached.number(), type);
        if (!Errno.ENOENT.is(result)) {
          Failure.check(result, "detaching from " + hook);
          Events.detached(hook.toString());
        }
      }
    }
  }
}
