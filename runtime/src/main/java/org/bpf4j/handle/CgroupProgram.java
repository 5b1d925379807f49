package org.bpf4j.handle;

import java.nio.file.Path;
import org.bpf4j.object.ProgramFamily;

/// A program for what the processes of a cgroup do: with sockets, settings and devices.
public final class CgroupProgram extends ProgramHandle {

  CgroupProgram(LoadedObject object, String name, Links links) {
    super(object, name, links);
  }

  /// Attaches to a cgroup and those below it.
  ///
  /// @param cgroup its directory in a `cgroup2` file system
  /// @throws org.bpf4j.kernel.NoSuchTargetException if there is no such cgroup
  public Link attach(Path cgroup) {
    return attachTo(new Hook.Cgroup(cgroup, ProgramFamily.CGROUP));
  }

  /// Attaches to a cgroup and those below it, at a place among the programs that are there.
  ///
  /// @param cgroup its directory in a `cgroup2` file system
  /// @throws org.bpf4j.kernel.UnsupportedFeatureException if the kernel has no order there (Linux
  ///   6.17)
  public Link attach(Path cgroup, AttachOrder order) {
    return attachTo(new Hook.Cgroup(cgroup, ProgramFamily.CGROUP, order));
  }

  /// Runs it once over a context struct and, for options of sockets, a value; simulated kernels
  /// can, Linux cannot.
  ///
  /// @return its result, and the struct and the value as it left them
  /// @throws org.bpf4j.kernel.UnsupportedFeatureException on Linux
  public TestRun run(TestInput input) {
    return loaded().run(input);
  }
}
