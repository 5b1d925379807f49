package org.bpf4j.attach;

import org.bpf4j.handle.AttachOrder;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Hook.Direction;
import org.bpf4j.handle.Link;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.Errno;
import org.bpf4j.sys.KernelLink;
import org.bpf4j.sys.OrderCommands;
import org.bpf4j.sys.Refusal;

/// Attaches traffic control programs: by a tcx link, or on kernels before 6.6 by a filter.
final class TcAttachment {

  /// `BPF_TCX_INGRESS` and `BPF_TCX_EGRESS` of `enum bpf_attach_type`.
  private static final int TCX_INGRESS = 46;

  private static final int TCX_EGRESS = 47;

  private static final KernelVersion ORDERS = new KernelVersion(6, 6);

  private TcAttachment() {}

  /// Attaches to an interface.
  static Link attach(Descriptor program, String name, Hook.Tc hook) {
    int index = NetworkInterfaces.index(hook.networkInterface());
    int type = hook.direction() == Direction.INGRESS ? TCX_INGRESS : TCX_EGRESS;
    long result = OrderCommands.createLink(program, index, type, hook.order());
    if (Errno.EINVAL.is(result) && hook.order().equals(AttachOrder.ANY)) {
      return FilterAttachment.attach(program, name, hook, index);
    }
    if (Errno.EINVAL.is(result) && OrderCommands.isUnknown(program, type)) {
      throw new UnsupportedFeatureException(
          "an order of programs at traffic control; its filters run in no order that is said",
          ORDERS);
    }
    return KernelLink.of(hook, Refusal.attached(result, hook));
  }
}
