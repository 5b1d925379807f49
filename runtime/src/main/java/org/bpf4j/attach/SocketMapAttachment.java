package org.bpf4j.attach;

import java.nio.file.Path;
import org.bpf4j.event.Events;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Link;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.object.ProgramSection;
import org.bpf4j.sys.AttachCommands;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.Errno;
import org.bpf4j.sys.Failure;
import org.bpf4j.sys.KernelLink;
import org.bpf4j.sys.KernelMap;
import org.bpf4j.sys.Refusal;

/// Attaches programs to maps of sockets: by a link where the kernel has them (Linux 6.10), else by
/// `BPF_PROG_ATTACH`.
final class SocketMapAttachment {

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
  private record Attached(Hook hook, Descriptor map, Descriptor program, int type) implements Link {

    /// The map goes with its last descriptor, unless it is pinned.
    @Override
    public boolean diesWithProcess() {
      return true;
    }

    @Override
    public void pin(Path path) {
      throw new UnsupportedFeatureException("pinning of " + hook, new KernelVersion(6, 10));
    }

    @Override
    public Link release() {
      return this;
    }

    @Override
    public void close() {
      try (map;
          program) {
        long result = AttachCommands.detach(map.number(), program.number(), type);
        if (!Errno.ENOENT.is(result)) {
          Failure.check(result, "detaching from " + hook);
          Events.detached(hook.toString());
        }
      }
    }
  }
}
