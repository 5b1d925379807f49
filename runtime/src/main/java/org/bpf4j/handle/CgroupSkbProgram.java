package org.bpf4j.handle;

import java.nio.file.Path;
import org.bpf4j.object.ProgramFamily;

/// A program for the packets of a cgroup's sockets.
public final class CgroupSkbProgram extends ProgramHandle {

  CgroupSkbProgram(LoadedObject object, String name, Links links) {
    super(object, name, links);
  }

  /// Attaches to a cgroup and those below it: to sockets that are made there from now on.
  ///
  /// @param cgroup its directory in a `cgroup2` file system
  /// @throws org.bpf4j.kernel.NoSuchTargetException if there is no such cgroup
  public Link attach(Path cgroup) {
    return attachTo(new Hook.Cgroup(cgroup, ProgramFamily.CGROUP_SKB));
  }

  /// Attaches to a cgroup and those below it, at a place among the programs that are there.
  ///
  /// @param cgroup its directory in a `cgroup2` file system
  /// @throws org.bpf4j.kernel.UnsupportedFeatureException if the kernel has no order there (Linux
  ///   6.17)
  public Link attach(Path cgroup, AttachOrder order) {
    return attachTo(new Hook.Cgroup(cgroup, ProgramFamily.CGROUP_SKB, order));
  }

  /// Runs it once over a frame, without any cgroup; the program sees the frame from its network
  /// header on.
  public CgroupSkbRun run(Frame frame) {
    return run(frame.bytes());
  }

  /// Runs it once over the bytes of a frame, without any cgroup.
  public CgroupSkbRun run(byte[] frame) {
    return new CgroupSkbRun(loaded().run(TestInput.packet(frame)));
  }
}
