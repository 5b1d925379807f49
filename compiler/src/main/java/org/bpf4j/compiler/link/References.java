package org.bpf4j.compiler.link;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.ast.Unit.FunctionRef;
import org.bpf4j.compiler.ast.Walk;
import org.bpf4j.compiler.diagnostic.Span;

/// What a function names outside itself, each with the place where it does so first.
///
/// @param calls the functions it calls
/// @param fields the maps and globals it uses
/// @param types the structs, records, enums and views it uses, by binary name
record References(Map<FunctionRef, Span> calls, List<Reference> fields, Map<String, Span> types) {

  static References of(Unit.Function function) {
    References found =
        new References(new LinkedHashMap<>(), new ArrayList<>(), new LinkedHashMap<>());
    found.type(function.result(), function.span());
    function.parameters().forEach(local -> found.type(local.type(), function.span()));
    Walk.expressions(function.body(), found::expression);
    Walk.statements(
        function.body(),
        stmt -> {
          if (stmt instanceof org.bpf4j.compiler.ast.Stmt.Declare declare) {
            found.type(declare.local().type(), declare.span());
          }
          if (stmt instanceof org.bpf4j.compiler.ast.Stmt.Each each) {
            found.type(each.item().type(), each.span());
          }
        });
    return found;
  }

  private void expression(Expr expr) {
    type(expr.type(), expr.span());
    switch (expr) {
      case Expr.Call call -> calls.putIfAbsent(call.function(), call.span());
      case Expr.MapRef map -> fields.add(new Reference(map.owner(), map.name(), map.span()));
      case Expr.GlobalPlace global ->
          fields.add(new Reference(global.owner(), global.name(), global.span()));
      case Expr.ClassLiteral literal -> types.putIfAbsent(literal.name(), literal.span());
      case Expr.ViewRead read -> types.putIfAbsent(read.view(), read.span());
      case Expr.ViewWrite write -> types.putIfAbsent(write.view(), write.span());
      default -> {}
    }
  }

  private void type(Type type, Span span) {
    switch (type) {
      case Type.EnumType t -> types.putIfAbsent(t.name(), span);
      case Type.StructType t -> types.putIfAbsent(t.name(), span);
      case Type.ArenaType t -> types.putIfAbsent(t.name(), span);
      case Type.RecordType t -> types.putIfAbsent(t.name(), span);
      case Type.ViewType t -> types.putIfAbsent(t.name(), span);
      case Type.ArrayType t -> type(t.element(), span);
      case Type.RowType t -> type(t.element(), span);
      case Type.MapType t -> {
        type(t.key(), span);
        type(t.value(), span);
      }
      case Type.ObjectType t -> types.putIfAbsent(t.name(), span);
      case Type.CollectionType t -> types.putIfAbsent(t.object(), span);
      case Type.HeldType t -> {
        if (t.own()) {
          types.putIfAbsent(t.struct(), span);
        }
      }
      case Type.Primitive _, Type.Special _, Type.Boxed _, Type.AtomicType _ -> {}
    }
  }
}
