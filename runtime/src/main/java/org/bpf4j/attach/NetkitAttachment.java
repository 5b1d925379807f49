package org.bpf4j.attach;

import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Link;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.KernelLink;
import org.bpf4j.sys.OrderCommands;
import org.bpf4j.sys.Refusal;

/// Attaches programs to netkit devices by links (Linux 6.7).
final class NetkitAttachment {

  private NetkitAttachment() {}

  /// Attaches to a pair by its primary device.
  static Link attach(Descriptor program, ProgramKind kind, Hook.Netkit hook) {
    int index = NetworkInterfaces.index(hook.networkInterface());
    long result = OrderCommands.createLink(program, index, kind.expectedAttachType(), hook.order());
    return KernelLink.of(hook, Refusal.attached(result, hook));
  }
}
