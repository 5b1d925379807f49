package org.bpf4j.attach;

import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Hook.XdpMode;
import org.bpf4j.handle.Link;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.sys.AttachCommands;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.Errno;
import org.bpf4j.sys.KernelLink;
import org.bpf4j.sys.Refusal;

/// Attaches XDP programs, always by a link: every supported kernel has those (Linux 5.9).
final class XdpAttachment {

  /// `BPF_XDP` of `enum bpf_attach_type`.
  private static final int XDP = 37;

  private XdpAttachment() {}

  /// Attaches to an interface.
  static Link attach(Descriptor program, Hook.Xdp hook) {
    int index = NetworkInterfaces.index(hook.networkInterface());
    long result = AttachCommands.createLink(program.number(), index, XDP, flags(hook.mode()));
    if (Errno.EOPNOTSUPP.is(result)) {
      throw new UnsupportedFeatureException(
          hook.mode() + " XDP on " + hook.networkInterface() + ": its driver cannot", null);
    }
    return KernelLink.of(hook, Refusal.attached(result, hook));
  }

  /// `XDP_FLAGS_SKB_MODE` and `XDP_FLAGS_DRV_MODE` of `linux/if_link.h`.
  private static int flags(XdpMode mode) {
    return switch (mode) {
      case ANY -> 0;
      case GENERIC -> 1 << 1;
      case NATIVE -> 1 << 2;
    };
  }
}
