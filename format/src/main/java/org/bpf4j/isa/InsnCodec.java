package org.bpf4j.isa;

import java.util.List;

/// The encoding of instructions: slots of eight bytes, little-endian (RFC 9669 §3).
///
/// `decode(encode(x))` equals `x`, up to operands that an instruction ignores: those come back as
/// `0` or `r0`.
public final class InsnCodec {

  /// Bytes of a slot.
  public static final int SLOT_BYTES = 8;

  private InsnCodec() {}

  /// Encodes instructions one after the other.
  ///
  /// @throws IllegalArgumentException if a value does not fit its field, or a combination does not
  ///   exist, such as a sign-extending load of 64 bits
  public static byte[] encode(List<Insn> insns) {
    int slots = Insn.slots(insns);
    return new InsnEncoder(slots).encode(insns);
  }

  /// Decodes instructions, all of them.
  ///
  /// @throws org.bpf4j.isa.MalformedObjectException if there is an unknown opcode, a register that
  ///   does not exist, an unused field that is not zero, or half an instruction
  public static List<Insn> decode(byte[] bytes) {
    return List.copyOf(new InsnDecoder(bytes, true).decode());
  }

  /// Decodes instructions; a slot that is none is an [Insn.Unknown].
  ///
  /// @throws org.bpf4j.isa.MalformedObjectException if the bytes are not whole slots
  public static List<Insn> decodeAny(byte[] bytes) {
    return List.copyOf(new InsnDecoder(bytes, false).decode());
  }
}
