package org.bpf4j.attach;

import java.util.Set;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Link;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.sys.AttachCommands;
import org.bpf4j.sys.Bpf;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.Errno;
import org.bpf4j.sys.KernelLink;
import org.bpf4j.sys.Refusal;

/// Attaches structs of functions: by a link, or where the kernel has none by what is in the map.
final class StructAttachment {

  /// `BPF_STRUCT_OPS` of `enum bpf_attach_type`.
  private static final int STRUCT_OPS = 44;

  private StructAttachment() {}

  /// Attaches a struct whose map holds it.
  static Link attach(Descriptor map, Hook.StructOps hook) {
    if (hook.link()) {
      long result = AttachCommands.createLink(map.number(), 0, STRUCT_OPS, 0);
      return KernelLink.of(hook, Refusal.attached(result, hook));
    }
    return new LastingLink(
        map.duplicate(),
        hook,
        new LastingLink.Ways(Bpf::empty, Set.of(Errno.ENOENT), null, new KernelVersion(6, 4)));
  }
}
