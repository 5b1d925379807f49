package org.bpf4j.handle;

import java.util.List;
import org.bpf4j.object.ProgramKind;

/// A program for the entries or the returns of many kernel functions.
public final class KprobeMultiProgram extends ProgramHandle implements TargetedProgram {

  private final List<String> functions;

  KprobeMultiProgram(LoadedObject object, String name, Links links, List<String> functions) {
    super(object, name, links);
    this.functions = List.copyOf(functions);
  }

  /// Attaches to all of the declared functions that this kernel has.
  ///
  /// @throws org.bpf4j.kernel.NoSuchTargetException if it has none
  @Override
  public Link attach() {
    return attach(functions);
  }

  /// Attaches to other functions, whose parameters must be alike.
  ///
  /// @param functions names, in which `*` and `?` may stand for letters
  public Link attach(List<String> functions) {
    boolean atReturn = loaded().kind() == ProgramKind.KRETPROBE_MULTI;
    return attachTo(new Hook.KprobeMulti(functions, atReturn));
  }
}
