package org.bpf4j.compiler.analyze;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.bpf4j.compiler.ast.Declaration.Accessor;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.Definitions;
import org.bpf4j.compiler.ssa.Fact;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Inst.BinaryOp;
import org.bpf4j.compiler.ssa.Terminator.Edge;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.isa.MemorySize;
import org.bpf4j.object.CoreRelocation.Kind;
import org.bpf4j.object.Helper;

/// Which addresses of kernel structs the kernel's verifier knows the type of.
///
/// It knows the arguments of typed programs, what its functions give, and what is read from members
/// of such structs, if those are pointers to what the program says. A join knows what all that
/// comes there agrees on; null agrees with everything. Of numbers, of what was kept in maps and of
/// what registers hold it knows nothing.
public final class KernelPointers {

  /// What the verifier knows of a value.
  private sealed interface State {
    /// Nothing.
    record Number() implements State {}

    /// That it was read from a struct that it knows; which is an address if the program says so.
    record Word(SortedSet<Fact.Member> conditions) implements State {}

    /// That it is the address of a struct.
    record Pointer(SortedSet<Fact.Member> conditions) implements State {}
  }

  private static final State NUMBER = new State.Number();
  private static final State VOUCHED_FOR = new State.Pointer(Collections.emptySortedSet());

  private final Function function;
  private final Definitions definitions;
  private final Map<Value, Integer> uses = new HashMap<>();
  private final Map<Integer, List<Value>> parameters = new HashMap<>();
  private final Set<Value> computedWith = new HashSet<>();
  private final Map<Value, State> states = new HashMap<>();
  private final Map<Value, KernelRead> reads = new HashMap<>();

  /// Looks at a function.
  public static KernelPointers of(Function function) {
    return new KernelPointers(function);
  }

  private KernelPointers(Function function) {
    this.function = function;
    this.definitions = Definitions.of(function);
    for (Block block : function.blocks()) {
      parameters.put(block.id(), block.parameters());
      block.insts().forEach(inst -> inst.operands().forEach(v -> uses.merge(v, 1, Integer::sum)));
      block.terminator().operands().forEach(v -> uses.merge(v, 1, Integer::sum));
    }
    findComputedWith();
    for (Block block : function.blocks()) {
      for (int i = 0; i < block.insts().size(); i++) {
        KernelRead.at(block, i, definitions)
            .filter(read -> uses.getOrDefault(read.load().base(), 0) == 2)
            .filter(this::staysWhatItIs)
            .ifPresent(read -> reads.put(read.load().result(), read));
      }
    }
    solve();
  }

  /// The members that must point to what the program says for the value to be an address that the
  /// kernel knows; nothing if it knows none anyway.
  public Optional<SortedSet<Fact.Member>> conditions(Value value) {
    return states.get(value) instanceof State.Pointer(SortedSet<Fact.Member> members)
        ? Optional.of(members)
        : Optional.empty();
  }

  /// The read that gives a value, if a load may do it.
  public Optional<KernelRead> read(Value result) {
    return Optional.ofNullable(reads.get(result));
  }

  /// The verifier takes no part in computing with addresses, and a word may be one: such is read as
  /// a number, unless the kernel's own types say that it is none.
  private boolean staysWhatItIs(KernelRead read) {
    boolean number =
        !read.path().getLast().path().endsWith(Accessor.OTHER_KIND)
            && !isMember(read.load().result());
    return read.load().size() != MemorySize.DW
        || number
        || !computedWith.contains(read.load().result());
  }

  private boolean isMember(Value value) {
    return function.blocks().stream()
        .flatMap(block -> block.insts().stream())
        .anyMatch(
            inst ->
                inst instanceof Inst.Refine refine
                    && refine.fact() instanceof Fact.Member
                    && refine.value().equals(value));
  }

  /// Finds what arithmetic is done with, at once or further on.
  private void findComputedWith() {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Block block : function.blocks()) {
        for (Inst inst : block.insts()) {
          changed |= computes(inst);
        }
        for (Edge edge : block.terminator().edges()) {
          List<Value> targets = parameters.getOrDefault(edge.block(), List.of());
          for (int i = 0; i < targets.size(); i++) {
            if (computedWith.contains(targets.get(i))) {
              changed |= computedWith.add(edge.arguments().get(i));
            }
          }
        }
      }
    }
  }

  private boolean computes(Inst inst) {
    return switch (inst) {
      case Inst.Refine i -> computedWith.contains(i.result()) && computedWith.add(i.value());
      case Inst.Unary i ->
          switch (i.op()) {
            case ADDRESS, POINTER ->
                computedWith.contains(i.result()) && computedWith.add(i.operand());
            case NEG, SEXT8, SEXT16, ZEXT8, ZEXT16, SEXT32, ZEXT32, TRUNC, BE16, BE32, BE64 ->
                computedWith.add(i.operand());
          };
      case Inst.Binary i ->
          i.op() == BinaryOp.ADD && definitions.of(i.right()).orElse(null) instanceof Inst.CoreConst
              ? computedWith.contains(i.result()) && computedWith.add(i.left())
              : computedWith.addAll(i.operands());
      case Inst.PtrAdd i -> computedWith.add(i.offset());
      case Inst.Atomic i -> computedWith.add(i.operand());
      case Inst.CallFunction i -> computedWith.addAll(i.arguments());
      case Inst.Const _,
          Inst.Compare _,
          Inst.Load _,
          Inst.Store _,
          Inst.Zero _,
          Inst.Copy _,
          Inst.StackAddress _,
          Inst.MapAddress _,
          Inst.GlobalAddress _,
          Inst.FunctionAddress _,
          Inst.KernelAddress _,
          Inst.CallKernel _,
          Inst.CoreConst _ ->
          false;
    };
  }

  private void solve() {
    function.entry().parameters().forEach(parameter -> states.put(parameter, NUMBER));
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Block block : function.blocks()) {
        for (Inst inst : block.insts()) {
          Optional<State> state = state(inst);
          changed |= state.isPresent() && meet(inst.defined().orElseThrow(), state.get());
        }
        for (Edge edge : block.terminator().edges()) {
          List<Value> targets = parameters.getOrDefault(edge.block(), List.of());
          for (int i = 0; i < targets.size(); i++) {
            State passed = states.get(edge.arguments().get(i));
            changed |= passed != null && meet(targets.get(i), passed);
          }
        }
      }
    }
  }

  /// What an instruction's result is, as far as it is known yet.
  private Optional<State> state(Inst inst) {
    return switch (inst) {
      case Inst.Refine i ->
          switch (i.fact()) {
            case Fact.Trusted _ -> Optional.of(VOUCHED_FOR);
            case Fact.Member member -> known(i.value()).map(word -> pointer(word, member));
            case Fact.MereAddress _ -> Optional.of(NUMBER);
            case Fact.NonNull _, Fact.Present _, Fact.Range _, Fact.PacketBytes _ ->
                known(i.value());
          };
      case Inst.Unary i ->
          switch (i.op()) {
            case ADDRESS, POINTER -> known(i.operand());
            case NEG, SEXT8, SEXT16, ZEXT8, ZEXT16, SEXT32, ZEXT32, TRUNC, BE16, BE32, BE64 ->
                Optional.of(NUMBER);
          };
      case Inst.Const i -> i.value() == 0 ? Optional.empty() : Optional.of(NUMBER);
      case Inst.Binary i ->
          definitions.of(i.right()).orElse(null) instanceof Inst.CoreConst core
                  && i.op() == BinaryOp.ADD
                  && core.access().kind() == Kind.FIELD_BYTE_OFFSET
              ? known(i.left())
              : Optional.of(NUMBER);
      case Inst.Load i ->
          reads.containsKey(i.result())
              ? known(reads.get(i.result()).base()).map(KernelPointers::word)
              : Optional.of(NUMBER);
      case Inst.CallKernel i ->
          i.result()
              .map(
                  _ ->
                      i.function().signature().orElseThrow().result()
                              == Helper.Result.KERNEL_POINTER
                          ? VOUCHED_FOR
                          : NUMBER);
      case Inst.Compare _,
          Inst.StackAddress _,
          Inst.MapAddress _,
          Inst.GlobalAddress _,
          Inst.FunctionAddress _,
          Inst.KernelAddress _,
          Inst.PtrAdd _,
          Inst.CallFunction _,
          Inst.CoreConst _,
          Inst.Atomic _,
          Inst.Store _,
          Inst.Zero _,
          Inst.Copy _ ->
          inst.defined().map(_ -> NUMBER);
    };
  }

  private Optional<State> known(Value value) {
    return Optional.ofNullable(states.get(value));
  }

  private static State word(State struct) {
    return struct instanceof State.Pointer(SortedSet<Fact.Member> conditions)
        ? new State.Word(conditions)
        : NUMBER;
  }

  private static State pointer(State word, Fact.Member member) {
    return switch (word) {
      case State.Word(SortedSet<Fact.Member> conditions) -> {
        SortedSet<Fact.Member> all = new TreeSet<>(conditions);
        all.add(member);
        yield new State.Pointer(all);
      }
      case State.Number _ -> NUMBER;
      case State.Pointer known -> known;
    };
  }

  /// Notes one more thing that a value may be.
  private boolean meet(Value value, State state) {
    State old = states.get(value);
    State both = old == null ? state : both(old, state);
    states.put(value, both);
    return !both.equals(old);
  }

  private static State both(State one, State other) {
    return switch (one) {
      case State.Pointer(SortedSet<Fact.Member> left)
          when other instanceof State.Pointer(SortedSet<Fact.Member> right) ->
          new State.Pointer(union(left, right));
      case State.Word(SortedSet<Fact.Member> left)
          when other instanceof State.Word(SortedSet<Fact.Member> right) ->
          new State.Word(union(left, right));
      case State.Number _, State.Word _, State.Pointer _ -> NUMBER;
    };
  }

  private static SortedSet<Fact.Member> union(
      SortedSet<Fact.Member> left, SortedSet<Fact.Member> right) {
    SortedSet<Fact.Member> all = new TreeSet<>(left);
    all.addAll(right);
    return all;
  }
}
