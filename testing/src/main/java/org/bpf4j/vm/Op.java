package org.bpf4j.vm;

/// What the interpreter does at one slot: an instruction with its operand forms folded away.
///
/// Constants are operands like registers (see [Code]), so an operation needs one form per width.
/// Names with `64` or `32` say the width; a 32-bit result clears the upper half.
enum Op {
  ADD64,
  SUB64,
  MUL64,
  DIV64,
  OR64,
  AND64,
  LSH64,
  RSH64,
  NEG64,
  MOD64,
  XOR64,
  MOV64,
  ARSH64,
  SDIV64,
  SMOD64,

  ADD32,
  SUB32,
  MUL32,
  DIV32,
  OR32,
  AND32,
  LSH32,
  RSH32,
  NEG32,
  MOD32,
  XOR32,
  MOV32,
  ARSH32,
  SDIV32,
  SMOD32,

  EXTEND8_64,
  EXTEND16_64,
  EXTEND32_64,
  EXTEND8_32,
  EXTEND16_32,

  KEEP16,
  KEEP32,
  KEEP64,
  SWAP16,
  SWAP32,
  SWAP64,

  /// A place in the arena, as programs reach it.
  ARENA,
  /// A place in the arena, as user space reaches it.
  SHARED,

  /// A wide constant: skips its second slot.
  CONSTANT,

  LOAD8,
  LOAD16,
  LOAD32,
  LOAD64,
  LOAD8_SIGNED,
  LOAD16_SIGNED,
  LOAD32_SIGNED,
  STORE8,
  STORE16,
  STORE32,
  STORE64,
  /// A read-modify-write; the details stand in the instruction.
  ATOMIC,

  JUMP,
  /// Goes on at the function address in a register.
  JUMP_REGISTER,
  EQ64,
  GT64,
  GE64,
  SET64,
  NE64,
  SGT64,
  SGE64,
  LT64,
  LE64,
  SLT64,
  SLE64,
  EQ32,
  GT32,
  GE32,
  SET32,
  NE32,
  SGT32,
  SGE32,
  LT32,
  LE32,
  SLT32,
  SLE32,
  MAY_GOTO,

  CALL_HELPER,
  CALL_SUBPROGRAM,
  EXIT,

  /// An instruction that is refused by name.
  REFUSED,
  /// The second slot of a wide instruction: nobody may jump there.
  INSIDE,
  /// Behind the last instruction, and the target of every jump that leaves the program.
  OUTSIDE
}
