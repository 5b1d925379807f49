package org.bpf4j.attach;

import java.util.List;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Link;
import org.bpf4j.kernel.NoSuchTargetException;
import org.bpf4j.object.ProgramSection;
import org.bpf4j.sys.AttachCommands;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.Errno;
import org.bpf4j.sys.KernelLink;
import org.bpf4j.sys.Refusal;
import org.bpf4j.sys.SpecialFiles;

/// Attaches programs to cgroups, always by a link: every supported kernel has those (Linux 5.7).
final class CgroupAttachment {

  private CgroupAttachment() {}

  /// Attaches to a cgroup; what is attached there already goes on running.
  static Link attach(Descriptor program, ProgramSection section, Hook.Cgroup hook) {
    long directory = SpecialFiles.open(hook.directory());
    if (Errno.ENOENT.is(directory) || Errno.ENOTDIR.is(directory)) {
      throw notThere(hook);
    }
    try (Descriptor cgroup = Descriptor.of(directory, "opening " + hook.directory())) {
      long result =
          AttachCommands.createLink(program.number(), cgroup.number(), section.attachType(), 0);
      if (Errno.EBADF.is(result)) {
        throw notThere(hook);
      }
      return KernelLink.of(hook, Refusal.attached(result, hook));
    }
  }

  private static NoSuchTargetException notThere(Hook.Cgroup hook) {
    return new NoSuchTargetException("cgroup (version 2) " + hook.directory(), List.of());
  }
}
