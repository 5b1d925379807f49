package org.bpf4j.vm;

import org.bpf4j.isa.InsnIndex;

/// How a run ended.
public sealed interface Outcome {

  /// The program returned.
  ///
  /// @param r0 all 64 bits of `r0`
  record Returned(long r0) implements Outcome {}

  /// The program did what a verified program cannot do; nothing after that instruction happened.
  ///
  /// @param kind what it did
  /// @param at the instruction, in slots from the program's start
  /// @param message the numbers: addresses, sizes, bounds
  record Fault(Kind kind, InsnIndex at, String message) implements Outcome {}

  /// The program was stopped since it executed as many instructions as it was allowed to.
  ///
  /// @param at where it was
  /// @param budget the instructions it was allowed
  record BudgetExhausted(InsnIndex at, long budget) implements Outcome {}

  /// Kinds of faults.
  enum Kind {
    /// An access through null, or null plus a small offset.
    NULL_POINTER,
    /// An access through a number that is no pointer, or through a pointer to what is gone.
    INVALID_POINTER,
    /// An access beyond the bounds of the object that the pointer points into.
    OUT_OF_BOUNDS,
    /// A store to memory that the program may only read.
    READ_ONLY,
    /// An atomic access that is not aligned to its size.
    MISALIGNED,
    /// A jump or a fall out of the program, or into the middle of a wide instruction.
    LEFT_PROGRAM,
    /// More than eight nested frames.
    CALL_DEPTH,
    /// A helper called with an argument that it cannot take.
    BAD_ARGUMENT,
    /// The program returned while it held what it must give back.
    LEAK,
    /// An instruction or helper that this machine does not have.
    UNSUPPORTED
  }
}
