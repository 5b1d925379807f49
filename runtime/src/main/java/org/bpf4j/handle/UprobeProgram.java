package org.bpf4j.handle;

import org.bpf4j.object.ProgramKind;

/// A program for the entry or the return of a function of processes.
public final class UprobeProgram extends ProgramHandle implements TargetedProgram {

  private final BinaryPlace place;

  UprobeProgram(LoadedObject object, String name, Links links, BinaryPlace place) {
    super(object, name, links);
    this.place = place;
  }

  /// Attaches to the declared function, in every process that runs it.
  ///
  /// @throws org.bpf4j.kernel.NoSuchTargetException if there is no such file or function
  @Override
  public Link attach() {
    return attach(place, -1);
  }

  /// Attaches to the declared function in one process.
  public Link attach(long process) {
    return attach(place, process);
  }

  /// Attaches to another place, whose parameters must be alike.
  ///
  /// @param process the process, or −1 for all
  public Link attach(BinaryPlace place, long process) {
    boolean atReturn = loaded().kind() == ProgramKind.URETPROBE;
    return attachTo(new Hook.Uprobe(place, process, atReturn));
  }
}
