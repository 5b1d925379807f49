/// Programs in SSA form with block parameters.
///
/// Start at [Function], then [Inst] and [Terminator]. Loads and stores are explicit, every value is
/// typed and has an [Origin], and what a check established is itself a value ([Inst.Refine]).
package org.bpf4j.compiler.ssa;
