package org.bpf4j.handle;

import java.util.List;
import org.bpf4j.kernel.NoSuchTargetException;

/// A program for the entry of a kernel function.
public final class KprobeProgram extends ProgramHandle implements TargetedProgram {

  private final List<String> functions;

  KprobeProgram(LoadedObject object, String name, Links links, List<String> functions) {
    super(object, name, links);
    this.functions = List.copyOf(functions);
  }

  /// Attaches to the first of the declared functions that this kernel has.
  @Override
  public Link attach() {
    NoSuchTargetException missing = null;
    for (String function : functions) {
      try {
        return attach(function);
      } catch (NoSuchTargetException e) {
        missing = e;
      }
    }
    throw missing == null ? new NoSuchTargetException("function to probe", List.of()) : missing;
  }

  /// Attaches to another function, whose parameters must be alike.
  public Link attach(String function) {
    return attachTo(new Hook.Kprobe(function));
  }
}
