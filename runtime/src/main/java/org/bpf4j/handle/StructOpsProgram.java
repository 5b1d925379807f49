package org.bpf4j.handle;

/// A program that is a function of a struct of the kernel; it is attached with the struct, by
/// [Operations].
public final class StructOpsProgram extends ProgramHandle {

  StructOpsProgram(LoadedObject object, String name, Links links) {
    super(object, name, links);
  }
}
