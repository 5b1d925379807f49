package org.bpf4j.compiler.analyze;

import java.util.List;
import java.util.Optional;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Program;
import org.bpf4j.object.KernelVersion;

/// Checks that the code itself needs no newer kernel than the user wants to support; of helpers and
/// maps this was checked before.
final class KernelFloor {
  private KernelFloor() {}

  static List<Diagnostic> check(Program program, Optional<KernelVersion> minKernel, Advice advice) {
    if (minKernel.isEmpty() || program.floor().compareTo(minKernel.get()) <= 0) {
      return List.of();
    }
    Function main = program.main();
    Optional<Inst> fetching =
        program.functions().stream()
            .flatMap(function -> function.blocks().stream())
            .flatMap((Block block) -> block.insts().stream())
            .filter(KernelFloor::needsFetch)
            .findFirst();
    String message =
        "`"
            + main.name()
            + "` needs kernel "
            + program.floor()
            + ", but minKernel is "
            + minKernel.get();
    String help = "@Bpf(minKernel = \"" + program.floor() + "\")";
    return List.of(
        fetching
            .map(
                inst ->
                    advice.error(
                        Code.BPF2003,
                        inst.origin(),
                        message,
                        List.of("an atomic operation is used whose result or kind came with 5.12"),
                        help))
            .orElseGet(() -> Diagnostic.error(Code.BPF2003, main.span(), message, help)));
  }

  /// The instructions of kernel 5.12 (`BPF_FETCH`, `BPF_XCHG`, `BPF_CMPXCHG` and bit operations).
  private static boolean needsFetch(Inst inst) {
    return inst instanceof Inst.Atomic atomic
        && (atomic.result().isPresent() || atomic.op() != Inst.AtomicOp.ADD);
  }
}
