package org.bpf4j.compiler.translate;

import java.util.ArrayList;
import java.util.List;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Layouts;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.ssa.Fact;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Inst.UnaryOp;
import org.bpf4j.compiler.ssa.Terminator.AbortReason;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.object.Helper;

/// Maps: each method is a helper call with key and value in memory.
///
/// A struct or atomic is used where it lies, so a lookup gives its address. Numbers and records are
/// read at once, as a snapshot.
final class MapCalls {

  /// `BPF_ANY`: create or overwrite.
  static final long ANY = 0;

  /// `BPF_NOEXIST`: create only.
  static final long NO_EXIST = 1;

  /// `BPF_EXIST`: change only.
  static final long EXIST = 2;

  private final Body body;
  private final Code code;

  MapCalls(Body body) {
    this.body = body;
    this.code = body.code;
  }

  Operand get(Expr.LibraryCall call) {
    Type.MapType type = mapOf(call);
    Value address = lookup(call, type);
    return type.form().neverNull()
        ? element(address, type.value(), call)
        : entry(address, type.value());
  }

  /// What a key has, or else another value. Of a struct it would be a reference that may lead into
  /// the map or not, which a program that writes through it would not tell apart.
  Operand getOrDefault(Expr.LibraryCall call) {
    Type.MapType type = mapOf(call);
    if (type.value() instanceof Type.StructType || type.value() instanceof Type.AtomicType) {
      throw new Refusal(
          Diagnostic.error(
              org.bpf4j.compiler.diagnostic.Code.BPF1006,
              call.span(),
              "a map of structs or atomics gives references, and the default is none into the map",
              "call get, and where it gives null putIfAbsent and get again"));
    }
    Value map = map(call);
    Type boxed = type.value() instanceof Type.Primitive p ? new Type.Boxed(p) : type.value();
    Expr keyExpr = call.arguments().getFirst();
    Operand keyOperand = operand(type.key(), keyExpr);
    Operand otherwise = body.expressions.valueAs(call.arguments().get(1), boxed);
    body.at(call.span());
    Memory.Argument key = body.memory.argument(type.key(), keyOperand, Subjects.of(keyExpr));
    Value address = find(map, key);
    return contentsOr(CompareOp.NE, address, code.nullPointer(), address, type.value(), otherwise);
  }

  /// What a key has; where it is absent, what a lambda gives is put, unless somebody else was
  /// faster, and the key is looked up again.
  Operand computeIfAbsent(Expr.LibraryCall call) {
    Type.MapType type = mapOf(call);
    if (!(call.arguments().getLast() instanceof Expr.Lambda fresh)) {
      throw new CompilerBug("no lambda in " + call.method());
    }
    Value map = map(call);
    Expr keyExpr = call.arguments().getFirst();
    Operand keyOperand = operand(type.key(), keyExpr);
    body.at(call.span());
    Memory.Argument key = body.memory.argument(type.key(), keyOperand, Subjects.of(keyExpr));
    Value found = lookup(map, key);
    Draft absent = code.ssa().newBlock();
    Draft join = code.ssa().newBlock();
    Value address = code.ssa().parameter(join, org.bpf4j.compiler.ssa.Type.PTR);
    Draft there = code.ssa().newBlock();
    code.ssa().branch(CompareOp.NE, found, code.nullPointer(), there, absent);
    code.ssa().enterSealed(there);
    code.ssa().jump(join, found);
    code.ssa().enterSealed(absent);
    Operand made = body.calls.inline(fresh, List.of(parameter(fresh, keyOperand)));
    body.at(call.span());
    Memory.Argument value = body.memory.argument(type.value(), made, Subjects.of(fresh));
    update(map, key, value, NO_EXIST);
    body.memory.release(value);
    code.ssa().jump(join, lookup(map, key));
    code.ssa().enterSealed(join);
    body.memory.release(key);
    return entry(address, type.value());
  }

  /// A key as a lambda's parameter wants it, which may be a box.
  private Operand parameter(Expr.Lambda lambda, Operand key) {
    return lambda.parameters().getFirst().type() instanceof Type.Boxed && key.parts().size() == 1
        ? Operand.pair(code.i32(1), key.only())
        : key;
  }

  /// An array's element exists; the lookup fails for an index out of range only.
  private Operand element(Value address, Type value, Expr.LibraryCall call) {
    code.ssa().check(CompareOp.NE, address, code.nullPointer(), AbortReason.MAP_LOOKUP_FAILED);
    Value there = code.refine(address, new Fact.NonNull(Subjects.of(call)));
    return contents(there, value);
  }

  private Operand entry(Value address, Type value) {
    return value instanceof Type.StructType || value instanceof Type.AtomicType
        ? Operand.reference(address, 0, Operand.MAX_ALIGN)
        : contentsIf(CompareOp.NE, address, code.nullPointer(), address, value);
  }

  /// What lies at an address if the comparison holds, else null.
  Operand contentsIf(CompareOp op, Value left, Value right, Value address, Type value) {
    Type boxed = value instanceof Type.Primitive p ? new Type.Boxed(p) : value;
    return contentsOr(op, left, right, address, value, body.expressions.nullOf(boxed));
  }

  private Operand contentsOr(
      CompareOp op, Value left, Value right, Value address, Type value, Operand otherwise) {
    Draft there = code.ssa().newBlock();
    Draft absent = code.ssa().newBlock();
    Draft join = code.ssa().newBlock();
    Type boxed = value instanceof Type.Primitive p ? new Type.Boxed(p) : value;
    List<Value> parts = new ArrayList<>();
    for (org.bpf4j.compiler.ssa.Type part : body.shapes.of(boxed)) {
      parts.add(code.ssa().parameter(join, part));
    }
    code.ssa().branch(op, left, right, there, absent);
    code.ssa().enterSealed(there);
    Operand found = contents(address, boxed);
    code.ssa().jump(join, found.parts().toArray(Value[]::new));
    code.ssa().enterSealed(absent);
    code.ssa().jump(join, otherwise.parts().toArray(Value[]::new));
    code.ssa().enterSealed(join);
    return value instanceof Type.StructType
        ? Operand.reference(parts.getFirst(), 0, Operand.MAX_ALIGN)
        : Operand.of(parts);
  }

  private Operand contents(Value address, Type value) {
    Type boxed = value instanceof Type.Primitive p ? new Type.Boxed(p) : value;
    Address at = new Address(address, 0, Operand.MAX_ALIGN);
    return body.memory.read(at, boxed, Layouts.defaultStorage(boxed), 0);
  }

  private Value lookup(Expr.LibraryCall call, Type.MapType type) {
    Value map = map(call);
    Memory.Argument key = argument(type.key(), call.arguments().getFirst());
    body.at(call.span());
    return find(map, key);
  }

  private Value find(Value map, Memory.Argument key) {
    Value address = lookup(map, key);
    body.memory.release(key);
    return address;
  }

  private Value lookup(Value map, Memory.Argument key) {
    return code.call(Helper.MAP_LOOKUP_ELEM, org.bpf4j.compiler.ssa.Type.PTR, map, key.pointer());
  }

  private Value update(Value map, Memory.Argument key, Memory.Argument value, long flags) {
    return code.call(
        Helper.MAP_UPDATE_ELEM,
        org.bpf4j.compiler.ssa.Type.I64,
        map,
        key.pointer(),
        value.pointer(),
        code.i64(flags));
  }

  /// The value that another CPU has.
  Operand getOnCpu(Expr.LibraryCall call) {
    Type.MapType type = mapOf(call);
    Value map = map(call);
    Expr keyExpr = call.arguments().getFirst();
    Operand keyOperand = operand(type.key(), keyExpr);
    Value cpu = body.expressions.number(call.arguments().get(1));
    body.at(call.span());
    Memory.Argument key = body.memory.argument(type.key(), keyOperand, Subjects.of(keyExpr));
    Value address =
        code.call(
            Helper.MAP_LOOKUP_PERCPU_ELEM,
            org.bpf4j.compiler.ssa.Type.PTR,
            map,
            key.pointer(),
            code.unary(UnaryOp.ZEXT32, cpu));
    body.memory.release(key);
    return type.form().neverNull()
        ? element(address, type.value(), call)
        : entry(address, type.value());
  }

  /// The scratch value of this CPU.
  Operand scratch(Expr.LibraryCall call) {
    Type.MapType type = mapOf(call);
    body.at(call.span());
    Memory.Argument key = body.memory.argument(Type.Primitive.INT, Operand.of(code.i32(0)), "key");
    Value address =
        code.call(
            Helper.MAP_LOOKUP_ELEM, org.bpf4j.compiler.ssa.Type.PTR, map(call), key.pointer());
    body.memory.release(key);
    return element(address, type.value(), call);
  }

  /// Stores a copy. An array has no result: only an index out of range can fail, which aborts.
  Operand put(Expr.LibraryCall call, long flags) {
    Type.MapType type = mapOf(call);
    Value map = map(call);
    Expr keyExpr = call.arguments().getFirst();
    Expr valueExpr = call.arguments().get(1);
    Operand keyOperand = operand(type.key(), keyExpr);
    Operand valueOperand = operand(type.value(), valueExpr);
    body.at(call.span());
    Memory.Argument key = body.memory.argument(type.key(), keyOperand, Subjects.of(keyExpr));
    Memory.Argument value =
        body.memory.argument(type.value(), valueOperand, Subjects.of(valueExpr));
    Value result = update(map, key, value, flags);
    body.memory.release(key);
    body.memory.release(value);
    if (type.form().neverNull()) {
      code.ssa().check(CompareOp.EQ, result, code.i64(0), AbortReason.INDEX_OUT_OF_BOUNDS);
      return Operand.NOTHING;
    }
    return Operand.of(code.compare(CompareOp.EQ, result, 0));
  }

  Operand remove(Expr.LibraryCall call) {
    Type.MapType type = mapOf(call);
    Value map = map(call);
    Memory.Argument key = argument(type.key(), call.arguments().getFirst());
    body.at(call.span());
    Value result =
        code.call(Helper.MAP_DELETE_ELEM, org.bpf4j.compiler.ssa.Type.I64, map, key.pointer());
    body.memory.release(key);
    return Operand.of(code.compare(CompareOp.EQ, result, 0));
  }

  Operand containsKey(Expr.LibraryCall call) {
    Value address = lookup(call, mapOf(call));
    return Operand.of(code.compare(CompareOp.NE, address, code.nullPointer()));
  }

  Memory.Argument argument(Type type, Expr expr) {
    Operand operand = operand(type, expr);
    body.at(expr.span());
    return body.memory.argument(type, operand, Subjects.of(expr));
  }

  /// Evaluates a key or value; a number comes boxed or not, as the map's method is declared.
  private Operand operand(Type type, Expr expr) {
    return expr.type() instanceof Type.Primitive from && type instanceof Type.Boxed(var to)
        ? body.expressions.convert(body.expressions.value(expr), from, to, Subjects.of(expr))
        : body.expressions.valueAs(expr, type);
  }

  /// An inner map or null: its address is found like a value.
  Operand inner(Expr.LibraryCall call) {
    return Operand.of(lookup(call, mapOf(call)));
  }

  /// The address of the map that a call is made on: a field's, or one that was got from a map of
  /// maps, which must not be null.
  Value map(Expr.LibraryCall call) {
    Expr receiver = LibraryCalls.receiverOf(call);
    if (receiver instanceof Expr.MapRef) {
      body.at(receiver.span());
      Value map = code.mapAddress(symbol(body, call));
      body.at(call.span());
      return map;
    }
    return body.library.receiver(call);
  }

  /// The symbol of the map that a call is made on, which must be a field's.
  static String symbol(Body body, Expr.LibraryCall call) {
    Expr.MapRef map = named(call);
    return body.scope.symbols().map(map.owner(), map.name());
  }

  /// The field that a call is made on, or that a parameter stands for.
  static Expr.MapRef named(Expr.LibraryCall call) {
    Expr receiver = LibraryCalls.receiverOf(call);
    if (receiver instanceof Expr.MapRef map) {
      return map;
    }
    throw new Refusal(
        Diagnostic.error(
            org.bpf4j.compiler.diagnostic.Code.BPF1006,
            receiver.span(),
            "`"
                + Subjects.of(receiver)
                + "` is known at run time only, and this call must know which map it is about",
            "call it in both branches of an `if`, each with a map of its own"));
  }

  static Type.MapType mapOf(Expr.LibraryCall call) {
    if (LibraryCalls.receiverOf(call).type() instanceof Type.MapType type) {
      return type;
    }
    throw new CompilerBug(call.method() + " on something that is no map");
  }
}
