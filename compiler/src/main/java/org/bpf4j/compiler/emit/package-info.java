/// From allocated code to a BPF object.
///
/// [Emitter][org.bpf4j.compiler.emit.Emitter] is the arrow: it orders blocks, encodes, shares
/// subprograms, and describes everything in BTF. Equal programs give equal bytes.
package org.bpf4j.compiler.emit;
