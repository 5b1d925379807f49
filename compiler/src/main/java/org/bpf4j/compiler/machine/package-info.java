/// Code in the shapes of BPF's instructions, before and after registers are assigned.
///
/// Start at [MachineInsn]. The same records serve both sides of the allocator: their registers are
/// [Register.Virtual] before it and [Register.Physical] behind it, where operands that an
/// instruction pins (arguments, results) stand in the register that it pins them to.
package org.bpf4j.compiler.machine;
