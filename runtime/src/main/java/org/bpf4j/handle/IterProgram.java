package org.bpf4j.handle;

/// A program that writes a list of the kernel.
public final class IterProgram extends ProgramHandle {

  IterProgram(LoadedObject object, String name, Links links) {
    super(object, name, links);
  }

  /// The whole list as text.
  public String read() {
    return read(new ListScope.All());
  }

  /// A part of the list as text.
  public String read(ListScope scope) {
    return loaded().list(scope);
  }
}
