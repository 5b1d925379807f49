package org.bpf4j.compiler.translate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Terminator;
import org.bpf4j.compiler.ssa.Value;
import org.jspecify.annotations.Nullable;

/// A block under construction.
///
/// It is *sealed* when no further edge will enter it, and *filled* when it has its terminator. The
/// terminator's edges carry no arguments yet: those are kept by predecessor edge in [Arc]s until
/// [Finish] writes them out.
final class Draft {
  private final int number;
  private final List<Value> parameters = new ArrayList<>();
  private final List<Inst> insts = new ArrayList<>();
  private final List<Arc> arrivals = new ArrayList<>();
  private final Map<Variable, Value> definitions = new HashMap<>();
  private final Map<Variable, Value> pending = new LinkedHashMap<>();
  private final List<Arc> departures = new ArrayList<>();
  private @Nullable Terminator terminator;
  private boolean sealed;
  private boolean searching;

  Draft(int number) {
    this.number = number;
  }

  /// An edge: where it comes from, where it goes, and what it passes for each parameter.
  static final class Arc {
    private final Draft from;
    private final Draft to;
    private final Map<Value, Value> arguments = new HashMap<>();

    Arc(Draft from, Draft to) {
      this.from = from;
      this.to = to;
    }

    Draft from() {
      return from;
    }

    Draft to() {
      return to;
    }

    Map<Value, Value> arguments() {
      return arguments;
    }
  }

  int number() {
    return number;
  }

  List<Value> parameters() {
    return parameters;
  }

  List<Inst> insts() {
    return insts;
  }

  /// The edges that enter.
  List<Arc> arrivals() {
    return arrivals;
  }

  /// The edges that leave, in the terminator's order.
  List<Arc> departures() {
    return departures;
  }

  /// The values of variables at the block's end, as far as they are known.
  Map<Variable, Value> definitions() {
    return definitions;
  }

  /// Parameters made before the block was sealed, whose arguments are still to be found, in the
  /// order in which they were made: the function's text depends on it.
  Map<Variable, Value> pending() {
    return pending;
  }

  boolean isFilled() {
    return terminator != null;
  }

  boolean isSealed() {
    return sealed;
  }

  /// Whether it asks for an index, which a loop that the verifier follows knows.
  boolean isSearching() {
    return searching;
  }

  void markSearching() {
    searching = true;
  }

  void markSealed() {
    sealed = true;
  }

  Terminator terminator() {
    if (terminator == null) {
      throw new IllegalStateException("block " + number + " has no end");
    }
    return terminator;
  }

  /// Lets another terminator take the place of the block's, with the same edges.
  void endOtherwise(Terminator end) {
    terminator = end;
  }

  void end(Terminator end, List<Arc> arcs) {
    terminator = end;
    for (Arc arc : arcs) {
      departures.add(arc);
      arc.to().arrivals().add(arc);
    }
  }
}
