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

  /// A struct that the first argument is the address of, which may be written, then the other
  /// arguments as words.
  record Buffer() implements ProgramParameters {}

  /// What is in the registers where the program runs.
  record Registers(RegisterUse use) implements ProgramParameters {}

  /// The arguments of a static probe of processes, which attaching finds; see [ProbeSpecs].
  record Probe() implements ProgramParameters {}

  /// The arguments that the kernel's BTF describes, from the first.
  ///
  /// @param result whether the last parameter is what the function returned
  record Arguments(boolean result) implements ProgramParameters {}

  /// A view of the listing's context, then the fields of one item of the list, in the kernel's
  /// order. The kernel calls once more, without an item, when the list is at its end; that call
  /// does not reach the method.
  record Item() implements ProgramParameters {}

  /// What the registers hold that parameters are.
  enum RegisterUse {
    /// The first arguments of the function that is entered.
    ARGUMENTS,
    /// The one result of the function that is left.
    RESULT,
    /// The result of the function, and behind it its first arguments, each where it is known.
    SESSION,
    /// The address of the registers that a system call was entered with.
    SYSTEM_CALL
  }

  /// Those of the function that the program takes the place of: the context, numbers and structs.
  record Function() implements ProgramParameters {}

  /// One struct that user space passes in and gets back.
  record Struct() implements ProgramParameters {}
}
