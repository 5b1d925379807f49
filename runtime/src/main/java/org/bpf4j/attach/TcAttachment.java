package org.bpf4j.attach;

import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Hook.Direction;
import org.bpf4j.handle.Link;
import org.bpf4j.sys.AttachCommands;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.Errno;
import org.bpf4j.sys.KernelLink;
import org.bpf4j.sys.Refusal;

/// Attaches traffic control programs: by a tcx link, or on kernels before 6.6 by a filter.
final class TcAttachment {

  /// `BPF_TCX_INGRESS` and `BPF_TCX_EGRESS` of `enum bpf_attach_type`.
  private static final int TCX_INGRESS = 46;

  private static final int TCX_EGRESS = 47;

  private TcAttachment() {}

  /// Attaches to an interface.
  static Link attach(Descriptor program, String name, Hook.Tc hook) {
    int index = NetworkInterfaces.index(hook.networkInterface());
    int type = hook.direction() == Direction.INGRESS ? TCX_INGRESS : TCX_EGRESS;
    long result = AttachCommands.createLink(program.number(), index, type, 0);
    return Errno.EINVAL.is(result)
        ? FilterAttachment.attach(program, name, hook, index)
        : KernelLink.of(hook, Refusal.attached(result, hook));
  }
}
