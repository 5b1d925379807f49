package org.bpf4j.compiler.analyze;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.Definitions;
import org.bpf4j.compiler.ssa.Fact;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Region;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.object.Helper;
import org.bpf4j.object.PointerExchange;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.object.ProgramParameters;

/// Finds pointers that are handed to functions of the kernel though the kernel does not vouch for
/// them, and such that are written through: numbers from registers, and what was copied out of
/// memory.
final class Trust {
  private static final Optional<SortedSet<Fact.Member>> VOUCHED_FOR =
      Optional.of(Collections.emptySortedSet());

  private Trust() {}

  static List<Diagnostic> check(
      Function function, ProgramKind kind, KernelPointers pointers, Advice advice) {
    Definitions definitions = Definitions.of(function);
    Sources sources = new Sources(function, definitions);
    List<Diagnostic> found = new ArrayList<>();
    for (Block block : function.blocks()) {
      for (Inst inst : block.insts()) {
        if (inst instanceof Inst.Store store && store.region().equals(Region.KERNEL)) {
          written(store, definitions)
              .filter(address -> !pointers.conditions(address).equals(VOUCHED_FOR))
              .map(address -> diagnostic(store, address, sources, advice))
              .ifPresent(found::add);
        } else if (inst instanceof Inst.CallKernel call) {
          List<Helper.Argument> wanted =
              call.function().signature().map(Helper.Signature::arguments).orElse(List.of());
          for (int i = 0; i < Math.min(wanted.size(), call.arguments().size()); i++) {
            Value argument = call.arguments().get(i);
            if (call.function() instanceof PointerExchange exchange && i == 1) {
              sources.of(argument).stream()
                  .filter(source -> !isHeld(definitions.of(source)))
                  .findFirst()
                  .map(_ -> unheld(call, argument, exchange, sources, advice))
                  .ifPresent(found::add);
            }
            if (wanted.get(i) == Helper.Argument.KERNEL_POINTER) {
              sources.of(argument).stream()
                  .flatMap(source -> doubt(definitions.of(source), kind).stream())
                  .findFirst()
                  .map(why -> diagnostic(call, argument, why, sources, advice))
                  .ifPresent(found::add);
            }
          }
        }
      }
    }
    return found;
  }

  /// Whether what an instruction gives is the program's to hand on: an object that must be
  /// released, or null.
  private static boolean isHeld(Optional<Inst> source) {
    return switch (source.orElse(null)) {
      case Inst.CallKernel call -> call.function().acquires();
      case Inst.Const constant -> constant.value() == 0;
      case null, default -> false;
    };
  }

  private static Diagnostic unheld(
      Inst.CallKernel call,
      Value argument,
      PointerExchange exchange,
      Sources sources,
      Advice advice) {
    String name = sources.subjectOf(argument).orElse("the pointer");
    return advice.error(
        Code.BPF2018,
        call.origin(),
        "`" + name + "` is not the program's to hand on: a map keeps what was acquired",
        List.of(exchange.release().name() + " would release it"),
        "acquire it first, such as by bpf_task_acquire");
  }

  /// Why the kernel does not vouch for what an instruction gives.
  private static Optional<String> doubt(Optional<Inst> source, ProgramKind kind) {
    return switch (source.orElse(null)) {
      case Inst.CallKernel call when call.function() == Helper.GET_CURRENT_TASK ->
          Optional.of("it is a number; `Helpers.getCurrentTaskBtf` gives the task itself");
      case Inst.Load load when load.region().kind() == Region.Kind.STACK ->
          Optional.of("it was copied out of the kernel's memory");
      case Inst.Load load
          when load.region().equals(Region.CONTEXT)
              && kind.parameters() instanceof ProgramParameters.Registers ->
          Optional.of("it is what a register holds");
      case null, default -> Optional.empty();
    };
  }

  /// The address of the kernel struct that a store writes to.
  private static Optional<Value> written(Inst.Store store, Definitions definitions) {
    Value base = store.base();
    while (true) {
      switch (definitions.of(base).orElse(null)) {
        case Inst.PtrAdd add -> base = add.base();
        case Inst.Refine refine -> base = refine.value();
        case Inst.Unary unary when unary.op() == Inst.UnaryOp.POINTER -> {
          return Optional.of(unary.operand());
        }
        case null, default -> {
          return Optional.empty();
        }
      }
    }
  }

  private static Diagnostic diagnostic(
      Inst.Store store, Value address, Sources sources, Advice advice) {
    String name = sources.subjectOf(address).orElse("the struct");
    return advice.error(
        Code.BPF2015,
        store.origin(),
        "`" + name + "` cannot be written: it is not what the kernel gave the program",
        List.of(),
        "write through a parameter of the program");
  }

  private static Diagnostic diagnostic(
      Inst.CallKernel call, Value argument, String why, Sources sources, Advice advice) {
    String name = sources.subjectOf(argument).orElse("the pointer");
    return advice.error(
        Code.BPF2018,
        call.origin(),
        "the kernel does not vouch for `" + name + "`: " + why,
        List.of(),
        "use an argument of a typed program, such as @BtfTracepoint or @Fentry, or what a function"
            + " of the kernel gave");
  }
}
