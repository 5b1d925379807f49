package org.bpf4j.isa;

/// How many bits of its registers an ALU or jump instruction looks at.
///
/// `W32` (classes ALU and JMP32) reads the low halves; an ALU result of that width clears the upper
/// half of its destination (RFC 9669 §4).
public enum Width {
  W32,
  W64
}
