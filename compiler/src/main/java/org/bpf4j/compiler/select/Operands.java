package org.bpf4j.compiler.select;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.bpf4j.compiler.machine.MachineInsn;
import org.bpf4j.compiler.machine.MachineInsn.Base;
import org.bpf4j.compiler.machine.MachineInsn.Source;
import org.bpf4j.compiler.machine.MachineInsn.Symbol;
import org.bpf4j.compiler.machine.Register.Content;
import org.bpf4j.compiler.machine.Register.Virtual;
import org.bpf4j.compiler.select.Uses.Fixed;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Origin;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.isa.Insn.AluOp;
import org.bpf4j.isa.Width;

/// Where the values of a function are: in registers, immediates, or places relative to a base.
///
/// Constants and addresses of the frame, of maps and of data are made anew where they are needed;
/// everything else has one register for life.
final class Operands {

  /// Offsets of accesses are 16-bit (RFC 9669 §3); what is beyond is added to the base.
  private static final int MAX_OFFSET = Short.MAX_VALUE - Long.BYTES;

  private final Uses uses;
  private final Assembly assembly;
  private final Map<Value, Virtual> registers = new HashMap<>();

  Operands(Uses uses, Assembly assembly) {
    this.uses = uses;
    this.assembly = assembly;
  }

  /// A base and an offset that an access can name.
  record Place(Base<Virtual> base, int offset) {
    Place plus(int bytes) {
      return new Place(base, offset + bytes);
    }
  }

  static Width width(Type type) {
    return type == Type.I32 ? Width.W32 : Width.W64;
  }

  /// The register that holds the value for life; its instruction writes it.
  Virtual home(Value value) {
    Value root = uses.root(value);
    Content content =
        root.type() == Type.PTR
            ? Content.POINTER
            : uses.isChecked(root) ? Content.CHECKED : Content.NUMBER;
    return registers.computeIfAbsent(root, _ -> assembly.fresh(content));
  }

  /// A register with the value, to be read only.
  Virtual read(Value value, Origin origin) {
    if (uses.constant(value).isPresent()) {
      Virtual dst = assembly.fresh(Content.NUMBER);
      write(dst, value, origin);
      return dst;
    }
    return switch (uses.definition(value).orElse(null)) {
      case Inst.MapAddress i -> assembly.address(new Symbol.MapSymbol(i.map()), origin);
      case Inst.FunctionAddress i ->
          assembly.address(new Symbol.FunctionSymbol(i.function()), origin);
      case Inst.KernelAddress i ->
          assembly.address(new Symbol.KernelSymbol(i.symbol(), i.weak(), i.type()), origin);
      case Inst.GlobalAddress i when Uses.isSymbol(i) ->
          assembly.address(new Symbol.DataSymbol(i.section(), i.offset()), origin);
      case null, default -> {
        if (uses.fixed(value).isEmpty()) {
          yield home(value);
        }
        yield switch (uses.fixed(value).get()) {
          case Fixed.Data(String section, int offset) ->
              assembly.address(new Symbol.DataSymbol(section, offset), origin);
          case Fixed.Frame _ -> {
            Virtual dst = assembly.fresh(Content.POINTER);
            write(dst, value, origin);
            yield dst;
          }
        };
      }
    };
  }

  /// Whether the value has a register for life, rather than being made where it is needed.
  boolean isInRegister(Value value) {
    boolean isSymbol =
        switch (uses.definition(value).orElse(null)) {
          case Inst.MapAddress _, Inst.FunctionAddress _, Inst.KernelAddress _ -> true;
          case Inst.GlobalAddress i -> Uses.isSymbol(i);
          case null, default -> false;
        };
    return uses.constant(value).isEmpty() && uses.fixed(value).isEmpty() && !isSymbol;
  }

  /// Puts the value into a register of the caller's.
  void write(Virtual dst, Value value, Origin origin) {
    OptionalLong constant = uses.constant(value);
    if (constant.isPresent()) {
      long bits = constant.getAsLong();
      assembly.constant(dst, value.type() == Type.I32 ? bits & 0xffff_ffffL : bits, origin);
    } else if (uses.fixed(value).orElse(null) instanceof Fixed.Frame(int slot, int offset)) {
      assembly.add(new MachineInsn.FrameAddress<>(dst, assembly.slot(slot), offset, origin));
    } else {
      assembly.copy(dst, read(value, origin), origin);
    }
  }

  /// The value as right operand: an immediate where it fits.
  Source<Virtual> source(Value value, Origin origin) {
    OptionalLong constant = uses.constant(value);
    if (constant.isPresent() && isImmediate(value.type(), constant.getAsLong())) {
      return new Source.Imm<>((int) constant.getAsLong());
    }
    return new Source.Reg<>(read(value, origin));
  }

  private static boolean isImmediate(Type type, long bits) {
    return type == Type.I32 || bits == (int) bits;
  }

  /// The place that an address and an offset name.
  Place place(Value address, int offset, Origin origin) {
    return reachable(unlimited(address, offset, origin), origin);
  }

  private Place unlimited(Value address, int offset, Origin origin) {
    Fixed fixed = uses.fixed(address).orElse(null);
    if (fixed instanceof Fixed.Frame(int slot, int at)) {
      return new Place(new Base.Slot<>(assembly.slot(slot)), at + offset);
    }
    if (fixed instanceof Fixed.Data(String section, int at) && at + offset <= MAX_OFFSET) {
      Virtual base = assembly.address(new Symbol.DataSymbol(section, 0), origin);
      return new Place(new Base.Reg<>(base), at + offset);
    }
    if (fixed == null
        && uses.definition(address).orElse(null) instanceof Inst.PtrAdd add
        && uses.distance(add).isPresent()
        && uses.isOnlyAddress(address)) {
      return unlimited(add.base(), offset + uses.distance(add).getAsInt(), origin);
    }
    return new Place(new Base.Reg<>(read(address, origin)), offset);
  }

  private Place reachable(Place place, Origin origin) {
    if (Math.abs(place.offset()) <= MAX_OFFSET
        || !(place.base() instanceof Base.Reg<Virtual>(Virtual base))) {
      return place;
    }
    Virtual near = assembly.fresh(Content.POINTER);
    assembly.copy(near, base, origin);
    assembly.alu(Width.W64, AluOp.ADD, near, place.offset(), origin);
    return new Place(new Base.Reg<>(near), 0);
  }

  /// Writes `address + offset` into a register.
  void writeSum(Virtual dst, Value base, int offset, Origin origin) {
    Place place = unlimited(base, offset, origin);
    switch (place.base()) {
      case Base.Reg<Virtual>(Virtual register) -> {
        assembly.copy(dst, register, origin);
        if (place.offset() != 0) {
          assembly.alu(Width.W64, AluOp.ADD, dst, place.offset(), origin);
        }
      }
      case Base.Slot<Virtual>(int slot) ->
          assembly.add(new MachineInsn.FrameAddress<>(dst, slot, place.offset(), origin));
    }
  }
}
