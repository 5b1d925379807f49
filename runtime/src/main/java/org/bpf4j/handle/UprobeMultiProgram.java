package org.bpf4j.handle;

import java.util.List;
import org.bpf4j.object.ProgramKind;

/// A program for the entries or the returns of many functions of processes.
public final class UprobeMultiProgram extends ProgramHandle implements TargetedProgram {

  private final List<BinaryPlace> places;

  UprobeMultiProgram(LoadedObject object, String name, Links links, List<BinaryPlace> places) {
    super(object, name, links);
    this.places = List.copyOf(places);
  }

  /// Attaches to the declared functions, in every process that runs them.
  ///
  /// @throws org.bpf4j.kernel.NoSuchTargetException if there is no such file or function
  @Override
  public Link attach() {
    return attach(-1);
  }

  /// Attaches to the declared functions in one process.
  public Link attach(long process) {
    List<String> functions = places.stream().map(BinaryPlace::function).toList();
    return attach(places.getFirst().binary(), functions, process);
  }

  /// Attaches to other functions, whose parameters must be alike.
  ///
  /// @param functions names, in which `*` and `?` may stand for letters
  /// @param process the process, or −1 for all
  public Link attach(String binary, List<String> functions, long process) {
    boolean atReturn = loaded().kind() == ProgramKind.URETPROBE_MULTI;
    return attachTo(new Hook.UprobeMulti(binary, functions, process, atReturn));
  }
}
