package org.bpf4j.sim;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.ToIntFunction;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Hook.Direction;
import org.bpf4j.inventory.KernelTerms;
import org.bpf4j.inventory.LinkTarget;
import org.bpf4j.object.ProgramKind;

/// What the kernel would say of where a program is attached, as far as a simulated one knows it;
/// numbers of what it has no counterpart of are 0.
final class LinkTargets {

  private LinkTargets() {}

  /// The place of a hook.
  ///
  /// @param interfaces the indices of network interfaces
  static LinkTarget of(Hook hook, ProgramKind kind, ToIntFunction<String> interfaces) {
    return switch (hook) {
      case Hook.Xdp xdp ->
          new LinkTarget.Xdp(interfaces.applyAsInt(xdp.networkInterface()), xdp.networkInterface());
      case Hook.Tc tc ->
          new LinkTarget.Tcx(
              interfaces.applyAsInt(tc.networkInterface()),
              tc.networkInterface(),
              tc.direction() == Direction.INGRESS ? "tcx_ingress" : "tcx_egress");
      case Hook.Netkit netkit ->
          new LinkTarget.Netkit(
              interfaces.applyAsInt(netkit.networkInterface()),
              netkit.networkInterface(),
              attachType(kind));
      case Hook.Cgroup _ -> new LinkTarget.Cgroup(0, attachType(kind));
      case Hook.Namespace _ -> new LinkTarget.NetworkNamespace(0, attachType(kind));
      case Hook.SocketMap _ -> new LinkTarget.SocketMap(0, attachType(kind));
      case Hook.RawTracepoint raw -> new LinkTarget.RawTracepoint(raw.name(), OptionalLong.empty());
      case Hook.Tracepoint event -> new LinkTarget.Tracepoint(event.name(), OptionalLong.empty());
      case Hook.Kprobe probe ->
          new LinkTarget.Kprobe(probe.function(), 0, probe.atReturn(), 0, 0, OptionalLong.empty());
      case Hook.Tracing _ ->
          new LinkTarget.Tracing(kind.name().toLowerCase(Locale.ROOT), 0, 0, OptionalLong.empty());
      case Hook.WithCookie(Hook inner, _) -> of(inner, kind, interfaces);
      case Hook.Socket _,
          Hook.Channel _,
          Hook.Netfilter _,
          Hook.Route _,
          Hook.KprobeMulti _,
          Hook.Uprobe _,
          Hook.UprobeMulti _,
          Hook.Usdt _,
          Hook.PerfEvent _,
          Hook.StructOps _ ->
          new LinkTarget.Other(0);
    };
  }

  private static String attachType(ProgramKind kind) {
    return KernelTerms.attachType(kind.expectedAttachType());
  }
}
