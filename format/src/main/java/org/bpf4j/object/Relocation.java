package org.bpf4j.object;

import java.util.List;
import org.bpf4j.isa.Insn;
import org.bpf4j.isa.InsnIndex;

/// A place in a function whose constant becomes known when the object is loaded.
///
/// @param at the instruction to patch, in slots from the function's start
/// @param target what it refers to
public record Relocation(InsnIndex at, Target target) {

  /// What a relocated instruction refers to.
  public sealed interface Target {
    /// A map: a wide load of its descriptor.
    record MapReference(String map) implements Target {}

    /// A byte of a data section: a wide load of its address.
    record DataReference(String section, int offset) implements Target {}

    /// A subprogram: the target of a call.
    record SubprogramCall(String function) implements Target {}

    /// A subprogram's address: a wide load, used for callbacks.
    record SubprogramAddress(String function) implements Target {}

    /// A table of places in the same function, in slots from its start: a wide load of the table's
    /// address. What is read from it is where [Insn.JumpRegister] goes on (Linux 6.19).
    record JumpTable(List<Integer> slots) implements Target {
      /// Copies the list.
      public JumpTable {
        slots = List.copyOf(slots);
      }
    }

    /// A function or variable of the kernel, see [Kfunc]: a call, or a wide load of its address.
    ///
    /// @param weak whether the program copes without it: then its address is null
    record Extern(String name, boolean weak) implements Target {
      /// One that must be there.
      public Extern(String name) {
        this(name, false);
      }
    }
  }

  /// The relocated instruction with its constant as it stands before relocation: a wide load has
  /// the value 0 (kind `FUNCTION` for a subprogram's address), a call calls subprogram −1.
  ///
  /// @throws IllegalArgumentException if such an instruction cannot have this target
  public Insn placeholder(Insn insn) {
    return switch (insn) {
      case Insn.LoadImm64(var dst, _, _) when !(target instanceof Target.SubprogramCall) ->
          target instanceof Target.SubprogramAddress
              ? new Insn.LoadImm64(dst, Insn.ImmKind.FUNCTION, 0)
              : new Insn.LoadImm64(dst, Insn.ImmKind.VALUE, 0);
      case Insn.Call _
          when target instanceof Target.SubprogramCall || target instanceof Target.Extern ->
          new Insn.Call(Insn.CallKind.SUBPROGRAM, -1);
      default -> throw new IllegalArgumentException(insn + " cannot refer to " + target);
    };
  }
}
