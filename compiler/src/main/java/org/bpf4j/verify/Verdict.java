package org.bpf4j.verify;

import java.util.List;

/// What the check of one program found.
public sealed interface Verdict {

  /// The program's ELF name.
  String program();

  /// Nobody looked: only the kernel will say.
  ///
  /// @param program the program's ELF name
  /// @param reason why it was not checked
  record NotChecked(String program, String reason) implements Verdict {}

  /// The program keeps every rule.
  ///
  /// @param program the program's ELF name
  record Accepted(String program) implements Verdict {}

  /// The program breaks rules.
  ///
  /// @param program the program's ELF name
  /// @param obligations what does not hold, in the order of the code
  record Rejected(String program, List<String> obligations) implements Verdict {
    /// Copies the list.
    public Rejected {
      obligations = List.copyOf(obligations);
    }
  }
}
