package org.bpf4j.compiler.translate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpf4j.compiler.ast.Declaration.Member;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Layouts;
import org.bpf4j.compiler.ast.Layouts.Field;
import org.bpf4j.compiler.ast.Layouts.StructLayout;
import org.bpf4j.compiler.ast.Storage;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.diagnostic.Span;
import org.bpf4j.compiler.ssa.Value;

/// `new`: structs and arrays on the stack, records as values.
final class Allocations {
  private final Body body;
  private final Code code;
  private final Beginnings beginnings;
  private Optional<Named> named = Optional.empty();

  /// An object that a variable is declared with.
  private record Named(Span made, String variable) {}

  Allocations(Body body) {
    this.body = body;
    this.code = body.code;
    this.beginnings = new Beginnings(body);
  }

  /// Writes what a new struct holds besides zeroes.
  void begin(Address at, Type.StructType struct) {
    beginnings.write(at, struct, 0);
  }

  /// Says which variable an object is for that is about to be made: the stack's use is reported by
  /// variables.
  void declaring(String variable, Expr value) {
    named = Optional.of(new Named(value.span(), variable));
  }

  private String name(Expr made, String otherwise) {
    return named
        .filter(object -> object.made().equals(made.span()))
        .map(Named::variable)
        .orElse(otherwise);
  }

  /// Zeroed memory, then the initial values in order of their fields.
  Operand struct(Expr.NewStruct expr) {
    body.at(expr.span());
    StructLayout layout = body.scope.layouts().struct(expr.struct());
    Address at = allocate(layout.size(), name(expr, simpleName(expr.struct())));
    code.zero(at, layout.size());
    beginnings.write(at, expr.type(), 0);
    initialize(at, layout, expr.values());
    return Operand.reference(at.base(), 0, at.align());
  }

  private void initialize(Address at, StructLayout layout, List<Expr.FieldValue> values) {
    for (Expr.FieldValue value : values) {
      Field field = layout.field(value.field());
      Member member = field.member();
      Address place = at.plus(field.offset());
      switch (value.value()) {
        case Expr.NewStruct nested ->
            initialize(place, body.scope.layouts().struct(nested.struct()), nested.values());
        case Expr.NewArray nested -> fill(place, nested);
        default -> {
          Operand operand = body.expressions.valueAs(value.value(), member.type());
          body.at(value.value().span());
          body.memory.write(place, member.type(), member.storage(), operand);
        }
      }
    }
  }

  Operand record(Expr.NewRecord expr) {
    Type.RecordType type = new Type.RecordType(expr.record());
    List<Member> components = body.shapes.components(type);
    List<Value> parts = new ArrayList<>();
    for (int i = 0; i < components.size(); i++) {
      Expr component = expr.components().get(i);
      parts.addAll(body.expressions.valueAs(component, components.get(i).type()).parts());
    }
    body.at(expr.span());
    parts.addFirst(code.i32(1));
    return Operand.of(parts);
  }

  Operand array(Expr.NewArray expr) {
    body.at(expr.span());
    int bytes = elementSize(expr) * expr.length();
    Address at = allocate(Math.max(bytes, 1), name(expr, "array"));
    if (expr.elements().size() < expr.length()) {
      code.zero(at, bytes);
      for (int i = expr.elements().size(); i < expr.length(); i++) {
        beginnings.write(at.plus(i * elementSize(expr)), elementType(expr), 0);
      }
    }
    fill(at, expr);
    return expr.type() instanceof Type.ArrayType(Type element)
        ? Operand.array(at.base(), expr.length(), element, at.align())
        : Operand.reference(at.base(), expr.length(), at.align());
  }

  private void fill(Address at, Expr.NewArray expr) {
    int size = elementSize(expr);
    for (int i = 0; i < expr.elements().size(); i++) {
      Type element = elementType(expr);
      if (expr.elements().get(i) instanceof Expr.NewStruct nested) {
        StructLayout layout = body.scope.layouts().struct(nested.struct());
        code.zero(at.plus(i * size), layout.size());
        beginnings.write(at.plus(i * size), nested.type(), 0);
        initialize(at.plus(i * size), layout, nested.values());
        continue;
      }
      if (expr.elements().get(i) instanceof Expr.NewArray atomic) {
        code.zero(at.plus(i * size), size);
        fill(at.plus(i * size), atomic);
        continue;
      }
      Storage storage = Layouts.defaultStorage(element);
      Operand value = body.expressions.valueAs(expr.elements().get(i), element);
      body.at(expr.elements().get(i).span());
      body.memory.write(at.plus(i * size), element, storage, value);
    }
  }

  /// Room for a copy of a view's bytes.
  Address copy(int bytes, String view) {
    return allocate(bytes, simpleName(view));
  }

  private Address allocate(int bytes, String name) {
    int slot = code.ssa().newSlot(bytes, name);
    return new Address(code.stackAddress(slot, true), 0, Operand.MAX_ALIGN);
  }

  private int elementSize(Expr.NewArray expr) {
    return body.scope.layouts().size(elementType(expr));
  }

  /// The bytes of a string are its elements; the number in an atomic is its only one.
  private static Type elementType(Expr.NewArray expr) {
    return switch (expr.type()) {
      case Type.ArrayType(Type element) -> element;
      case Type.RowType(Type element, _) -> element;
      case Type.AtomicType(Type.Primitive cell) -> cell;
      case Type.Special special when special == Type.Special.BPF_STRING -> Type.Primitive.BYTE;
      case Type.Primitive _,
          Type.Boxed _,
          Type.EnumType _,
          Type.StructType _,
          Type.ArenaType _,
          Type.RecordType _,
          Type.ViewType _,
          Type.MapType _,
          Type.HeldType _,
          Type.ObjectType _,
          Type.CollectionType _,
          Type.Special _ ->
          throw new CompilerBug("array of type " + expr.type());
    };
  }

  private static String simpleName(String binaryName) {
    int start = Math.max(binaryName.lastIndexOf('.'), binaryName.lastIndexOf('$')) + 1;
    return binaryName.substring(start);
  }
}
