package org.bpf4j.compiler.ssa;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.bpf4j.compiler.diagnostic.Span;
import org.bpf4j.isa.MemorySize;
import org.bpf4j.object.Helper;

/// A function that grows by instructions of all kinds, which touch only its own memory.
class RandomInsts {
  /// How many kinds [#inst] knows.
  static final int KINDS = 14;

  static final Origin AT = Origin.of(Span.NONE);
  static final int SLOTS = 3;
  static final int SLOT_BYTES = 16;
  private static final long[] INTERESTING = {
    0,
    1,
    -1,
    2,
    3,
    7,
    8,
    10,
    31,
    32,
    63,
    64,
    127,
    128,
    255,
    256,
    1000,
    65535,
    65536,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    0x1_0000_0000L
  };

  final RandomGenerator random;
  final List<Block> blocks = new ArrayList<>();
  private int nextValue;
  private int nextBlock;
  private int block;
  List<Value> parameters = new ArrayList<>();
  private List<Inst> insts = new ArrayList<>();
  List<Value> scope = new ArrayList<>();
  final List<Value> slotAddresses = new ArrayList<>();
  final boolean isProgram;
  private final List<String> callees;
  Value context = new Value(0, Type.PTR);

  RandomInsts(RandomGenerator random, boolean isProgram, List<String> callees) {
    this.random = random;
    this.isProgram = isProgram;
    this.callees = callees;
  }

  /// One instruction, of a kind that needs no blocks; `kind` is below [#KINDS].
  final void inst(int kind) {
    switch (kind) {
      case 0, 1, 2, 3 -> binary();
      case 4, 5 -> unary();
      case 6 -> compare();
      case 7, 8 -> store();
      case 9, 10 -> load();
      case 11 -> call();
      case 12 -> atomic();
      default -> divide();
    }
  }

  final Value value(Type type) {
    return new Value(nextValue++, type);
  }

  final Value define(Type type) {
    Value value = value(type);
    scope.add(value);
    return value;
  }

  final void add(Inst inst) {
    insts.add(inst);
  }

  final void end(Terminator terminator) {
    blocks.add(new Block(block, parameters, insts, terminator));
  }

  final void begin(int id, List<Value> newParameters) {
    block = id;
    parameters = new ArrayList<>(newParameters);
    insts = new ArrayList<>();
  }

  final Value constant(Type type, long number) {
    Value value = value(type);
    add(new Inst.Const(value, type == Type.I32 ? (int) number : number, AT));
    return value;
  }

  final Value pick(Type type) {
    List<Value> candidates = scope.stream().filter(v -> v.type() == type).toList();
    if (candidates.isEmpty() || random.nextInt(4) == 0) {
      return constant(type, INTERESTING[random.nextInt(INTERESTING.length)]);
    }
    return candidates.get(random.nextInt(candidates.size()));
  }

  final Type type() {
    return random.nextBoolean() ? Type.I32 : Type.I64;
  }

  final <E> E one(E[] among) {
    return among[random.nextInt(among.length)];
  }

  private void binary() {
    Type type = type();
    Inst.BinaryOp op = one(Inst.BinaryOp.values());
    if (op == Inst.BinaryOp.SDIV || op == Inst.BinaryOp.SMOD) {
      divide();
      return;
    }
    Value left = pick(type);
    Value right = pick(type);
    add(new Inst.Binary(define(type), op, left, right, AT));
  }

  private void divide() {
    Type type = type();
    Value left = pick(type);
    Value right;
    if (random.nextBoolean()) {
      right = value(type);
      Value any = pick(type);
      Value one = constant(type, 1);
      add(new Inst.Binary(right, Inst.BinaryOp.OR, any, one, AT));
    } else {
      long number = INTERESTING[1 + random.nextInt(INTERESTING.length - 1)];
      right = constant(type, type == Type.I32 && (int) number == 0 ? 5 : number);
    }
    Inst.BinaryOp op = random.nextBoolean() ? Inst.BinaryOp.SDIV : Inst.BinaryOp.SMOD;
    add(new Inst.Binary(define(type), op, left, right, AT));
  }

  private void unary() {
    Inst.UnaryOp op =
        one(
            Stream.of(Inst.UnaryOp.values())
                .filter(Inst.UnaryOp::isArithmetic)
                .toArray(Inst.UnaryOp[]::new));
    Type from =
        switch (op) {
          case NEG -> type();
          case SEXT8, SEXT16, ZEXT8, ZEXT16, SEXT32, ZEXT32, BE16, BE32 -> Type.I32;
          case TRUNC, BE64, ADDRESS, POINTER, NUMBER, ARENA, ARENA_ADDRESS -> Type.I64;
        };
    Type to =
        switch (op) {
          case NEG -> from;
          case SEXT8, SEXT16, ZEXT8, ZEXT16, TRUNC, BE16, BE32 -> Type.I32;
          case SEXT32, ZEXT32, BE64, ADDRESS, POINTER, NUMBER, ARENA, ARENA_ADDRESS -> Type.I64;
        };
    if (op != Inst.UnaryOp.ADDRESS && op != Inst.UnaryOp.POINTER) {
      Value operand = pick(from);
      add(new Inst.Unary(define(to), op, operand, AT));
    }
  }

  private void compare() {
    Type type = type();
    Value left = pick(type);
    Value right = pick(type);
    add(new Inst.Compare(define(Type.I32), one(Inst.CompareOp.values()), left, right, AT));
  }

  private void store() {
    if (random.nextInt(4) == 0) {
      Value section = value(Type.PTR);
      add(new Inst.GlobalAddress(section, ".bss", 8 * random.nextInt(4), AT));
      Value stored = pick(Type.I64);
      add(new Inst.Store(MemorySize.DW, section, 0, stored, Region.global(".bss"), AT));
      return;
    }
    int slot = random.nextInt(SLOTS);
    MemorySize size = one(MemorySize.values());
    int offset = size.bytes() * random.nextInt(SLOT_BYTES / size.bytes());
    if (random.nextInt(6) == 0) {
      add(new Inst.Zero(slotAddresses.get(slot), offset, size.bytes(), Region.stack(slot), AT));
      return;
    }
    Value stored = pick(size == MemorySize.DW ? Type.I64 : Type.I32);
    add(new Inst.Store(size, slotAddresses.get(slot), offset, stored, Region.stack(slot), AT));
  }

  private void load() {
    int slot = random.nextInt(SLOTS);
    MemorySize size = one(MemorySize.values());
    int offset = size.bytes() * random.nextInt(SLOT_BYTES / size.bytes());
    boolean signed = size.bytes() < 8 && random.nextBoolean();
    add(
        new Inst.Load(
            define(size == MemorySize.DW ? Type.I64 : Type.I32),
            size,
            signed,
            slotAddresses.get(slot),
            offset,
            Region.stack(slot),
            AT));
  }

  private void atomic() {
    int slot = random.nextInt(SLOTS);
    Value operand = pick(Type.I64);
    Optional<Value> old = random.nextBoolean() ? Optional.of(define(Type.I64)) : Optional.empty();
    add(
        new Inst.Atomic(
            old,
            Inst.AtomicOp.ADD,
            MemorySize.DW,
            slotAddresses.get(slot),
            8,
            operand,
            Optional.empty(),
            Region.stack(slot),
            AT));
  }

  private void call() {
    if (!callees.isEmpty() && random.nextInt(3) == 0) {
      List<Value> arguments = List.of(pick(Type.I32), pick(Type.I64));
      Optional<Value> result =
          random.nextInt(4) == 0 ? Optional.empty() : Optional.of(define(Type.I32));
      String name = callees.get(random.nextInt(callees.size()));
      add(new Inst.CallFunction(result, name, arguments, AT));
      return;
    }
    if (random.nextBoolean()) {
      add(
          new Inst.CallKernel(
              Optional.of(define(Type.I64)), Helper.GET_PRANDOM_U32, List.of(), AT));
      return;
    }
    Value map = value(Type.PTR);
    add(new Inst.MapAddress(map, "map", AT));
    List<Value> arguments =
        List.of(
            map,
            slotAddresses.get(random.nextInt(2)),
            slotAddresses.get(random.nextInt(2)),
            pick(Type.I64));
    add(new Inst.CallKernel(Optional.of(define(Type.I64)), Helper.MAP_UPDATE_ELEM, arguments, AT));
  }

  final int newBlock() {
    return nextBlock++;
  }
}
