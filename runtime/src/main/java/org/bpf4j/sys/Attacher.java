package org.bpf4j.sys;

import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Link;

/// Attaches programs to hooks.
@FunctionalInterface
public interface Attacher {

  /// Attaches a program.
  ///
  /// @param name the program's name, for messages and owner tags
  /// @throws org.bpf4j.kernel.BpfException if the kernel refuses or the target does not exist
  Link attach(Descriptor program, String name, Hook hook);
}
