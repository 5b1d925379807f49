/// From an SSA program to a better one that means the same.
///
/// [org.bpf4j.compiler.optimize.Optimizer] runs the passes of
/// [org.bpf4j.compiler.optimize.PassOrder]. What a pass may do is limited by the kernel's verifier,
/// the code's second reader: no pointer arithmetic is speculated, no check is moved, no checked
/// value is computed again, and no load of shared memory is duplicated.
package org.bpf4j.compiler.optimize;
