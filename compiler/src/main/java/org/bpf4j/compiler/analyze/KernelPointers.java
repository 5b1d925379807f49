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
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.Definitions;
import org.bpf4j.compiler.ssa.Fact;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Inst.BinaryOp;
import org.bpf4j.compiler.ssa.Program;
import org.bpf4j.compiler.ssa.Terminator;
import org.bpf4j.compiler.ssa.Terminator.Edge;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.object.CoreRelocation.Kind;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.object.Kfunc;
import org.bpf4j.object.PointerTrust;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.object.ProgramSection;
import org.bpf4j.object.SafeMember;
import org.bpf4j.object.Signature;
import org.jspecify.annotations.Nullable;

/// Which addresses of kernel structs the kernel's verifier knows the type of.
///
/// It knows the arguments of typed programs, what its functions give, and what is read from members
/// of such structs, if those are pointers to what the program says. A join knows what all that
/// comes there agrees on; null agrees with everything. Of numbers, of what was kept in maps and of
/// what registers hold it knows nothing. It takes no part in computing with addresses, so what is
/// an address on some ways only has to become a number ([Inst.UnaryOp#NUMBER]) where it meets one.
public final class KernelPointers {

  /// What the verifier knows of a value.
  private sealed interface State {
    /// Nothing.
    record Number() implements State {}

    /// That it was read from a struct that it knows; which is an address if the program says so.
    record Word(Known struct) implements State {}

    /// That it is the address of a struct.
    record Pointer(Known known) implements State {}
  }

  /// What the verifier knows of an address.
  ///
  /// @param conditions the members that must point to what the program says
  /// @param trust how far it relies on it
  /// @param since the first kernel that relies on it so far
  public record Known(SortedSet<Fact.Member> conditions, PointerTrust trust, KernelVersion since) {

    /// Copies the members.
    public Known {
      conditions = Collections.unmodifiableSortedSet(new TreeSet<>(conditions));
    }

    private static Known given(PointerTrust trust) {
      return new Known(Collections.emptySortedSet(), trust, KernelVersion.FLOOR);
    }

    /// What is known where one or the other is there.
    private Known or(Known other) {
      SortedSet<Fact.Member> all = new TreeSet<>(conditions);
      all.addAll(other.conditions);
      return new Known(all, trust.min(other.trust), since.max(other.since));
    }

    /// What a member of the struct points to.
    ///
    /// @param mayGo whether the program may sleep before it hands it on
    private Known member(Fact.Member member, boolean mayGo) {
      SortedSet<Fact.Member> all = new TreeSet<>(conditions);
      all.add(member);
      if (trust == PointerTrust.TYPE || trust == PointerTrust.NONE) {
        return new Known(all, trust, since);
      }
      return SafeMember.of(member.struct(), member.path())
          .filter(row -> row.trust() == PointerTrust.FULL || !mayGo)
          .map(row -> new Known(all, row.trust(), since.max(row.since())))
          .orElseGet(() -> new Known(all, mayGo ? PointerTrust.NONE : PointerTrust.TYPE, since));
    }
  }

  private static final State NUMBER = new State.Number();

  private final Function function;
  private final ProgramKind kind;
  private final boolean sleepable;
  private final Protection protection;
  private final Definitions definitions;
  private final Map<Value, Integer> uses = new HashMap<>();
  private final Map<Integer, List<Value>> parameters = new HashMap<>();
  private final Map<Value, State> states = new HashMap<>();
  private final Map<Value, KernelRead> reads = new HashMap<>();
  private final Set<Value> words = new HashSet<>();
  private @Nullable State returned;

  /// Looks at the functions of a program, each by its name: what a subprogram gets is what all its
  /// callers hand over.
  public static Map<String, KernelPointers> of(Program program) {
    Map<String, KernelPointers> all = new HashMap<>();
    for (Function function : program.functions()) {
      all.put(function.name(), new KernelPointers(function, program));
    }
    boolean changed = true;
    while (changed) {
      changed = false;
      for (KernelPointers pointers : all.values()) {
        changed |= pointers.step(all);
      }
    }
    return all;
  }

  /// What is known in a function, of what [#of] gave.
  public static KernelPointers in(Map<String, KernelPointers> all, String function) {
    KernelPointers pointers = all.get(function);
    if (pointers == null) {
      throw new CompilerBug("no function " + function);
    }
    return pointers;
  }

  private KernelPointers(Function function, Program program) {
    this.function = function;
    this.kind = program.kind();
    this.sleepable =
        ProgramSection.parse(program.section()).filter(ProgramSection::sleepable).isPresent();
    this.protection = Protection.of(function);
    this.definitions = Definitions.of(function);
    for (Block block : function.blocks()) {
      parameters.put(block.id(), block.parameters());
      for (Inst inst : block.insts()) {
        inst.operands().forEach(v -> uses.merge(v, 1, Integer::sum));
        mayBeAddress(inst).ifPresent(words::add);
      }
      block.terminator().operands().forEach(v -> uses.merge(v, 1, Integer::sum));
    }
    for (Block block : function.blocks()) {
      for (int i = 0; i < block.insts().size(); i++) {
        KernelRead.at(block, i, definitions)
            .filter(read -> uses.getOrDefault(read.load().base(), 0) == 2)
            .ifPresent(read -> reads.put(read.load().result(), read));
      }
    }
    if (function.role() != Function.Role.SUBPROGRAM) {
      function.entry().parameters().forEach(parameter -> states.put(parameter, NUMBER));
    }
  }

  /// What the program says, by what it does with it, that it may be an address.
  private static Optional<Value> mayBeAddress(Inst inst) {
    return switch (inst) {
      case Inst.Refine i when i.fact() instanceof Fact.Member -> Optional.of(i.value());
      case Inst.Unary i when i.op() == Inst.UnaryOp.NUMBER -> Optional.of(i.operand());
      default -> Optional.empty();
    };
  }

  /// The members that must point to what the program says for the value to be an address that the
  /// kernel knows; nothing if it knows none anyway.
  public Optional<SortedSet<Fact.Member>> conditions(Value value) {
    return known(value).map(Known::conditions);
  }

  /// Whether the program may sleep.
  boolean sleepable() {
    return sleepable;
  }

  /// Whether RCU is held from one instruction to another, if the program may sleep in between.
  boolean protects(Inst first, Inst last) {
    return !sleepable || protection.holdsFrom(first, last);
  }

  /// What the kernel knows of an address; nothing if it takes it for a number.
  public Optional<Known> known(Value value) {
    return states.get(value) instanceof State.Pointer(Known known)
        ? Optional.of(known)
        : Optional.empty();
  }

  /// How far it relies on what a program gets. Functions that are traced may get anything.
  private PointerTrust argument() {
    return kind.isTraced() ? PointerTrust.TYPE : PointerTrust.FULL;
  }

  /// The parameters of a block of the function.
  public List<Value> parameters(int block) {
    return parameters.getOrDefault(block, List.of());
  }

  /// The function's own parameters.
  public List<Value> parameters() {
    return function.entry().parameters();
  }

  /// The read that gives a value, if a load may do it.
  public Optional<KernelRead> read(Value result) {
    return Optional.ofNullable(reads.get(result));
  }

  /// Whether the verifier takes the value for a number.
  public boolean isNumber(Value value) {
    return NUMBER.equals(states.get(value));
  }

  /// Whether the verifier may know a value as an address that becomes a parameter of this function
  /// which may be a number as well.
  ///
  /// @param from the function that has the value
  /// @param parameter the parameter
  public boolean losesWhatItIs(KernelPointers from, Value value, Value parameter) {
    return isNumber(parameter) && from.mayBeAddress(value);
  }

  /// The same of what this function returns.
  public boolean losesWhatItIs(Value returnedValue) {
    return NUMBER.equals(returned) && mayBeAddress(returnedValue);
  }

  private boolean mayBeAddress(Value value) {
    return switch (states.get(value)) {
      case State.Word _, State.Pointer _ -> true;
      case State.Number _ -> false;
      case null -> false;
    };
  }

  /// Goes over the function once; whether something came to be known.
  private boolean step(Map<String, KernelPointers> all) {
    boolean changed = false;
    for (Block block : function.blocks()) {
      for (Inst inst : block.insts()) {
        Optional<State> state = state(inst, all);
        changed |= state.isPresent() && meet(inst.defined().orElseThrow(), state.get());
        if (inst instanceof Inst.CallFunction call) {
          KernelPointers callee = in(all, call.function());
          changed |= callee.pass(call.arguments(), callee.parameters(), this);
        }
      }
      for (Edge edge : block.terminator().edges()) {
        changed |= pass(edge.arguments(), parameters(edge.block()), this);
      }
      if (block.terminator() instanceof Terminator.Return(Optional<Value> value, _)
          && value.isPresent()) {
        changed |= gives(states.get(value.get()));
      }
    }
    return changed;
  }

  private boolean gives(@Nullable State state) {
    if (state == null) {
      return false;
    }
    State old = returned;
    State both = old == null ? state : both(old, state);
    returned = both;
    return !both.equals(old);
  }

  /// Notes what a caller or a block hands over to parameters of this function.
  private boolean pass(List<Value> arguments, List<Value> targets, KernelPointers from) {
    boolean changed = false;
    for (int i = 0; i < targets.size(); i++) {
      State passed = from.states.get(arguments.get(i));
      changed |= passed != null && meet(targets.get(i), passed);
    }
    return changed;
  }

  /// What an instruction's result is, as far as it is known yet.
  private Optional<State> state(Inst inst, Map<String, KernelPointers> all) {
    return switch (inst) {
      case Inst.Refine i -> refined(i);
      case Inst.Unary i -> converted(i);
      case Inst.Const i -> i.value() == 0 ? Optional.empty() : Optional.of(NUMBER);
      case Inst.Binary i ->
          definitions.of(i.right()).orElse(null) instanceof Inst.CoreConst core
                  && i.op() == BinaryOp.ADD
                  && core.access().kind() == Kind.FIELD_BYTE_OFFSET
              ? stateOf(i.left())
              : Optional.of(NUMBER);
      case Inst.Load i ->
          reads.containsKey(i.result()) && words.contains(i.result())
              ? stateOf(reads.get(i.result()).base()).map(KernelPointers::word)
              : Optional.of(NUMBER);
      case Inst.CallKernel i ->
          i.result()
              .map(
                  _ ->
                      i.function().signature().orElseThrow().result()
                              == Signature.Result.KERNEL_POINTER
                          ? new State.Pointer(
                              Known.given(
                                  i.function() instanceof Kfunc kfunc
                                      ? kfunc.given()
                                      : PointerTrust.FULL))
                          : NUMBER);
      case Inst.CallFunction i ->
          i.result().flatMap(_ -> Optional.ofNullable(in(all, i.function()).returned));
      case Inst.Compare _,
          Inst.StackAddress _,
          Inst.MapAddress _,
          Inst.GlobalAddress _,
          Inst.FunctionAddress _,
          Inst.KernelAddress _,
          Inst.PtrAdd _,
          Inst.CoreConst _,
          Inst.Atomic _,
          Inst.Store _,
          Inst.Zero _,
          Inst.Copy _ ->
          inst.defined().map(_ -> NUMBER);
    };
  }

  private Optional<State> refined(Inst.Refine refine) {
    return switch (refine.fact()) {
      case Fact.Trusted _ -> Optional.of(new State.Pointer(Known.given(argument())));
      case Fact.Member member -> {
        boolean mayGo = sleepable && !protection.isHeldAt(refine);
        yield stateOf(refine.value()).map(word -> pointer(word, member, mayGo));
      }
      case Fact.NonNull _, Fact.Present _, Fact.Range _, Fact.PacketBytes _ ->
          stateOf(refine.value());
    };
  }

  private Optional<State> converted(Inst.Unary unary) {
    return switch (unary.op()) {
      case ADDRESS, POINTER -> stateOf(unary.operand());
      case NEG,
          SEXT8,
          SEXT16,
          ZEXT8,
          ZEXT16,
          SEXT32,
          ZEXT32,
          TRUNC,
          BE16,
          BE32,
          BE64,
          NUMBER,
          ARENA,
          ARENA_ADDRESS ->
          Optional.of(NUMBER);
    };
  }

  private Optional<State> stateOf(Value value) {
    return Optional.ofNullable(states.get(value));
  }

  private static State word(State struct) {
    return struct instanceof State.Pointer(Known known) ? new State.Word(known) : NUMBER;
  }

  private static State pointer(State word, Fact.Member member, boolean mayGo) {
    return switch (word) {
      case State.Word(Known struct) -> new State.Pointer(struct.member(member, mayGo));
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
      case State.Pointer(Known left) when other instanceof State.Pointer(Known right) ->
          new State.Pointer(left.or(right));
      case State.Word(Known left) when other instanceof State.Word(Known right) ->
          new State.Word(left.or(right));
      case State.Number _, State.Word _, State.Pointer _ -> NUMBER;
    };
  }
}
