package org.bpf4j.sys;

import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Link;
import org.bpf4j.object.ProgramKind;

/// Attaches programs to hooks.
@FunctionalInterface
public interface Attacher {

  /// Attaches a program.
  ///
  /// @param kind the program's kind
  /// @param name the program's name, for messages and owner tags
  /// @throws org.bpf4j.kernel.BpfException if the kernel refuses or the target does not exist
  Link attach(Descriptor program, ProgramKind kind, String name, Hook hook);
}
