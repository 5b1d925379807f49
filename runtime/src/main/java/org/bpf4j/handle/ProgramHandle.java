package org.bpf4j.handle;

/// A program of a skeleton, typed by its kind.
///
/// What it attaches belongs to the skeleton, which detaches it when it is closed. A program that
/// was skipped at load is still there, but anything done with it is an [IllegalArgumentException].
public abstract sealed class ProgramHandle
    permits XdpProgram,
        TcProgram,
        NetkitProgram,
        CgroupSkbProgram,
        CgroupProgram,
        SocketMapProgram,
        SkReuseportProgram,
        SkLookupProgram,
        FlowDissectorProgram,
        NetfilterProgram,
        LwtProgram,
        XdpMapProgram,
        SocketFilterProgram,
        TracepointProgram,
        RawTracepointProgram,
        KprobeProgram,
        TracingProgram,
        IterProgram,
        KprobeMultiProgram,
        ProcessProgram,
        UprobeMultiProgram,
        PerfEventProgram,
        StructOpsProgram,
        SyscallProgram {

  private final LoadedObject object;
  private final String name;
  private final Links links;

  /// A program by its name in an object.
  ///
  /// @param links who owns its attachments
  ProgramHandle(LoadedObject object, String name, Links links) {
    this.object = object;
    this.name = name;
    this.links = links;
  }

  /// The program's ELF name.
  public final String name() {
    return name;
  }

  /// The program as the kernel has it.
  ///
  /// @throws IllegalArgumentException if it was skipped
  public final LoadedProgram loaded() {
    return object.program(name);
  }

  /// Attaches to a hook of any sort, such as one with a cookie; the link is the skeleton's.
  ///
  /// @throws IllegalArgumentException if programs of this kind are not attached to such
  public final Link attachTo(Hook hook) {
    return links.own(loaded().attach(hook));
  }

  @Override
  public String toString() {
    return "program " + name;
  }
}
