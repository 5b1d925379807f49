package org.bpf4j.attach;

import java.util.function.ToLongFunction;
import org.bpf4j.event.AttachTiming;
import org.bpf4j.event.Events;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Link;
import org.bpf4j.kernel.BpfException;
import org.bpf4j.kernel.SyscallException;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.object.ProgramSection;
import org.bpf4j.sys.ChannelDescriptors;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.Errno;

/// The hooks of Linux: one way of attaching for each.
public final class LinuxHooks {

  private LinuxHooks() {}

  /// Attaches a program, or a struct of programs.
  ///
  /// @param section what the program was loaded as
  /// @param name the program's name, for messages and owner tags
  /// @throws org.bpf4j.kernel.NoSuchTargetException if what the hook names does not exist
  public static Link attach(Descriptor program, ProgramSection section, String name, Hook hook) {
    AttachTiming timing = Events.attaching();
    try {
      Link link =
          hook instanceof Hook.WithCookie(Hook inner, ToLongFunction<String> cookie)
              ? attach(program, section, name, inner, cookie)
              : attach(program, section, name, hook, _ -> 0);
      timing.attached(name, hook.toString());
      return link;
    } catch (SyscallException e) {
      throw explained(e, section.kind());
    }
  }

  /// Kernels take programs of some kinds that are newer than they are, and refuse to attach them.
  private static BpfException explained(SyscallException refusal, ProgramKind kind) {
    return refusal.errno() == Errno.EINVAL.number() && kind.since().isNewerThanRunning()
        ? new UnsupportedFeatureException("programs of kind " + kind, kind.since())
        : refusal;
  }

  private static Link attach(
      Descriptor program,
      ProgramSection section,
      String name,
      Hook hook,
      ToLongFunction<String> cookies) {
    ProgramKind kind = section.kind();
    return switch (hook) {
      case Hook.WithCookie _ -> throw new IllegalArgumentException("two cookies for " + hook);
      case Hook.Xdp xdp -> XdpAttachment.attach(program, xdp);
      case Hook.Tc tc -> TcAttachment.attach(program, name, tc);
      case Hook.Netkit netkit -> NetkitAttachment.attach(program, kind, netkit);
      case Hook.Cgroup cgroup -> CgroupAttachment.attach(program, section, cgroup);
      case Hook.Socket socket -> SocketLink.attach(program, kind, socket);
      case Hook.Channel(var channel, var family) ->
          SocketLink.attach(program, kind, new Hook.Socket(ChannelDescriptors.of(channel), family));
      case Hook.SocketMap map -> SocketMapAttachment.attach(program, section, map);
      case Hook.Namespace namespace -> NamespaceAttachment.attach(program, kind, namespace);
      case Hook.Netfilter netfilter -> NetfilterAttachment.attach(program, netfilter);
      case Hook.Route route -> RouteAttachment.attach(program, kind, name, route);
      case Hook.Tracepoint tracepoint -> EventAttachment.attach(program, tracepoint, cookies);
      case Hook.RawTracepoint tracepoint -> EventAttachment.attach(program, tracepoint, cookies);
      case Hook.KprobeMulti functions -> MultiAttachment.attach(program, kind, functions, cookies);
      case Hook.Uprobe uprobe -> UprobeAttachment.attach(program, uprobe, cookies);
      case Hook.UprobeMulti functions -> MultiAttachment.attach(program, kind, functions, cookies);
      case Hook.Usdt usdt -> UsdtAttachment.attach(program, name, usdt);
      case Hook.PerfEvent event -> EventAttachment.attach(program, event, cookies);
      case Hook.StructOps struct -> StructAttachment.attach(program, struct);
      case Hook.Tracing tracing -> TracingAttachment.attach(program, kind, tracing, cookies);
      case Hook.Kprobe kprobe -> KprobeAttachment.attach(program, kprobe, cookies);
    };
  }
}
