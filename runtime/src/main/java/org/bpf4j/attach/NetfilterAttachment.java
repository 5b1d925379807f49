package org.bpf4j.attach;

import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Link;
import org.bpf4j.sys.AttachCommands;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.KernelLink;
import org.bpf4j.sys.Refusal;

/// Attaches programs to netfilter hooks by links (Linux 6.4).
final class NetfilterAttachment {

  /// `NFPROTO_IPV4` and `NFPROTO_IPV6` of `linux/netfilter.h`.
  private static final int IPV4 = 2;

  private static final int IPV6 = 10;

  private NetfilterAttachment() {}

  /// Attaches to a hook of the calling thread's network namespace.
  @SuppressWarnings("EnumOrdinal") // `NF_INET_*` are numbered in the order of packets
  static Link attach(Descriptor program, Hook.Netfilter hook) {
    long result =
        AttachCommands.createNetfilterLink(
            program.number(), hook.ipv6() ? IPV6 : IPV4, hook.point().ordinal(), hook.priority());
    return KernelLink.of(hook, Refusal.attached(result, hook));
  }
}
