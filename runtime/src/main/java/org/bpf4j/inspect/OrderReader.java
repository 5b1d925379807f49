package org.bpf4j.inspect;

import java.util.List;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Hook.Direction;
import org.bpf4j.inventory.HookOrder;
import org.bpf4j.kernel.NoSuchTargetException;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.Errno;
import org.bpf4j.sys.Failure;
import org.bpf4j.sys.Interfaces;
import org.bpf4j.sys.OrderCommands;
import org.bpf4j.sys.SpecialFiles;

/// Asks in which order programs run.
final class OrderReader {

  /// `BPF_TCX_INGRESS` and `BPF_TCX_EGRESS` of `enum bpf_attach_type`.
  private static final int TCX_INGRESS = 46;

  private static final int TCX_EGRESS = 47;

  private OrderReader() {}

  static HookOrder read(ProgramKind kind, Hook hook) {
    return switch (hook) {
      case Hook.Tc tc ->
          OrderCommands.query(
              index(tc.networkInterface()),
              tc.direction() == Direction.INGRESS ? TCX_INGRESS : TCX_EGRESS,
              tc.toString());
      case Hook.Netkit netkit ->
          OrderCommands.query(
              index(netkit.networkInterface()), kind.expectedAttachType(), netkit.toString());
      case Hook.Cgroup cgroup -> cgroup(kind, cgroup);
      default -> throw new IllegalArgumentException("programs have no order at " + hook);
    };
  }

  private static int index(String networkInterface) {
    long index = Interfaces.index(networkInterface);
    if (Errno.ENODEV.is(index)) {
      throw new NoSuchTargetException("network interface \"" + networkInterface + "\"", List.of());
    }
    return Math.toIntExact(Failure.check(index, "index of " + networkInterface));
  }

  private static HookOrder cgroup(ProgramKind kind, Hook.Cgroup hook) {
    long folder = SpecialFiles.open(hook.directory());
    if (Errno.ENOENT.is(folder) || Errno.ENOTDIR.is(folder)) {
      throw new NoSuchTargetException("cgroup (version 2) " + hook.directory(), List.of());
    }
    try (Descriptor group = Descriptor.of(folder, "opening " + hook.directory())) {
      return OrderCommands.query(group.number(), kind.expectedAttachType(), hook.toString());
    }
  }
}
