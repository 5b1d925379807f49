package org.bpf4j.compiler.translate;

import java.util.List;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Layouts.Field;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.ssa.Fact;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Inst.UnaryOp;
import org.bpf4j.compiler.ssa.Region;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.isa.MemorySize;
import org.bpf4j.object.CoreRelocation.Kind;
import org.bpf4j.object.ObjectFunction;

/// Objects in the kernel's memory, and the lists and trees that keep them.
///
/// The kernel speaks of an object's node, which may lie anywhere in the object.
final class CollectionCalls {
  private final Body body;
  private final Code code;
  private final Callbacks callbacks;

  CollectionCalls(Body body) {
    this.body = body;
    this.code = body.code;
    this.callbacks = new Callbacks(body);
  }

  Operand call(Expr.LibraryCall call, ObjectFunction function) {
    return switch (function) {
      case MAKE -> make(call);
      case SHARE -> reference(callForObject(function, object(call), code.i64(0)));
      case DROP -> {
        Value object = object(call);
        code.run(function.kfunc(), object, code.i64(0));
        yield Operand.NOTHING;
      }
      case PUSH_FRONT, PUSH_BACK -> {
        Value list = collection(call);
        Value node = node(object(call), call);
        yield succeeded(call(function, list, node, code.i64(0), code.i64(0)));
      }
      case ADD -> add(call);
      case LEFT, RIGHT, REMOVE -> {
        Value tree = collection(call);
        Value node = node(object(call), call);
        yield objectOf(callForObject(function, tree, node), call);
      }
      case POP_FRONT, POP_BACK, FRONT, BACK, FIRST, ROOT ->
          objectOf(callForObject(function, collection(call)), call);
    };
  }

  /// The node that the list or tree of a call knows an object by.
  private Value node(Value object, Expr.LibraryCall call) {
    return moved(object, offset(call));
  }

  /// The object of a node, null of none.
  private Operand objectOf(Value node, Expr.LibraryCall call) {
    int offset = offset(call);
    if (offset == 0) {
      return reference(node);
    }
    SsaBuilder ssa = code.ssa();
    Draft there = ssa.newBlock();
    Draft join = ssa.newBlock();
    Value object = ssa.parameter(join, org.bpf4j.compiler.ssa.Type.PTR);
    Value none = code.nullPointer();
    ssa.branch(CompareOp.NE, node, none, there, List.of(), join, List.of(none));
    ssa.enterSealed(there);
    ssa.jump(join, moved(node, -offset));
    ssa.enterSealed(join);
    return reference(object);
  }

  /// The node of an object, or the object of a node.
  private Value moved(Value address, int distance) {
    return moved(code, address, distance);
  }

  private static Value moved(Code code, Value address, int distance) {
    return code.pointer(new Address(address, distance, Operand.MAX_ALIGN));
  }

  /// Where in its objects the nodes are that a list or tree knows them by.
  private int offset(Expr.LibraryCall call) {
    if (!(LibraryCalls.receiverOf(call).type()
        instanceof Type.CollectionType(Type.Collection form, String object))) {
      throw new CompilerBug("no list or tree at " + call.span());
    }
    return body.scope.layouts().struct(object).fields().stream()
        .filter(field -> field.member().type() == form.node())
        .mapToInt(Field::offset)
        .findFirst()
        .orElseThrow(() -> new CompilerBug(object + " has no node"));
  }

  private Value call(ObjectFunction function, Value... arguments) {
    return code.call(function.kfunc(), org.bpf4j.compiler.ssa.Type.I64, arguments);
  }

  private Value callForObject(ObjectFunction function, Value... arguments) {
    return code.call(function.kfunc(), org.bpf4j.compiler.ssa.Type.PTR, arguments);
  }

  /// The kernel's `int`, of which 0 means that all went well.
  private Operand succeeded(Value error) {
    return Operand.of(code.compare(CompareOp.EQ, code.unary(UnaryOp.TRUNC, error), 0));
  }

  private static Operand reference(Value object) {
    return Operand.reference(object, 0, Operand.MAX_ALIGN);
  }

  /// The list or tree, whose lock is held.
  private Value collection(Expr.LibraryCall call) {
    Value collection = body.library.receiver(call);
    body.locks.guard(collection, call.span());
    return collection;
  }

  /// The object that is handed over.
  private Value object(Expr.LibraryCall call) {
    Expr given = call.arguments().getFirst();
    Value object =
        given instanceof Expr.Null ? code.nullPointer() : body.expressions.value(given).only();
    body.at(call.span());
    return code.refine(object, new Fact.NonNull(Subjects.of(given)));
  }

  /// An object whose fields are zero, or null. The kernel zeroes nodes only, and allows no access
  /// that spans fields.
  private Operand make(Expr.LibraryCall call) {
    if (!(call.type() instanceof Type.ObjectType(String name))) {
      throw new CompilerBug("no object at " + call.span());
    }
    SsaBuilder ssa = code.ssa();
    body.at(call.span());
    Value type = KernelViews.core(code, Kind.TYPE_ID_LOCAL, name, "");
    Value object = callForObject(ObjectFunction.MAKE, type, code.i64(0));
    Draft there = ssa.newBlock();
    Draft join = ssa.newBlock();
    ssa.branch(CompareOp.NE, object, code.nullPointer(), there, join);
    ssa.enterSealed(there);
    Address at = new Address(object, 0, Operand.MAX_ALIGN);
    for (Field field : body.scope.layouts().struct(name).fields()) {
      if (!(field.member().type() instanceof Type.Special)) {
        zero(at.plus(field.offset()), field.bytes());
      }
    }
    ssa.jump(join);
    ssa.enterSealed(join);
    return reference(object);
  }

  private void zero(Address at, int bytes) {
    for (MemorySize size : MemorySize.values()) {
      if (size.bytes() == bytes) {
        code.store(at, size, size == MemorySize.DW ? code.i64(0) : code.i32(0));
        return;
      }
    }
    for (int i = 0; i < bytes; i++) {
      code.store(at.plus(i), MemorySize.B, code.i32(0));
    }
  }

  /// `tree.add(object, order)`: the kernel asks the order about the object and those in the tree.
  private Operand add(Expr.LibraryCall call) {
    Value tree = collection(call);
    Value object = object(call);
    if (!(call.arguments().getLast() instanceof Expr.Lambda lambda)) {
      throw new CompilerBug("no order at " + call.span());
    }
    int offset = offset(call);
    Value order =
        callbacks.order(
            lambda,
            inner -> {
              for (Unit.Local parameter : lambda.parameters()) {
                SsaBuilder ssa = inner.code.ssa();
                Value each = ssa.parameter(ssa.entry(), org.bpf4j.compiler.ssa.Type.PTR);
                ssa.give(each, Region.OBJECT);
                Value one = moved(inner.code, each, -offset);
                inner.frame().declare(parameter, inner.shapes).write(ssa, reference(one));
              }
            });
    body.at(call.span());
    Value node = node(object, call);
    return succeeded(call(ObjectFunction.ADD, tree, node, order, code.i64(0), code.i64(0)));
  }
}
