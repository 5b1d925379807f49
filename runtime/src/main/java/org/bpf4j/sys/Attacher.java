package org.bpf4j.sys;

import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Link;
import org.bpf4j.object.ProgramSection;

/// Attaches programs to hooks.
@FunctionalInterface
public interface Attacher {

  /// Attaches a program.
  ///
  /// @param section what the program was loaded as
  /// @param name the program's name, for messages and owner tags
  /// @throws org.bpf4j.kernel.BpfException if the kernel refuses or the target does not exist
  Link attach(Descriptor program, ProgramSection section, String name, Hook hook);
}
