package org.bpf4j.processor.read;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.VariableElement;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Unit.FunctionRef;
import org.bpf4j.compiler.ast.Unit.Local;
import org.jspecify.annotations.Nullable;

/// The locals of the method being read, and what it turned out to use.
final class Scope {
  /// A BPF function, and the types that its text is read with.
  record Callee(ExecutableElement method, JavaTypes types) {}

  private final Map<Element, Local> locals = new HashMap<>();
  private final Map<FunctionRef, Callee> callees = new LinkedHashMap<>();
  private final Set<VariableElement> fields = new LinkedHashSet<>();
  private @Nullable Local receiver;
  private int next;

  /// A new local for a declared variable.
  Local declare(Element variable, Type type) {
    Local local = temporary(variable.getSimpleName().toString(), type);
    locals.put(variable, local);
    return local;
  }

  /// A new local for a parameter.
  ///
  /// @param nullable whether the declaration says that it may be null
  Local parameter(Element variable, Type type, boolean nullable) {
    Local local = new Local(next++, variable.getSimpleName().toString(), type, nullable);
    locals.put(variable, local);
    return local;
  }

  /// A new local that the source does not name.
  Local temporary(String name, Type type) {
    return new Local(next++, name, type);
  }

  /// Declares `this`.
  Local declareReceiver(Type type) {
    Local local = temporary("this", type);
    receiver = local;
    return local;
  }

  /// `this`, if the method has one.
  @Nullable Local receiver() {
    return receiver;
  }

  /// The local of a variable, if it was declared here.
  @Nullable Local local(Element variable) {
    return locals.get(variable);
  }

  /// Remembers a call.
  ///
  /// @param bound what the type parameters of a generic method stand for
  /// @return the identity of the function
  FunctionRef calls(ExecutableElement method, JavaTypes bound) {
    FunctionRef function = bound.identity(method);
    callees.putIfAbsent(function, new Callee(method, bound));
    return function;
  }

  void uses(VariableElement field) {
    fields.add(field);
  }

  /// The BPF functions called.
  Map<FunctionRef, Callee> callees() {
    return callees;
  }

  /// The maps and globals used.
  Set<VariableElement> fields() {
    return fields;
  }
}
