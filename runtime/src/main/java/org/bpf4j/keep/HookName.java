package org.bpf4j.keep;

import org.bpf4j.handle.Hook;

/// What tells hooks of a program apart, in a folder that versions share: it stays the same when a
/// version attaches there in another mode or order.
final class HookName {

  private HookName() {}

  static String of(Hook hook) {
    return switch (hook) {
      case Hook.Xdp xdp -> "xdp " + xdp.networkInterface();
      case Hook.Tc tc -> "tc " + tc.direction() + " " + tc.networkInterface();
      case Hook.Netkit netkit -> "netkit " + netkit.networkInterface();
      case Hook.Cgroup cgroup -> "cgroup " + cgroup.directory();
      case Hook.WithCookie cookie -> of(cookie.hook());
      default -> hook.toString();
    };
  }
}
