package org.bpf4j.object;

import java.util.Set;

/// What the parameters of a program's method are; all of them may be left out.
public sealed interface ProgramParameters {

  /// One view of the context.
  ///
  /// @param layout the context
  /// @param writable the offsets of the fields that may be written
  record Context(ContextLayout layout, Set<Integer> writable) implements ProgramParameters {
    /// Copies the set.
    public Context {
      writable = Set.copyOf(writable);
    }
  }

  /// One view of a tracepoint's fields.
  record Fields() implements ProgramParameters {}

  /// The first arguments of the function that is entered, in registers.
  record Registers() implements ProgramParameters {}

  /// One struct that user space passes in and gets back.
  record Struct() implements ProgramParameters {}
}
