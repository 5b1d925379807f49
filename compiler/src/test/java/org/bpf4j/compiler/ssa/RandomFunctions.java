package org.bpf4j.compiler.ssa;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.bpf4j.compiler.diagnostic.Span;
import org.bpf4j.compiler.ssa.Terminator.Edge;
import org.bpf4j.isa.MemorySize;
import org.bpf4j.object.Helper;

/// Makes functions that end, touch only their own memory, and use most of SSA.
public final class RandomFunctions extends RandomInsts {
  /// Bytes of the context that a function reads.
  public static final int CONTEXT = 64;

  private RandomFunctions(RandomGenerator random, boolean isProgram, List<String> callees) {
    super(random, isProgram, callees);
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
    begin(newBlock(), List.of());
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
      int kind = random.nextInt(depth > 0 ? KINDS + 8 : KINDS + 1);
      switch (kind - KINDS) {
        case 0 -> {
          if (isProgram) {
            element();
          }
        }
        case 1, 2 -> branch(count / 2, depth - 1);
        case 3 -> pair(depth - 1);
        case 4 -> loop(count / 2, depth - 1);
        case 5 -> reference(depth - 1);
        case 6 -> eitherAddress(depth - 1);
        case 7 -> {
          if (isProgram) {
            abort();
          }
        }
        default -> inst(kind);
      }
    }
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
