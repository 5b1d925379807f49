package org.bpf4j.compiler.translate;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bpf4j.compiler.analyze.KernelPointers;
import org.bpf4j.compiler.analyze.Outline;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Origin;
import org.bpf4j.compiler.ssa.Program;

/// The loops of a program that are to become functions which the kernel calls back.
final class OutlinedLoops {

  /// The frames of a chain of calls, callbacks included (`MAX_CALL_FRAMES`).
  private static final int MAX_FRAMES = 8;

  private final Program program;
  private final Map<String, Function> functions = new HashMap<>();
  private final Map<String, List<Outline>> loops = new HashMap<>();

  OutlinedLoops(Program program) {
    this.program = program;
    program.functions().forEach(function -> functions.put(function.name(), function));
    if (program.functions().stream().anyMatch(Outline::isWanted)) {
      Map<String, KernelPointers> pointers = KernelPointers.of(program);
      for (Function function : program.functions()) {
        loops.put(
            function.name(), Outline.of(function, KernelPointers.in(pointers, function.name())));
      }
    }
  }

  /// Those that cannot. If functions would call each other too deep, or more of them are in each
  /// other than may be, loops around others stay where they are: their budgets do not change those
  /// in them.
  ///
  /// @param levels how many may be in each other
  Set<Origin> stuck(int levels) {
    Set<Origin> stuck = new HashSet<>();
    boolean tooDeep = !loops.isEmpty() && frames(program.main()) > MAX_FRAMES;
    for (List<Outline> some : loops.values()) {
      for (Outline loop : some) {
        boolean outermost = some.stream().noneMatch(o -> o != loop && isIn(loop, o));
        if ((tooDeep && outermost) || height(loop, some) > levels || loop.obstacle().isPresent()) {
          stuck.add(loop.origin());
        }
      }
    }
    return stuck;
  }

  private static boolean isIn(Outline inner, Outline outer) {
    return outer.contains(inner.head().id());
  }

  /// How many loops are in each other in a loop, itself included.
  private static int height(Outline loop, List<Outline> some) {
    return 1
        + some.stream()
            .filter(o -> o != loop && isIn(o, loop))
            .mapToInt(o -> height(o, some))
            .max()
            .orElse(0);
  }

  private int frames(Function function) {
    int most = 1;
    for (Block block : function.blocks()) {
      long around =
          loops.getOrDefault(function.name(), List.of()).stream()
              .filter(loop -> loop.contains(block.id()))
              .count();
      int inside = 0;
      for (Inst inst : block.insts()) {
        Optional<String> callee =
            switch (inst) {
              case Inst.CallFunction call -> Optional.of(call.function());
              case Inst.FunctionAddress address -> Optional.of(address.function());
              default -> Optional.empty();
            };
        inside = Math.max(inside, callee.map(functions::get).map(this::frames).orElse(0));
      }
      most = Math.max(most, 1 + (int) around + inside);
    }
    return most;
  }
}
