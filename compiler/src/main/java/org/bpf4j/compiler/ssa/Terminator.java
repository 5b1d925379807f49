package org.bpf4j.compiler.ssa;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How a block ends.
public sealed interface Terminator {

  /// Where it comes from.
  Origin origin();

  /// Goes to a block.
  record Jump(Edge target, Origin origin) implements Terminator {}

  /// Goes to `then` if `left op right` holds, else to `otherwise`.
  record Branch(
      Inst.CompareOp op, Value left, Value right, Edge then, Edge otherwise, Origin origin)
      implements Terminator {}

  /// Goes back to `body`, a loop's head, while the kernel grants another round, then to
  /// `exhausted`.
  ///
  /// @param form how the kernel counts the rounds; it grants [LoopForm#MAX_ROUNDS]
  record Again(LoopForm form, Edge body, Edge exhausted, Origin origin) implements Terminator {}

  /// Leaves the function.
  record Return(Optional<Value> value, Origin origin) implements Terminator {}

  /// Leaves the *program* with its kind's abort value: where Java would throw.
  record Abort(AbortReason reason, Origin origin) implements Terminator {}

  /// A jump's target and the arguments for its parameters.
  ///
  /// @param block the target's id
  /// @param arguments as many as it has parameters, of their types
  record Edge(int block, List<Value> arguments) {
    /// Copies the list.
    public Edge {
      arguments = List.copyOf(arguments);
    }

    /// An edge without arguments.
    public static Edge to(int block) {
      return new Edge(block, List.of());
    }
  }

  /// Why a program aborts.
  enum AbortReason {
    DIVISION_BY_ZERO,
    INDEX_OUT_OF_BOUNDS,
    OVERFLOW,
    NO_MATCH,
    LOOP_BUDGET,
    VALUE_OUT_OF_RANGE,
    MAP_LOOKUP_FAILED,
    CALLBACK_ABORTED,
    NULL_REFERENCE,
    DEADLOCK,
    THROWN
  }

  /// The edges that leave the block, in order.
  default List<Edge> edges() {
    return switch (this) {
      case Jump t -> List.of(t.target);
      case Branch t -> List.of(t.then, t.otherwise);
      case Again t -> List.of(t.body, t.exhausted);
      case Return _, Abort _ -> List.of();
    };
  }

  /// The values it reads, edge arguments last.
  default List<Value> operands() {
    return switch (this) {
      case Jump t -> t.target.arguments;
      case Branch t -> joined(List.of(t.left, t.right), t.then.arguments, t.otherwise.arguments);
      case Again t -> joined(List.of(), t.body.arguments, t.exhausted.arguments);
      case Return t -> t.value.map(List::of).orElse(List.of());
      case Abort _ -> List.of();
    };
  }

  private static List<Value> joined(List<Value> first, List<Value> second, List<Value> third) {
    if (second.isEmpty() && third.isEmpty()) {
      return first;
    }
    List<Value> all = new ArrayList<>(first);
    all.addAll(second);
    all.addAll(third);
    return all;
  }
}
