package org.bpf4j.object;

import java.util.List;

/// An ELF section with instructions; for programs its name says how to attach them.
///
/// @param name the section's name, libbpf's convention: `xdp`,
///   `tracepoint/syscalls/sys_enter_execve`
/// @param functions the functions in it, in address order
public record CodeSection(String name, List<BpfFunction> functions) {

  /// The section of subprograms.
  public static final String TEXT = ".text";

  /// Copies the list.
  public CodeSection {
    functions = List.copyOf(functions);
  }

  /// Whether its programs are left out unless somebody asks for them, see [DataSection#OPTIONAL].
  public boolean isOptional() {
    return name.startsWith(DataSection.OPTIONAL);
  }

  /// Whether this is a section of subprograms, which cannot be attached.
  public boolean isText() {
    return isText(name);
  }

  /// Whether a section of that name has subprograms: compilers may give each a section of its own.
  static boolean isText(String name) {
    return name.equals(TEXT) || name.startsWith(TEXT + ".");
  }
}
