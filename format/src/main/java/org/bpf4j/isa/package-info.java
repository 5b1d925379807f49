/// The BPF instruction set (RFC 9669): model, bytes and text.
///
/// [Insn][org.bpf4j.isa.Insn] is the instruction set on a page;
/// [InsnCodec][org.bpf4j.isa.InsnCodec] is its encoding, [InsnPrinter][org.bpf4j.isa.InsnPrinter]
/// and [InsnParser][org.bpf4j.isa.InsnParser] its text as the kernel and `llvm-objdump` write it,
/// and [Assembler][org.bpf4j.isa.Assembler] reads the mnemonics of conformance suites.
package org.bpf4j.isa;
