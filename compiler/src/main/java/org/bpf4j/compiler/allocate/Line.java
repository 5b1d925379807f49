package org.bpf4j.compiler.allocate;

import org.bpf4j.compiler.machine.MachineInsn;
import org.bpf4j.compiler.machine.Register;
import org.bpf4j.compiler.machine.Register.Virtual;

/// A line of code while registers are assigned, with the instruction that it stands for, so that
/// [AllocationChecker] can tell whether it still reads the same values.
sealed interface Line {

  /// An instruction of the program. Its operands may be pinned, or stand-ins for spilled ones; a
  /// plain move may have become a load or store of a spill slot.
  record Kept(MachineInsn<Register> insn, MachineInsn<Virtual> of) implements Line {}

  /// An instruction that the allocator added.
  record Inserted(MachineInsn<Register> insn) implements Line {}

  /// A move between two registers that share a spill slot: nothing is left of it.
  record Dropped(MachineInsn.Move<Virtual> of) implements Line {}
}
