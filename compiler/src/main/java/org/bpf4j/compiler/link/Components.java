package org.bpf4j.compiler.link;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Rewrite;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.ast.Unit.ComponentField;
import org.bpf4j.compiler.ast.Unit.ComponentMaps;
import org.bpf4j.compiler.ast.Unit.FunctionRef;
import org.bpf4j.compiler.ast.Unit.Local;
import org.bpf4j.compiler.ast.Unit.MapDeclaration;

/// Binds the methods of components to the fields that hold them: each field has methods of its own,
/// which name its maps.
final class Components {

  /// Between a field and the method that is bound to it; no Java that we read has it in a name.
  private static final String BOUND = "$";

  private final Unit unit;
  private final Function<String, Optional<Unit>> units;

  /// @param unit the `@Bpf` class
  /// @param units finds the unit that holds a class
  Components(Unit unit, Function<String, Optional<Unit>> units) {
    this.unit = unit;
    this.units = units;
  }

  /// The maps that the fields of the class stand for.
  List<MapDeclaration> maps() {
    List<MapDeclaration> maps = new ArrayList<>();
    for (ComponentField field : unit.componentFields()) {
      component(field.component()).stream()
          .flatMap(component -> component.maps().stream())
          .map(
              map ->
                  new MapDeclaration(
                      field.owner(),
                      field.map(map.name()),
                      map.type(),
                      map.size(),
                      map.settings(),
                      field.span()))
          .forEach(maps::add);
    }
    return maps;
  }

  /// Whether the maps of a component's class are at hand.
  boolean isKnown(ComponentField field) {
    return component(field.component()).isPresent();
  }

  private Optional<ComponentMaps> component(String name) {
    return units
        .apply(name)
        .flatMap(
            found -> found.components().stream().filter(c -> c.name().equals(name)).findFirst());
  }

  /// A function that names components by their fields, with calls of the methods that are bound to
  /// these.
  Unit.Function bound(Unit.Function function) {
    return Rewrite.of(
        function,
        expr ->
            expr instanceof Expr.Call call
                    && !call.arguments().isEmpty()
                    && call.arguments().getFirst() instanceof Expr.ComponentRef field
                ? bound(call, field.owner(), field.name())
                : expr);
  }

  /// The function of a component that a bound reference means, and the field that it is bound to.
  private Optional<ComponentField> field(FunctionRef ref) {
    int end = ref.name().indexOf(BOUND);
    return end < 0
        ? Optional.empty()
        : unit.componentFields().stream()
            .filter(field -> field.owner().equals(ref.owner()))
            .filter(field -> field.name().equals(ref.name().substring(0, end)))
            .findFirst();
  }

  /// The method that a reference means, before it is bound; other references mean themselves.
  FunctionRef unbound(FunctionRef ref) {
    return field(ref)
        .map(
            field ->
                new FunctionRef(
                    field.component(),
                    ref.name().substring(ref.name().indexOf(BOUND) + BOUND.length()),
                    ref.descriptor()))
        .orElse(ref);
  }

  /// A method as it is bound to the field that a reference names; other functions as they are.
  Unit.Function bound(Unit.Function method, FunctionRef ref) {
    Optional<ComponentField> found = field(ref);
    if (found.isEmpty()) {
      return method;
    }
    ComponentField field = found.get();
    Unit.Function text =
        Rewrite.of(
            method,
            expr ->
                switch (expr) {
                  case Expr.MapRef map when map.owner().equals(field.component()) ->
                      new Expr.MapRef(field.owner(), field.map(map.name()), map.type(), map.span());
                  case Expr.Call call
                      when !call.arguments().isEmpty()
                          && call.arguments().getFirst().type() == Type.Special.COMPONENT
                          && call.arguments().getFirst() instanceof Expr.LocalPlace ->
                      bound(call, field.owner(), field.name());
                  default -> expr;
                });
    List<Local> parameters = text.parameters().subList(1, text.parameters().size());
    return new Unit.Function(ref, text.role(), text.result(), parameters, text.body(), text.span());
  }

  private static Expr bound(Expr.Call call, String owner, String field) {
    FunctionRef method = call.function();
    FunctionRef bound = new FunctionRef(owner, field + BOUND + method.name(), method.descriptor());
    return new Expr.Call(
        bound, call.arguments().subList(1, call.arguments().size()), call.type(), call.span());
  }
}
