package org.bpf4j.compiler.ssa;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.bpf4j.compiler.diagnostic.Span;
import org.bpf4j.compiler.ssa.Terminator.Edge;
import org.bpf4j.isa.MemorySize;
import org.bpf4j.object.Helper;

/// Makes functions that end, touch only their own memory, and use most of SSA.
public final class RandomFunctions {
  /// Bytes of the context that a function reads.
  public static final int CONTEXT = 64;

  private static final Origin AT = Origin.of(Span.NONE);
  private static final int SLOTS = 3;
  private static final int SLOT_BYTES = 16;
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

  private final RandomGenerator random;
  private final List<Block> blocks = new ArrayList<>();
  private int nextValue;
  private int nextBlock;
  private int block;
  private List<Value> parameters = new ArrayList<>();
  private List<Inst> insts = new ArrayList<>();
  private List<Value> scope = new ArrayList<>();
  private final List<Value> slotAddresses = new ArrayList<>();
  private final boolean isProgram;
  private final List<String> callees;
  private Value context = new Value(0, Type.PTR);

  private RandomFunctions(RandomGenerator random, boolean isProgram, List<String> callees) {
    this.random = random;
    this.isProgram = isProgram;
    this.callees = callees;
  }

  /// A function with about `size` statements.
  public static Function make(RandomGenerator random, int size) {
    return new RandomFunctions(random, true, List.of()).function("random", size);
  }

  /// A program that calls subprograms, which call each other.
  public static Program program(RandomGenerator random, int size) {
    List<String> names = List.of("a", "b", "c");
    List<Function> functions = new ArrayList<>();
    functions.add(new RandomFunctions(random, true, names).function("random", size));
    for (int i = 0; i < names.size(); i++) {
      List<String> callees = names.subList(i + 1, names.size());
      functions.add(
          new RandomFunctions(random, false, callees)
              .function(names.get(i), 2 + random.nextInt(size)));
    }
    return Interpreter.programOf(functions.getFirst()).withFunctions(functions);
  }

  private Function function(String name, int size) {
    block = nextBlock++;
    if (isProgram) {
      context = value(Type.PTR);
      parameters.add(context);
    } else {
      parameters.add(define(Type.I32));
      parameters.add(define(Type.I64));
    }
    List<Function.StackSlot> slots = new ArrayList<>();
    for (int i = 0; i < SLOTS; i++) {
      slots.add(new Function.StackSlot(i, SLOT_BYTES, "slot" + i));
      Value address = value(Type.PTR);
      add(new Inst.StackAddress(address, i, true, AT));
      add(new Inst.Zero(address, 0, SLOT_BYTES, Region.stack(i), AT));
      slotAddresses.add(address);
    }
    for (int i = 0; isProgram && i < 4; i++) {
      Value loaded = define(random.nextBoolean() ? Type.I64 : Type.I32);
      MemorySize width = loaded.type() == Type.I64 ? MemorySize.DW : MemorySize.W;
      add(new Inst.Load(loaded, width, false, context, 8 * i, Region.CONTEXT, AT));
    }
    statements(size, 3);
    end(new Terminator.Return(Optional.of(pick(Type.I32)), AT));
    return new Function(
        name,
        isProgram ? Function.Role.PROGRAM : Function.Role.SUBPROGRAM,
        Optional.of(Type.I32),
        blocks,
        slots,
        Span.NONE);
  }

  private void statements(int count, int depth) {
    for (int i = 0; i < count; i++) {
      switch (random.nextInt(depth > 0 ? 22 : 15)) {
        case 0, 1, 2, 3 -> binary();
        case 4, 5 -> unary();
        case 6 -> compare();
        case 7, 8 -> store();
        case 9, 10 -> load();
        case 11 -> call();
        case 12 -> atomic();
        case 13 -> {
          if (isProgram) {
            element();
          }
        }
        case 14 -> divide();
        case 15, 16 -> branch(count / 2, depth - 1);
        case 17 -> pair(depth - 1);
        case 18 -> loop(count / 2, depth - 1);
        case 19 -> reference(depth - 1);
        case 20 -> eitherAddress(depth - 1);
        default -> {
          if (isProgram) {
            abort();
          }
        }
      }
    }
  }

  private Value value(Type type) {
    return new Value(nextValue++, type);
  }

  private Value define(Type type) {
    Value value = value(type);
    scope.add(value);
    return value;
  }

  private void add(Inst inst) {
    insts.add(inst);
  }

  private void end(Terminator terminator) {
    blocks.add(new Block(block, parameters, insts, terminator));
  }

  private void begin(int id, List<Value> newParameters) {
    block = id;
    parameters = new ArrayList<>(newParameters);
    insts = new ArrayList<>();
  }

  private Value constant(Type type, long number) {
    Value value = value(type);
    add(new Inst.Const(value, type == Type.I32 ? (int) number : number, AT));
    return value;
  }

  private Value pick(Type type) {
    List<Value> candidates = scope.stream().filter(v -> v.type() == type).toList();
    if (candidates.isEmpty() || random.nextInt(4) == 0) {
      return constant(type, INTERESTING[random.nextInt(INTERESTING.length)]);
    }
    return candidates.get(random.nextInt(candidates.size()));
  }

  private Type type() {
    return random.nextBoolean() ? Type.I32 : Type.I64;
  }

  private <E> E one(E[] among) {
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

  private int newBlock() {
    return nextBlock++;
  }

  /// An access of an array with Java's index check.
  private void element() {
    Value index = pick(Type.I32);
    Value length = constant(Type.I32, 4);
    int inside = newBlock();
    int outside = newBlock();
    end(
        new Terminator.Branch(
            Inst.CompareOp.ULT, index, length, Edge.to(inside), Edge.to(outside), AT));
    begin(outside, List.of());
    end(new Terminator.Abort(Terminator.AbortReason.INDEX_OUT_OF_BOUNDS, AT));
    begin(inside, List.of());
    Value checked = value(Type.I32);
    add(new Inst.Refine(checked, index, new Fact.Range(0, 3), AT));
    Value wide = value(Type.I64);
    add(new Inst.Unary(wide, Inst.UnaryOp.ZEXT32, checked, AT));
    Value scaled = value(Type.I64);
    Value two = constant(Type.I64, 2);
    add(new Inst.Binary(scaled, Inst.BinaryOp.SHL, wide, two, AT));
    Value address = value(Type.PTR);
    add(new Inst.PtrAdd(address, slotAddresses.get(2), scaled, AT));
    if (random.nextBoolean()) {
      add(new Inst.Store(MemorySize.W, address, 0, pick(Type.I32), Region.stack(2), AT));
    } else {
      add(new Inst.Load(define(Type.I32), MemorySize.W, false, address, 0, Region.stack(2), AT));
    }
  }

  private void abort() {
    int on = newBlock();
    int aborts = newBlock();
    Value left = pick(Type.I64);
    Value right = pick(Type.I64);
    Inst.CompareOp op = random.nextInt(3) == 0 ? Inst.CompareOp.NE : Inst.CompareOp.EQ;
    end(new Terminator.Branch(op, left, right, Edge.to(aborts), Edge.to(on), AT));
    begin(aborts, List.of());
    end(new Terminator.Abort(Terminator.AbortReason.OVERFLOW, AT));
    begin(on, List.of());
  }

  private void branch(int size, int depth) {
    int then = newBlock();
    int otherwise = newBlock();
    int join = newBlock();
    Type type = type();
    Value left = pick(type);
    Value right = pick(type);
    end(
        new Terminator.Branch(
            one(Inst.CompareOp.values()), left, right, Edge.to(then), Edge.to(otherwise), AT));
    List<Value> outer = List.copyOf(scope);
    List<Type> joined = List.of(type(), type(), Type.I32);
    arm(then, join, joined, size, depth);
    scope = new ArrayList<>(outer);
    arm(otherwise, join, joined, size, depth);
    scope = new ArrayList<>(outer);
    begin(join, joined.stream().map(this::define).toList());
  }

  private void arm(int id, int join, List<Type> joined, int size, int depth) {
    begin(id, List.of());
    statements(random.nextInt(size + 1), depth);
    List<Value> arguments = joined.stream().map(this::pick).toList();
    end(new Terminator.Jump(new Edge(join, arguments), AT));
  }

  /// A flag and a value that two paths join to, then a test of the flag.
  private void pair(int depth) {
    int then = newBlock();
    int otherwise = newBlock();
    int join = newBlock();
    Value left = pick(Type.I32);
    Value right = pick(Type.I32);
    end(
        new Terminator.Branch(
            Inst.CompareOp.SLT, left, right, Edge.to(then), Edge.to(otherwise), AT));
    begin(then, List.of());
    List<Value> present = List.of(constant(Type.I32, 1), pick(Type.I64));
    end(new Terminator.Jump(new Edge(join, present), AT));
    begin(otherwise, List.of());
    List<Value> absent = List.of(constant(Type.I32, 0), constant(Type.I64, 0));
    end(new Terminator.Jump(new Edge(join, absent), AT));
    Value flag = define(Type.I32);
    Value held = define(Type.I64);
    begin(join, List.of(flag, held));
    Value zero = constant(Type.I32, 0);
    Value isNull = value(Type.I32);
    add(new Inst.Compare(isNull, Inst.CompareOp.EQ, flag, zero, AT));
    int absentBlock = newBlock();
    int presentBlock = newBlock();
    int on = newBlock();
    end(
        new Terminator.Branch(
            Inst.CompareOp.NE, isNull, zero, Edge.to(absentBlock), Edge.to(presentBlock), AT));
    List<Value> outer = List.copyOf(scope);
    begin(presentBlock, List.of());
    Value refined = define(Type.I64);
    add(new Inst.Refine(refined, held, new Fact.Present(flag, "pair"), AT));
    statements(2, depth);
    end(new Terminator.Jump(new Edge(on, List.of(pick(Type.I64))), AT));
    scope = new ArrayList<>(outer);
    begin(absentBlock, List.of());
    end(new Terminator.Jump(new Edge(on, List.of(pick(Type.I64))), AT));
    scope = new ArrayList<>(outer);
    begin(on, List.of(define(Type.I64)));
  }

  /// A lookup whose result joins with null, then a test of what joined.
  private void reference(int depth) {
    int absent = newBlock();
    int found = newBlock();
    int join = newBlock();
    int use = newBlock();
    int on = newBlock();
    Value none = constant(Type.PTR, 0);
    Value map = value(Type.PTR);
    add(new Inst.MapAddress(map, "map", AT));
    Value element = value(Type.PTR);
    boolean ring = random.nextBoolean();
    List<Value> arguments =
        ring
            ? List.of(map, constant(Type.I64, 16), constant(Type.I64, 0))
            : List.of(map, slotAddresses.getFirst());
    Helper helper = ring ? Helper.RINGBUF_RESERVE : Helper.MAP_LOOKUP_ELEM;
    add(new Inst.CallKernel(Optional.of(element), helper, arguments, AT));
    end(
        new Terminator.Branch(
            Inst.CompareOp.EQ, element, none, Edge.to(absent), Edge.to(found), AT));
    Region region = ring ? Region.ring("map") : Region.map("map");
    List<Value> outer = List.copyOf(scope);
    begin(absent, List.of());
    statements(random.nextInt(2), 0);
    end(new Terminator.Jump(new Edge(join, List.of(none)), AT));
    scope = new ArrayList<>(outer);
    begin(found, List.of());
    statements(random.nextInt(2), 0);
    add(new Inst.Store(MemorySize.DW, element, 0, pick(Type.I64), region, AT));
    end(new Terminator.Jump(new Edge(join, List.of(element)), AT));
    scope = new ArrayList<>(outer);
    Value joined = value(Type.PTR);
    begin(join, List.of(joined));
    statements(random.nextInt(2), depth);
    List<Value> before = List.copyOf(scope);
    end(new Terminator.Branch(Inst.CompareOp.NE, joined, none, Edge.to(use), Edge.to(on), AT));
    begin(use, List.of());
    Value checked = value(Type.PTR);
    add(new Inst.Refine(checked, joined, new Fact.NonNull("element"), AT));
    add(new Inst.Load(define(Type.I64), MemorySize.DW, false, checked, 0, region, AT));
    statements(1, 0);
    add(new Inst.Store(MemorySize.DW, checked, 8, pick(Type.I64), region, AT));
    if (ring) {
      List<Value> record = List.of(checked, constant(Type.I64, 0));
      add(new Inst.CallKernel(Optional.empty(), Helper.RINGBUF_SUBMIT, record, AT));
    }
    end(new Terminator.Jump(Edge.to(on), AT));
    scope = new ArrayList<>(before);
    begin(on, List.of());
  }

  /// An address that is one slot's or another's.
  private void eitherAddress(int depth) {
    int then = newBlock();
    int otherwise = newBlock();
    int join = newBlock();
    Value left = pick(Type.I32);
    Value right = pick(Type.I32);
    end(
        new Terminator.Branch(
            Inst.CompareOp.SLT, left, right, Edge.to(then), Edge.to(otherwise), AT));
    int slot = random.nextInt(SLOTS);
    begin(then, List.of());
    end(new Terminator.Jump(new Edge(join, List.of(slotAddresses.get(slot))), AT));
    begin(otherwise, List.of());
    Value other = slotAddresses.get((slot + random.nextInt(SLOTS)) % SLOTS);
    end(new Terminator.Jump(new Edge(join, List.of(other)), AT));
    Value address = value(Type.PTR);
    begin(join, List.of(address));
    statements(random.nextInt(2), depth);
    if (random.nextBoolean()) {
      add(new Inst.Store(MemorySize.DW, address, 8, pick(Type.I64), Region.ANY, AT));
    } else {
      add(new Inst.Load(define(Type.I64), MemorySize.DW, false, address, 0, Region.ANY, AT));
    }
  }

  private void loop(int size, int depth) {
    int header = newBlock();
    int body = newBlock();
    int exit = newBlock();
    Value zero = constant(Type.I32, 0);
    List<Value> entering = List.of(zero, pick(Type.I32), pick(Type.I64));
    end(new Terminator.Jump(new Edge(header, entering), AT));
    Value counter = define(Type.I32);
    Value first = define(Type.I32);
    Value second = define(Type.I64);
    begin(header, List.of(counter, first, second));
    Value limit = constant(Type.I32, 1 + random.nextInt(4));
    end(
        new Terminator.Branch(
            Inst.CompareOp.SLT, counter, limit, Edge.to(body), Edge.to(exit), AT));
    List<Value> outer = List.copyOf(scope);
    begin(body, List.of());
    statements(random.nextInt(size + 1), depth);
    Value one = constant(Type.I32, 1);
    Value next = value(Type.I32);
    add(new Inst.Binary(next, Inst.BinaryOp.ADD, counter, one, AT));
    List<Value> again = List.of(next, pick(Type.I32), pick(Type.I64));
    end(new Terminator.Jump(new Edge(header, again), AT));
    scope = new ArrayList<>(outer);
    begin(exit, List.of());
  }
}
