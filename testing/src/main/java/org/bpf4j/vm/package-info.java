/// A virtual machine for BPF bytecode: the instructions of RFC 9669 over memory that cannot be
/// left.
///
/// A [Machine] runs [Code] over a [Memory] and gives an [Outcome]; it is total: whatever the
/// instructions are, a run ends with a value, a typed fault that names the instruction, or an
/// exhausted budget, and never with an exception of Java's own or a hang. Calls of helpers go to
/// [Helpers]; this package knows none.
@NullMarked
package org.bpf4j.vm;

import org.jspecify.annotations.NullMarked;
