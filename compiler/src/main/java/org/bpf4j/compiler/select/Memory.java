package org.bpf4j.compiler.select;

import org.bpf4j.compiler.machine.MachineInsn;
import org.bpf4j.compiler.machine.MachineInsn.Base;
import org.bpf4j.compiler.machine.MachineInsn.Source;
import org.bpf4j.compiler.machine.Register.Content;
import org.bpf4j.compiler.machine.Register.Virtual;
import org.bpf4j.compiler.select.Operands.Place;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Origin;
import org.bpf4j.compiler.ssa.Region;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.isa.Insn.AluOp;
import org.bpf4j.isa.MemorySize;
import org.bpf4j.isa.Width;

/// Selects loads, stores and the operations on runs of bytes.
///
/// The verifier wants stack accesses naturally aligned (`check_ptr_alignment` is strict for
/// `PTR_TO_STACK`, as is `syscall_prog_is_valid_access`), so those that are not are made of smaller
/// ones; other memory may be accessed at any address on the machines that we support. Constants are
/// stored to a context through a register, since kernels before 6.4 know no other way.
final class Memory {

  private final Uses uses;
  private final SharedWords shared;
  private final Operands operands;
  private final Assembly assembly;

  Memory(Uses uses, SharedWords shared, Operands operands, Assembly assembly) {
    this.uses = uses;
    this.shared = shared;
    this.operands = operands;
    this.assembly = assembly;
  }

  void load(Inst.Load i) {
    Virtual dst = operands.home(i.result());
    if (uses.isFused(i.base())
        && uses.definition(i.base()).orElseThrow() instanceof Inst.PtrAdd add
        && uses.definition(add.offset()).orElseThrow() instanceof Inst.CoreConst core) {
      Virtual base = operands.read(add.base(), i.origin());
      assembly.add(new MachineInsn.CoreLoad<>(i.size(), dst, base, core.access(), i.origin()));
    } else {
      Place place = operands.place(i.base(), i.offset(), i.origin());
      int part = alignment(place, i.region(), i.size().bytes());
      loadParts(i.size(), dst, place, part, i.origin());
    }
    if (i.signed() && i.size().bytes() < Integer.BYTES) {
      int shift = Integer.SIZE - 8 * i.size().bytes();
      assembly.alu(Width.W32, AluOp.LSH, dst, shift, i.origin());
      assembly.alu(Width.W32, AluOp.ARSH, dst, shift, i.origin());
    }
  }

  private void loadParts(MemorySize size, Virtual dst, Place from, int part, Origin origin) {
    if (part >= size.bytes()) {
      assembly.add(new MachineInsn.Load<>(size, dst, from.base(), from.offset(), origin));
      return;
    }
    MemorySize piece = MemorySize.ofBytes(part);
    int last = size.bytes() - part;
    assembly.add(new MachineInsn.Load<>(piece, dst, from.base(), from.offset() + last, origin));
    for (int at = last - part; at >= 0; at -= part) {
      Virtual low = assembly.fresh(Content.NUMBER);
      assembly.add(new MachineInsn.Load<>(piece, low, from.base(), from.offset() + at, origin));
      assembly.alu(Width.W64, AluOp.LSH, dst, 8 * part, origin);
      assembly.alu(Width.W64, AluOp.OR, dst, low, origin);
    }
  }

  void store(Inst.Store i) {
    Source<Virtual> value =
        uses.narrowed(i)
            .<Source<Virtual>>map(wide -> new Source.Reg<>(operands.read(wide, i.origin())))
            .orElseGet(
                () -> storable(operands.source(i.value(), i.origin()), i.region(), i.origin()));
    Place place = operands.place(i.base(), i.offset(), i.origin());
    int part = alignment(place, i.region(), i.size().bytes());
    if (i.value().type() != Type.PTR) {
      part = unlikeSpills(i, part, value instanceof Source.Imm<Virtual>);
    }
    if (part >= i.size().bytes()) {
      assembly.add(
          new MachineInsn.Store<>(i.size(), place.base(), place.offset(), value, i.origin()));
    } else {
      storeParts(i, value, place, part);
    }
  }

  /// The size of the stores that a store is made of, none of which is taken for a spilled register.
  private int unlikeSpills(Inst.Store i, int part, boolean constant) {
    for (int at = 0; at < i.size().bytes(); at += part) {
      int offset = i.offset() + at;
      if (constant
          ? shared.beginsConstant(i.base(), offset, i.region(), part)
          : shared.begins(i.base(), offset, i.region(), part)) {
        return part / 2;
      }
    }
    return part;
  }

  private Source<Virtual> storable(Source<Virtual> source, Region region, Origin origin) {
    if (region.kind() == Region.Kind.CONTEXT
        && source instanceof Source.Imm<Virtual>(int constant)) {
      Virtual register = assembly.fresh(Content.NUMBER);
      assembly.constant(register, constant, origin);
      return new Source.Reg<>(register);
    }
    return source;
  }

  private void storeParts(Inst.Store i, Source<Virtual> value, Place place, int part) {
    switch (value) {
      case Source.Imm<Virtual>(int constant) -> {
        for (int at = 0; at < i.size().bytes(); at += part) {
          int bits = (int) ((long) constant >> Byte.SIZE * at);
          storePart(i, new Source.Imm<>(bits), place.plus(at), part);
        }
      }
      case Source.Reg<Virtual>(Virtual register) -> {
        Virtual rest = assembly.fresh(Content.NUMBER);
        assembly.copy(rest, register, i.origin());
        for (int at = 0; at < i.size().bytes(); at += part) {
          if (at > 0) {
            assembly.alu(Width.W64, AluOp.RSH, rest, Byte.SIZE * part, i.origin());
          }
          storePart(i, new Source.Reg<>(rest), place.plus(at), part);
        }
      }
    }
  }

  private void storePart(Inst.Store i, Source<Virtual> value, Place place, int bytes) {
    assembly.add(
        new MachineInsn.Store<>(
            MemorySize.ofBytes(bytes), place.base(), place.offset(), value, i.origin()));
  }

  /// `dst` is a copy of the operand that the operation may overwrite with the old value.
  void atomic(Inst.Atomic i) {
    Virtual operand = operands.read(i.operand(), i.origin());
    Place place = operands.place(i.base(), i.offset(), i.origin());
    if (i.op() == Inst.AtomicOp.CMPXCHG) {
      Virtual result =
          i.result().map(operands::home).orElseGet(() -> assembly.fresh(Content.NUMBER));
      Virtual expected = operands.read(i.expected().orElseThrow(), i.origin());
      assembly.add(
          new MachineInsn.CompareExchange<>(
              i.size(), result, place.base(), place.offset(), expected, operand, i.origin()));
      return;
    }
    boolean fetch = i.result().isPresent() || i.op() == Inst.AtomicOp.XCHG;
    if (fetch) {
      Virtual old = i.result().map(operands::home).orElseGet(() -> assembly.fresh(Content.NUMBER));
      assembly.copy(old, operand, i.origin());
      operand = old;
    }
    assembly.add(
        new MachineInsn.Atomic<>(
            i.size(), atomicOp(i.op()), fetch, place.base(), place.offset(), operand, i.origin()));
  }

  private static org.bpf4j.isa.Insn.AtomicOp atomicOp(Inst.AtomicOp op) {
    return switch (op) {
      case ADD -> org.bpf4j.isa.Insn.AtomicOp.ADD;
      case AND -> org.bpf4j.isa.Insn.AtomicOp.AND;
      case OR -> org.bpf4j.isa.Insn.AtomicOp.OR;
      case XOR -> org.bpf4j.isa.Insn.AtomicOp.XOR;
      case XCHG -> org.bpf4j.isa.Insn.AtomicOp.XCHG;
      case CMPXCHG -> org.bpf4j.isa.Insn.AtomicOp.CMPXCHG;
    };
  }

  void zero(Inst.Zero i) {
    Place place = operands.place(i.base(), i.offset(), i.origin());
    Source<Virtual> nothing = storable(new Source.Imm<>(0), i.region(), i.origin());
    for (int at = 0; at < i.bytes(); ) {
      int bytes = piece(place.plus(at), i.region(), i.bytes() - at);
      if (shared.beginsConstant(i.base(), i.offset() + at, i.region(), bytes)) {
        bytes /= 2;
      }
      assembly.add(
          new MachineInsn.Store<>(
              MemorySize.ofBytes(bytes), place.base(), place.offset() + at, nothing, i.origin()));
      at += bytes;
    }
  }

  void copy(Inst.Copy i) {
    Place to = operands.place(i.to(), i.toOffset(), i.origin());
    Place from = operands.place(i.from(), i.fromOffset(), i.origin());
    for (int at = 0; at < i.bytes(); ) {
      int bytes =
          Math.min(
              piece(to.plus(at), i.toRegion(), i.bytes() - at),
              piece(from.plus(at), i.fromRegion(), i.bytes() - at));
      if (shared.begins(i.to(), i.toOffset() + at, i.toRegion(), bytes)) {
        bytes /= 2;
      }
      MemorySize size = MemorySize.ofBytes(bytes);
      Virtual word = assembly.fresh(Content.NUMBER);
      assembly.add(new MachineInsn.Load<>(size, word, from.base(), from.offset() + at, i.origin()));
      assembly.add(
          new MachineInsn.Store<>(
              size, to.base(), to.offset() + at, new Source.Reg<>(word), i.origin()));
      at += bytes;
    }
  }

  /// The greatest size of one access to that place, at most `limit` bytes.
  private static int piece(Place place, Region region, int limit) {
    int bytes = Integer.highestOneBit(Math.min(limit, Long.BYTES));
    return alignment(place, region, bytes);
  }

  private static int alignment(Place place, Region region, int bytes) {
    boolean strict =
        place.base() instanceof Base.Slot<Virtual>
            || region.kind() == Region.Kind.STACK
            || region.kind() == Region.Kind.CONTEXT
            || region.kind() == Region.Kind.ANY;
    return strict && place.offset() != 0
        ? Math.min(bytes, Integer.lowestOneBit(place.offset()))
        : bytes;
  }

  /// `base + offset`; nothing where every user can name base and offset itself.
  void pointerSum(Inst.PtrAdd i) {
    if (uses.isFused(i.result()) || uses.fixed(i.result()).isPresent()) {
      return;
    }
    if (uses.distance(i).isPresent()) {
      if (!uses.isOnlyAddress(i.result())) {
        int offset = uses.distance(i).getAsInt();
        operands.writeSum(operands.home(i.result()), i.base(), offset, i.origin());
      }
      return;
    }
    Virtual dst = operands.home(i.result());
    operands.write(dst, i.base(), i.origin());
    assembly.alu(Width.W64, AluOp.ADD, dst, operands.read(i.offset(), i.origin()), i.origin());
  }
}
