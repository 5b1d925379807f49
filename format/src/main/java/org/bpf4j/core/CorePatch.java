package org.bpf4j.core;

import org.bpf4j.isa.Insn;
import org.bpf4j.isa.MalformedObjectException;
import org.bpf4j.isa.MemorySize;

/// Puts a resolved constant into an instruction: an immediate, an offset, or a wide constant.
final class CorePatch {

  private CorePatch() {}

  /// Patches one instruction.
  ///
  /// @throws MalformedObjectException if the instruction has no place for a constant
  static CoreOutcome apply(Insn insn, CoreResult.Found found) {
    return switch (insn) {
      case Insn.Alu(var width, var op, var dst, Insn.Operand.Imm _) ->
          new CoreOutcome.Patched(
              new Insn.Alu(width, op, dst, new Insn.Operand.Imm(immediate(found.value()))));
      case Insn.LoadImm64(var dst, var kind, _) ->
          new CoreOutcome.Patched(new Insn.LoadImm64(dst, kind, found.value()));
      case Insn.Load(var size, var signed, var dst, var base, _) ->
          access(
              found,
              size,
              !signed,
              (newSize, off) -> new Insn.Load(newSize, signed, dst, base, off));
      case Insn.Store(var size, var base, _, var src) ->
          access(found, size, true, (newSize, off) -> new Insn.Store(newSize, base, off, src));
      case Insn.Alu _,
          Insn.MoveSignExtend _,
          Insn.Swap _,
          Insn.Atomic _,
          Insn.Ordered _,
          Insn.Jump _,
          Insn.JumpRegister _,
          Insn.Branch _,
          Insn.MayGoto _,
          Insn.Call _,
          Insn.CallRegister _,
          Insn.Exit _,
          Insn.LegacyLoad _,
          Insn.AddressSpaceCast _,
          Insn.Unknown _ ->
          throw new MalformedObjectException("a CO-RE relocation is at " + insn);
    };
  }

  private static int immediate(long value) {
    if ((int) value != value && value >>> 32 != 0) {
      throw new MalformedObjectException("a CO-RE constant of 64 bits is at a 32-bit immediate");
    }
    return (int) value;
  }

  /// An access follows the kernel's size where the value stays the same: a pointer of 32 bits, or
  /// an unsigned integer that became wider or narrower.
  private static CoreOutcome access(
      CoreResult.Found found, MemorySize size, boolean unsigned, Access access) {
    if ((short) found.value() != found.value()) {
      return new CoreOutcome.Impossible("offset " + found.value() + " is too far for one access");
    }
    int offset = (int) found.value();
    if (found.local() == found.target()) {
      return new CoreOutcome.Patched(access.at(size, offset));
    }
    if (size.bytes() != found.local()) {
      throw new MalformedObjectException(
          "an access of " + size.bytes() + " bytes is to a field of " + found.local());
    }
    if (!unsigned || !found.resizable() || Long.bitCount(found.target()) != 1) {
      return new CoreOutcome.Impossible(
          "the field has "
              + found.target()
              + " bytes here and "
              + found.local()
              + " in the program");
    }
    return found.target() > Long.BYTES
        ? new CoreOutcome.Impossible("the field has " + found.target() + " bytes here")
        : new CoreOutcome.Patched(access.at(MemorySize.ofBytes((int) found.target()), offset));
  }

  /// Makes an access of a size at an offset.
  private interface Access {
    Insn at(MemorySize size, int offset);
  }
}
