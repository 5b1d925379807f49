package org.bpf4j.compiler.translate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.bpf4j.compiler.ssa.Fact;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Inst.BinaryOp;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Inst.UnaryOp;
import org.bpf4j.compiler.ssa.Region;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.isa.MemorySize;
import org.bpf4j.object.KernelFunction;
import org.bpf4j.object.KfuncType;

/// Appends instructions to the function being built: one method per instruction, and the few
/// combinations that every topic needs.
final class Code {
  private final SsaBuilder ssa;
  private final Map<Integer, List<Integer>> idleSlots = new HashMap<>();

  Code(SsaBuilder ssa) {
    this.ssa = ssa;
  }

  SsaBuilder ssa() {
    return ssa;
  }

  // Numbers.

  Value i32(long value) {
    int bits = (int) value;
    return ssa.constant(Type.I32, bits);
  }

  Value i64(long value) {
    return ssa.constant(Type.I64, value);
  }

  Value number(Type type, long value) {
    return type == Type.I32 ? i32(value) : ssa.constant(type, value);
  }

  Value nullPointer() {
    return ssa.constant(Type.PTR, 0);
  }

  OptionalLong constantOf(Value value) {
    return ssa.constantOf(value);
  }

  boolean isConstant(Value value, long number) {
    OptionalLong constant = ssa.constantOf(value);
    return constant.isPresent() && constant.getAsLong() == number;
  }

  Value binary(BinaryOp op, Value left, Value right) {
    Value result = ssa.newValue(left.type());
    ssa.add(new Inst.Binary(result, op, left, right, ssa.origin()));
    return result;
  }

  Value binary(BinaryOp op, Value left, long right) {
    return binary(op, left, number(left.type(), right));
  }

  Value unary(UnaryOp op, Value operand) {
    Type type =
        switch (op) {
          case NEG -> operand.type();
          case SEXT8, SEXT16, ZEXT8, ZEXT16, TRUNC, BE16, BE32 -> Type.I32;
          case SEXT32, ZEXT32, BE64, ADDRESS, NUMBER, ARENA_ADDRESS -> Type.I64;
          case POINTER, ARENA -> Type.PTR;
        };
    Value result = ssa.newValue(type);
    ssa.add(new Inst.Unary(result, op, operand, ssa.origin()));
    return result;
  }

  /// `left op right` as 0 or 1.
  Value compare(CompareOp op, Value left, Value right) {
    Value result = ssa.newValue(Type.I32);
    ssa.add(new Inst.Compare(result, op, left, right, ssa.origin()));
    return result;
  }

  Value compare(CompareOp op, Value left, long right) {
    return compare(op, left, number(left.type(), right));
  }

  Value refine(Value value, Fact fact) {
    Value result = ssa.newValue(value.type());
    ssa.add(new Inst.Refine(result, value, fact, ssa.origin()));
    return result;
  }

  /// `left op right ? then : otherwise`, by a branch.
  Value choose(CompareOp op, Value left, Value right, Value then, Value otherwise) {
    Draft join = ssa.newBlock();
    Value result = ssa.parameter(join, then.type());
    Draft yes = ssa.newBlock();
    ssa.branch(op, left, right, yes, List.of(), join, List.of(otherwise));
    ssa.enterSealed(yes);
    ssa.jump(join, then);
    ssa.enterSealed(join);
    return result;
  }

  // Memory.

  Value load(Address at, MemorySize size, boolean signed) {
    return load(at, size, signed, size == MemorySize.DW ? Type.I64 : Type.I32);
  }

  Value load(Address at, MemorySize size, boolean signed, Type type) {
    Value result = ssa.newValue(type);
    ssa.add(
        new Inst.Load(
            result, size, signed, at.base(), at.offset(), Region.ANY, at.kept(), ssa.origin()));
    return result;
  }

  void store(Address at, MemorySize size, Value value) {
    ssa.add(new Inst.Store(size, at.base(), at.offset(), value, Region.ANY, ssa.origin()));
  }

  void zero(Address at, int bytes) {
    if (bytes > 0) {
      ssa.add(new Inst.Zero(at.base(), at.offset(), bytes, Region.ANY, ssa.origin()));
    }
  }

  void copy(Address to, Address from, int bytes) {
    if (bytes > 0) {
      ssa.add(
          new Inst.Copy(
              to.base(),
              to.offset(),
              Region.ANY,
              from.base(),
              from.offset(),
              Region.ANY,
              bytes,
              ssa.origin()));
    }
  }

  Value pointerAdd(Value base, Value offset) {
    Value result = ssa.newValue(Type.PTR);
    ssa.add(new Inst.PtrAdd(result, base, offset, ssa.origin()));
    return result;
  }

  /// The address as one value.
  Value pointer(Address at) {
    return at.offset() == 0 ? at.base() : pointerAdd(at.base(), i64(at.offset()));
  }

  Value stackAddress(int slot, boolean fresh) {
    Value result = ssa.newValue(Type.PTR);
    ssa.add(new Inst.StackAddress(result, slot, fresh, ssa.origin()));
    return result;
  }

  Value globalAddress(String section, int offset) {
    Value result = ssa.newValue(Type.PTR);
    ssa.add(new Inst.GlobalAddress(result, section, offset, ssa.origin()));
    return result;
  }

  Value mapAddress(String map) {
    Value result = ssa.newValue(Type.PTR);
    ssa.add(new Inst.MapAddress(result, map, ssa.origin()));
    return result;
  }

  /// The address of something of the kernel; null if it is weak and not there.
  Value kernelAddress(String symbol, boolean weak) {
    Value result = ssa.newValue(Type.PTR);
    ssa.add(new Inst.KernelAddress(result, symbol, weak, Optional.empty(), ssa.origin()));
    return result;
  }

  /// What stands for a variable that each CPU has its own of.
  Value perCpuVariable(String symbol, boolean weak, KfuncType type) {
    Value result = ssa.newValue(Type.PTR);
    ssa.add(new Inst.KernelAddress(result, symbol, weak, Optional.of(type), ssa.origin()));
    return result;
  }

  Value functionAddress(String function) {
    Value result = ssa.newValue(Type.PTR);
    ssa.add(new Inst.FunctionAddress(result, function, ssa.origin()));
    return result;
  }

  /// A stack slot for what one helper call takes or gives; its content is undefined at first.
  /// [#release] gives it back for the next call, so that calls do not add up.
  Scratch scratch(int bytes) {
    List<Integer> idle = idleSlots.computeIfAbsent(bytes, _ -> new ArrayList<>());
    int slot = idle.isEmpty() ? ssa.newSlot(bytes, "argument") : idle.removeLast();
    return new Scratch(slot, bytes, new Address(stackAddress(slot, false), 0, Operand.MAX_ALIGN));
  }

  void release(Scratch scratch) {
    idleSlots.computeIfAbsent(scratch.bytes(), _ -> new ArrayList<>()).add(scratch.slot());
  }

  /// A slot borrowed for a call.
  record Scratch(int slot, int bytes, Address address) {}

  // Calls.

  /// Calls a helper that gives a number or address.
  Value call(KernelFunction helper, Type result, Value... arguments) {
    Value value = ssa.newValue(result);
    call(value, helper, arguments);
    return value;
  }

  /// Calls a helper whose result is that value.
  void call(Value result, KernelFunction helper, Value... arguments) {
    ssa.add(
        new Inst.CallKernel(Optional.of(result), helper, Arrays.asList(arguments), ssa.origin()));
  }

  /// Calls a helper for its effect.
  void run(KernelFunction helper, Value... arguments) {
    ssa.add(new Inst.CallKernel(Optional.empty(), helper, Arrays.asList(arguments), ssa.origin()));
  }
}
