package org.bpf4j.attach;

import java.util.List;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Link;
import org.bpf4j.kernel.NoSuchTargetException;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.sys.AttachCommands;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.Errno;
import org.bpf4j.sys.KernelLink;
import org.bpf4j.sys.Refusal;
import org.bpf4j.sys.SpecialFiles;

/// Attaches programs to network namespaces, always by a link: every supported kernel has those
/// (Linux 5.8).
final class NamespaceAttachment {

  private NamespaceAttachment() {}

  /// Attaches to a network namespace.
  static Link attach(Descriptor program, ProgramKind kind, Hook.Namespace hook) {
    long file = SpecialFiles.open(hook.file());
    if (Errno.ENOENT.is(file)) {
      throw new NoSuchTargetException("network namespace " + hook.file(), List.of());
    }
    try (Descriptor namespace = Descriptor.of(file, "opening " + hook.file())) {
      long result =
          AttachCommands.createLink(
              program.number(), namespace.number(), kind.expectedAttachType(), 0);
      return KernelLink.of(hook, Refusal.attached(result, hook));
    }
  }
}
