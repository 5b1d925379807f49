package org.bpf4j.attach;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bpf4j.handle.AttachOrder;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Link;
import org.bpf4j.kernel.NoSuchTargetException;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.object.ProgramSection;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.Errno;
import org.bpf4j.sys.KernelLink;
import org.bpf4j.sys.MountTable;
import org.bpf4j.sys.NearNames;
import org.bpf4j.sys.OrderCommands;
import org.bpf4j.sys.Refusal;
import org.bpf4j.sys.SpecialFiles;

/// Attaches programs to cgroups, always by a link: every supported kernel has those (Linux 5.7).
final class CgroupAttachment {

  /// How a mount of groups of version 2 is called.
  private static final String FILE_SYSTEM = "cgroup2";

  private static final KernelVersion ORDERS = new KernelVersion(6, 17);

  private CgroupAttachment() {}

  /// Attaches to a cgroup; what is attached there already goes on running.
  static Link attach(Descriptor program, ProgramSection section, Hook.Cgroup hook) {
    long directory = SpecialFiles.open(hook.directory());
    if (Errno.ENOENT.is(directory) || Errno.ENOTDIR.is(directory)) {
      throw notThere(hook);
    }
    try (Descriptor cgroup = Descriptor.of(directory, "opening " + hook.directory())) {
      int type = section.attachType();
      long result = OrderCommands.createLink(program, cgroup.number(), type, hook.order());
      if (Errno.EINVAL.is(result)) {
        requireOrder(program, type, hook.order());
      }
      if (Errno.EBADF.is(result)) {
        throw notThere(hook);
      }
      return KernelLink.of(hook, Refusal.attached(result, hook));
    }
  }

  private static void requireOrder(Descriptor program, int type, AttachOrder order) {
    if (!order.equals(AttachOrder.ANY) && OrderCommands.isUnknown(program, type)) {
      throw new UnsupportedFeatureException("an order of programs at cgroups", ORDERS);
    }
    if (order.neighbour().orElse(null) instanceof AttachOrder.Neighbour.OfProgram) {
      throw new UnsupportedFeatureException(
          "a program as the neighbour of a link at cgroups: name the neighbour's link", null);
    }
  }

  /// A group beside it with a name like it, or else where the groups are.
  private static NoSuchTargetException notThere(Hook.Cgroup hook) {
    Path directory = hook.directory().toAbsolutePath().normalize();
    List<Path> roots = MountTable.folders(FILE_SYSTEM);
    Path parent = directory.getParent();
    boolean inside = roots.stream().anyMatch(directory::startsWith);
    return new NoSuchTargetException(
        "cgroup (version 2) " + hook.directory(),
        inside && parent != null
            ? near(parent, String.valueOf(directory.getFileName()))
            : roots.stream().map(Path::toString).toList());
  }

  private static List<String> near(Path parent, String name) {
    try (Stream<Path> groups = Files.list(parent)) {
      Stream<String> names =
          groups.filter(Files::isDirectory).map(group -> String.valueOf(group.getFileName()));
      return NearNames.of(name, names).stream()
          .map(other -> parent.resolve(other).toString())
          .toList();
    } catch (IOException _) {
      return List.of();
    }
  }
}
