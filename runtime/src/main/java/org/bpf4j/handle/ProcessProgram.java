package org.bpf4j.handle;

/// A program for one place in the code of processes.
///
/// @param <P> what says where the place is
public abstract sealed class ProcessProgram<P> extends ProgramHandle implements TargetedProgram
    permits UprobeProgram, UsdtProgram {

  /// What the kernel takes for all processes.
  private static final long ALL = -1;

  private final P place;

  /// @param place what the declaration says
  ProcessProgram(LoadedObject object, String name, Links links, P place) {
    super(object, name, links);
    this.place = place;
  }

  /// Attaches to the declared place, in every process that comes there.
  ///
  /// @throws org.bpf4j.kernel.NoSuchTargetException if there is no such file or place in it
  /// @throws org.bpf4j.kernel.IncompatibleTargetException if the place has fewer arguments than the
  ///   program has parameters, as far as that can be seen
  @Override
  public Link attach() {
    return attach(ALL);
  }

  /// Attaches to the declared place in one process.
  public Link attach(long process) {
    return attach(place, process);
  }

  /// Attaches to another place, whose parameters must be alike.
  ///
  /// @param process the process, or −1 for all
  public Link attach(P other, long process) {
    return attachTo(hook(other, process));
  }

  /// The hook at a place.
  abstract Hook hook(P at, long process);
}
