package org.bpf4j.compiler.translate;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bpf4j.compiler.ast.Unit.Role;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Origin;
import org.bpf4j.compiler.ssa.Region;
import org.bpf4j.compiler.ssa.Requirement;
import org.bpf4j.compiler.ssa.Terminator;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.object.KernelLists;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.object.Kfunc;
import org.bpf4j.object.MapKind;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.object.ProgramOption;
import org.bpf4j.object.SleepingHooks;

/// The oldest kernel that has everything a program uses, and what of it no older one has.
final class Floor {

  /// The first kernel with atomic operations other than a plain add (`BPF_FETCH`, `BPF_CMPXCHG`).
  private static final KernelVersion ATOMICS = new KernelVersion(5, 12);

  /// The first kernel that compiles atomic operations in arenas.
  private static final KernelVersion ARENA_ATOMICS = new KernelVersion(6, 10);

  /// The first kernel that allows loads and stores at a variable offset into the stack.
  private static final KernelVersion VARIABLE_STACK = new KernelVersion(5, 12);

  /// The first kernel that verifies global functions which take addresses.
  private static final KernelVersion GLOBAL_ADDRESSES = new KernelVersion(5, 12);

  private final ProgramScope scope;
  private final Map<String, Requirement> maps;
  private Requirement found;

  Floor(ProgramScope scope) {
    this.scope = scope;
    maps = scope.mapFloors();
    found = scope.required();
  }

  /// What a program needs for what its annotation says.
  static Requirement of(Role.Program role) {
    Requirement needed =
        new Requirement(role.kind().since(), "this kind of program", Optional.empty());
    for (ProgramOption option : role.options()) {
      String word = option.name().toLowerCase(Locale.ROOT);
      needed =
          needed.max(
              new Requirement(
                  option.since(role.kind()), "`" + word + " = true`", Optional.empty()));
    }
    return role.kind() == ProgramKind.LSM && role.options().contains(ProgramOption.SLEEPABLE)
        ? sleepingIn(role.targets()).map(needed::max).orElse(needed)
        : listing(role).map(needed::max).orElse(needed);
  }

  /// What a program needs to see a list.
  private static Optional<Requirement> listing(Role.Program role) {
    return role.kind() == ProgramKind.ITER
        ? role.targets().stream()
            .flatMap(
                list ->
                    KernelLists.since(list).stream()
                        .map(since -> new Requirement(since, "lists of " + list, Optional.empty())))
            .findFirst()
        : Optional.empty();
  }

  /// What a program needs to sleep in security hooks, of which one that the kernel has is enough.
  private static Optional<Requirement> sleepingIn(List<String> hooks) {
    return hooks.stream()
        .flatMap(hook -> SleepingHooks.since(hook).stream())
        .min(Comparator.naturalOrder())
        .map(
            since ->
                new Requirement(
                    since,
                    "programs that sleep in `" + String.join("` or `", hooks) + "`",
                    Optional.empty()));
  }

  Requirement of(List<Function> functions) {
    for (Function function : functions) {
      if (function.role() == Function.Role.GLOBAL
          && function.blocks().getFirst().parameters().stream()
              .anyMatch(parameter -> parameter.type() == Type.PTR)) {
        raise(GLOBAL_ADDRESSES, "global functions that take structs", Optional.empty());
      }
      for (Block block : function.blocks()) {
        block.insts().forEach(this::visit);
        if (block.terminator() instanceof Terminator.Again again) {
          raise(again.form().since(), "loops that the kernel counts", Optional.of(again.origin()));
        }
      }
      indexesStack(function)
          .ifPresent(
              inst ->
                  raise(
                      VARIABLE_STACK,
                      "indexes into local arrays and structs",
                      Optional.of(inst.origin())));
    }
    return found;
  }

  private void raise(KernelVersion version, String feature, Optional<Origin> place) {
    found = found.max(new Requirement(version, feature, place));
  }

  private void visit(Inst inst) {
    switch (inst) {
      case Inst.CallKernel call
          when !(call.function() instanceof Kfunc kfunc && scope.asksFor(kfunc.name())) ->
          call.function()
              .since(scope.kind())
              .ifPresent(
                  since ->
                      raise(
                          since,
                          "calls of " + call.function().phrase(),
                          Optional.of(call.origin())));
      case Inst.MapAddress map -> {
        Requirement needed = maps.get(map.map());
        if (needed != null) {
          raise(needed.kernel(), needed.feature(), Optional.of(map.origin()));
        }
      }
      case Inst.Unary cast when cast.op() == Inst.UnaryOp.ARENA ->
          raise(MapKind.ARENA.since(), "arenas", Optional.of(cast.origin()));
      case Inst.Atomic atomic when atomic.region().kind() == Region.Kind.ARENA ->
          raise(
              ARENA_ATOMICS,
              "atomic operations in arenas, as for new objects,",
              Optional.of(atomic.origin()));
      case Inst.Atomic atomic -> {
        if (atomic.result().isPresent() || atomic.op() != Inst.AtomicOp.ADD) {
          raise(
              ATOMICS,
              "atomic operations whose result is used, or that do not just add,",
              Optional.of(atomic.origin()));
        }
      }
      default -> {}
    }
  }

  /// A stack access whose address an index was added to, if there is one.
  private static Optional<Inst> indexesStack(Function function) {
    Set<Value> constants = new HashSet<>();
    Set<Value> indexed = new HashSet<>();
    for (Block block : function.blocks()) {
      for (Inst inst : block.insts()) {
        switch (inst) {
          case Inst.Const constant -> constants.add(constant.result());
          case Inst.PtrAdd add when !constants.contains(add.offset()) -> indexed.add(add.result());
          case Inst.PtrAdd add when indexed.contains(add.base()) -> indexed.add(add.result());
          case Inst.Load load when isStack(load.region()) && indexed.contains(load.base()) -> {
            return Optional.of(inst);
          }
          case Inst.Store store when isStack(store.region()) && indexed.contains(store.base()) -> {
            return Optional.of(inst);
          }
          default -> {}
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isStack(Region region) {
    return region.kind() == Region.Kind.STACK;
  }
}
