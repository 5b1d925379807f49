/// From SSA to machine shapes.
///
/// [Selector][org.bpf4j.compiler.select.Selector] is the arrow. What costs nothing vanishes here (a
/// refinement is its operand's register, a constant an immediate, an address an offset), and block
/// parameters become moves on the edges.
package org.bpf4j.compiler.select;
