package org.bpf4j.compiler.emit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.diagnostic.Diagnostic.Severity;
import org.bpf4j.compiler.machine.MachineBlock;
import org.bpf4j.compiler.machine.MachineFunction;
import org.bpf4j.compiler.machine.MachineFunction.Slot;
import org.bpf4j.compiler.machine.MachineInsn;
import org.bpf4j.compiler.machine.MachineProgram;
import org.bpf4j.compiler.machine.Register.Physical;
import org.bpf4j.object.Helper;

/// Adds up the frames of every chain of calls and reports those beyond the kernel's limit.
///
/// A frame counts in units of 32 bytes, and all frames of a chain together may have 512
/// (`MAX_BPF_STACK`), or 256 if a function of the chain but the first makes tail calls
/// (`check_max_stack_depth`).
final class CallChains {

  private static final int FRAME_UNIT = 32;
  private static final int LIMIT = 512;
  private static final int TAIL_CALL_LIMIT = 256;
  private static final int NAMED_SLOTS = 3;

  private final MachineProgram<Physical> program;
  private final Map<String, MachineFunction<Physical>> functions = new HashMap<>();
  private final Map<String, List<MachineFunction<Physical>>> deepest = new HashMap<>();

  private CallChains(MachineProgram<Physical> program) {
    this.program = program;
    program.functions().forEach(function -> functions.put(function.name(), function));
  }

  /// The errors of a program: at most one, for its deepest chain.
  static List<Diagnostic> check(MachineProgram<Physical> program) {
    return new CallChains(program).check();
  }

  private List<Diagnostic> check() {
    List<MachineFunction<Physical>> chain = deepest(program.main());
    boolean tailCalls =
        program.functions().stream().anyMatch(CallChains::makesTailCalls) && chain.size() > 1;
    int limit = tailCalls ? TAIL_CALL_LIMIT : LIMIT;
    int bytes = bytes(chain);
    return bytes > limit ? List.of(tooDeep(chain, bytes, limit)) : List.of();
  }

  /// The chain of calls that takes most stack, from the function on.
  private List<MachineFunction<Physical>> deepest(MachineFunction<Physical> function) {
    List<MachineFunction<Physical>> known = deepest.get(function.name());
    if (known == null) {
      known = new ArrayList<>(List.of(function));
      List<MachineFunction<Physical>> below = List.of();
      for (String callee : callees(function)) {
        List<MachineFunction<Physical>> chain =
            deepest(Objects.requireNonNull(functions.get(callee)));
        below = bytes(chain) > bytes(below) ? chain : below;
      }
      known.addAll(below);
      deepest.put(function.name(), known);
    }
    return known;
  }

  private static int bytes(List<MachineFunction<Physical>> chain) {
    return chain.stream().mapToInt(CallChains::roundedFrame).sum();
  }

  private static int roundedFrame(MachineFunction<Physical> function) {
    int bytes = Math.max(function.frameBytes(), 1);
    return Math.ceilDiv(bytes, FRAME_UNIT) * FRAME_UNIT;
  }

  private static List<String> callees(MachineFunction<Physical> function) {
    List<String> callees = new ArrayList<>();
    for (MachineBlock<Physical> block : function.blocks()) {
      for (MachineInsn<Physical> insn : block.insns()) {
        switch (insn) {
          case MachineInsn.CallFunction<Physical> call -> callees.add(call.function());
          case MachineInsn.Address<Physical> address
              when address.symbol() instanceof MachineInsn.Symbol.FunctionSymbol(String name) ->
              callees.add(name);
          default -> {}
        }
      }
    }
    return callees;
  }

  private static boolean makesTailCalls(MachineFunction<Physical> function) {
    return function.blocks().stream()
        .flatMap(block -> block.insns().stream())
        .anyMatch(
            insn ->
                insn instanceof MachineInsn.CallKernel<Physical> call
                    && call.function() == Helper.TAIL_CALL);
  }

  private Diagnostic tooDeep(List<MachineFunction<Physical>> chain, int bytes, int limit) {
    List<String> notes = new ArrayList<>();
    for (MachineFunction<Physical> function : chain) {
      List<Slot> slots = new ArrayList<>(function.slots());
      slots.sort(Comparator.comparingInt(Slot::bytes).reversed());
      notes.add("%s takes %d bytes".formatted(function.name(), roundedFrame(function)));
      slots.stream()
          .filter(slot -> !slot.spill())
          .limit(NAMED_SLOTS)
          .forEach(slot -> notes.add("`%s` takes %d of them".formatted(slot.name(), slot.bytes())));
      int spills = (int) slots.stream().filter(Slot::spill).count();
      if (spills > 0) {
        notes.add("%d values of 8 bytes find no register".formatted(spills));
      }
    }
    return new Diagnostic(
        Code.BPF3001,
        Severity.ERROR,
        program.main().span(),
        "`%s` needs %d bytes of stack; the kernel gives %d"
            .formatted(program.main().name(), bytes, limit),
        notes,
        "static final PerCpu<Scratch> scratch = PerCpu.create(); a @Struct Scratch with what is"
            + " large is then scratch.get(), and takes no stack");
  }
}
