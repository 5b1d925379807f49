package org.bpf4j.sys;

import org.bpf4j.handle.LoadedObject;

/// Reaches into loaded objects, for tests of what is beneath them.
public final class TestPrograms {

  private TestPrograms() {}

  /// The descriptor of a program.
  public static Descriptor descriptor(LoadedObject object, String program) {
    return ((KernelProgram) object.program(program)).descriptor();
  }
}
