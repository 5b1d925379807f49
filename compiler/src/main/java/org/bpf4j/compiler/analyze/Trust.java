package org.bpf4j.compiler.analyze;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.bpf4j.compiler.analyze.KernelPointers.Known;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.Definitions;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Origin;
import org.bpf4j.compiler.ssa.Program;
import org.bpf4j.compiler.ssa.Region;
import org.bpf4j.compiler.ssa.Requirement;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.object.Helper;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.object.PointerExchange;
import org.bpf4j.object.PointerTrust;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.object.ProgramParameters;
import org.bpf4j.object.SafeMember;
import org.bpf4j.object.Signature;

/// Finds pointers that are handed to functions of the kernel though the kernel does not vouch for
/// them, and such that are written through: numbers from registers, and what was copied out of
/// memory.
final class Trust {
  private static final String COPIED = "it was copied out of the kernel's memory";

  private final Function function;
  private final ProgramKind kind;
  private final KernelPointers pointers;
  private final Definitions definitions;
  private final Sources sources;

  private Trust(Function function, Program program, KernelPointers pointers) {
    this.function = function;
    this.kind = program.kind();
    this.pointers = pointers;
    this.definitions = Definitions.of(function);
    this.sources = new Sources(function, definitions);
  }

  static List<Diagnostic> check(
      Function function, Program program, KernelPointers pointers, Advice advice) {
    return new Trust(function, program, pointers).check(advice);
  }

  /// What a function needs of a kernel so that it relies on the pointers that are handed over.
  static Requirement requirement(Function function, Program program, KernelPointers pointers) {
    Trust trust = new Trust(function, program, pointers);
    Requirement needed = Requirement.CORE;
    for (Handed handed : trust.handed()) {
      KernelVersion since =
          pointers.known(handed.argument).map(Known::since).orElse(KernelVersion.FLOOR);
      boolean older = handed.call.function().wanted() == PointerTrust.TYPE;
      if (!older || since.compareTo(SafeMember.FIRST) > 0 && pointers.sleepable()) {
        Origin place = handed.call.origin();
        needed =
            needed.max(
                new Requirement(
                    since, "pointers in structs that are relied on", Optional.of(place)));
      }
    }
    return needed;
  }

  /// An object of the kernel that is handed over.
  private record Handed(Inst.CallKernel call, Value argument) {}

  private List<Handed> handed() {
    List<Handed> all = new ArrayList<>();
    for (Block block : function.blocks()) {
      for (Inst inst : block.insts()) {
        if (inst instanceof Inst.CallKernel call) {
          List<Signature.Argument> wanted =
              call.function().signature().map(Signature::arguments).orElse(List.of());
          for (int i = 0; i < Math.min(wanted.size(), call.arguments().size()); i++) {
            if (wanted.get(i) == Signature.Argument.KERNEL_POINTER) {
              all.add(new Handed(call, call.arguments().get(i)));
            }
          }
        }
      }
    }
    return all;
  }

  private List<Diagnostic> check(Advice advice) {
    List<Diagnostic> found = new ArrayList<>();
    for (Block block : function.blocks()) {
      for (Inst inst : block.insts()) {
        if (inst instanceof Inst.Store store && store.region().equals(Region.KERNEL)) {
          written(store)
              .filter(address -> !isGiven(address))
              .map(address -> unwritable(store, address, advice))
              .ifPresent(found::add);
        } else if (inst instanceof Inst.CallKernel call
            && call.function() instanceof PointerExchange exchange) {
          Value argument = call.arguments().get(1);
          sources.of(argument).stream()
              .filter(source -> !isHeld(definitions.of(source)))
              .findFirst()
              .map(_ -> unheld(call, argument, exchange, advice))
              .ifPresent(found::add);
        }
      }
    }
    for (Handed handed : handed()) {
      doubt(handed).map(doubt -> doubtful(handed, doubt, advice)).ifPresent(found::add);
    }
    return found;
  }

  /// Whether an address is that of what the program got, or of a part of it.
  private boolean isGiven(Value address) {
    return pointers.conditions(address).filter(Collection::isEmpty).isPresent();
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

  private Diagnostic unheld(
      Inst.CallKernel call, Value argument, PointerExchange exchange, Advice advice) {
    String name = sources.subjectOf(argument).orElse("the pointer");
    return advice.error(
        Code.BPF2018,
        call.origin(),
        "`" + name + "` is not the program's to hand on: a map keeps what was acquired",
        List.of(exchange.release().name() + " would release it"),
        exchange.isOwn()
            ? "give it what allocate(), pollFirst(), pollLast(), remove() or exchange() gave"
            : "acquire it first, such as by bpf_task_acquire");
  }

  /// Why the kernel does not rely on a pointer, and what to do.
  private record Doubt(String why, String help) {
    static Doubt of(String why) {
      return new Doubt(
          why,
          "use an argument of a typed program, such as @BtfTracepoint or @Lsm, or what a function"
              + " of the kernel gave");
    }
  }

  private static final Doubt GONE =
      new Doubt(
          "it may be gone, since RCU is not held any more",
          "use it in the block that it was got in, or acquire it there");

  private Optional<Doubt> doubt(Handed handed) {
    Optional<Known> known = pointers.known(handed.argument);
    PointerTrust wanted = handed.call.function().wanted();
    if (known.isPresent()) {
      if (known.get().trust().compareTo(wanted) < 0) {
        return known.map(Trust::tooLittle);
      }
      return known.filter(k -> k.trust() == PointerTrust.RCU && isGone(handed)).map(_ -> GONE);
    }
    return sources.of(handed.argument).stream()
        .flatMap(source -> doubt(source).stream())
        .findFirst()
        .map(Doubt::of);
  }

  /// Whether RCU, which kept an object, is not held any more where it is handed on.
  private boolean isGone(Handed handed) {
    return sources.of(handed.argument).stream()
        .flatMap(source -> definitions.of(source).stream())
        .filter(source -> !(source instanceof Inst.Const))
        .anyMatch(source -> !pointers.protects(source, handed.call));
  }

  private static Doubt tooLittle(Known known) {
    return switch (known.trust()) {
      case NONE -> Doubt.of("it was read from a struct, and may go while this program sleeps");
      case TYPE ->
          Doubt.of(
              known.conditions().isEmpty()
                  ? "functions that are traced may get anything"
                  : "it was read from a member that may change at any time");
      case RCU, FULL ->
          new Doubt(
              "it may be on its way out, and the function wants one that stays",
              "acquire it first, such as by bpf_task_acquire");
    };
  }

  /// Why the kernel knows nothing of what an instruction gives.
  private Optional<String> doubt(Value source) {
    Inst inst = definitions.of(source).orElse(null);
    return switch (inst) {
      case Inst.CallKernel call when call.function() == Helper.GET_CURRENT_TASK ->
          Optional.of("it is a number; `Helpers.getCurrentTaskBtf` gives the task itself");
      case Inst.Load load when load.region().kind() == Region.Kind.STACK -> Optional.of(COPIED);
      case Inst.Load load
          when load.region().equals(Region.CONTEXT)
              && kind.parameters() instanceof ProgramParameters.Registers ->
          Optional.of("it is what a register holds");
      case Inst.Unary number when number.op() == Inst.UnaryOp.NUMBER ->
          Optional.of(isCopied(number.operand()) ? COPIED : "it was a number");
      case Inst.CallFunction _ when isNumber(source) ->
          Optional.of("the method may give a mere address");
      case null ->
          Optional.of("a caller of the method hands over a mere address")
              .filter(_ -> function.role() == Function.Role.SUBPROGRAM)
              .filter(_ -> function.entry().parameters().contains(source) && isNumber(source));
      default -> Optional.empty();
    };
  }

  private boolean isCopied(Value value) {
    return definitions.of(value).orElse(null) instanceof Inst.Load load
        && load.region().kind() == Region.Kind.STACK;
  }

  private boolean isNumber(Value value) {
    return value.type() == Type.I64 && pointers.isNumber(value);
  }

  /// The address of the kernel struct that a store writes to.
  private Optional<Value> written(Inst.Store store) {
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

  private Diagnostic unwritable(Inst.Store store, Value address, Advice advice) {
    String name = sources.subjectOf(address).orElse("the struct");
    return advice.error(
        Code.BPF2015,
        store.origin(),
        "`" + name + "` cannot be written: it is not what the kernel gave the program",
        List.of(),
        "write through a parameter of the program");
  }

  private Diagnostic doubtful(Handed handed, Doubt doubt, Advice advice) {
    String name = sources.subjectOf(handed.argument).orElse("the pointer");
    return advice.error(
        Code.BPF2018,
        handed.call.origin(),
        "the kernel does not vouch for `" + name + "`: " + doubt.why,
        List.of(),
        doubt.help);
  }
}
