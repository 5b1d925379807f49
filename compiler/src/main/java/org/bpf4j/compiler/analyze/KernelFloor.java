package org.bpf4j.compiler.analyze;

import java.util.List;
import java.util.Optional;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.ssa.Program;
import org.bpf4j.compiler.ssa.Requirement;
import org.bpf4j.object.KernelVersion;

/// A program that promises to run on a kernel which lacks something that it uses.
final class KernelFloor {
  private KernelFloor() {}

  static List<Diagnostic> check(Program program, Optional<KernelVersion> minKernel, Advice advice) {
    Requirement needed = program.requirement();
    if (minKernel.isEmpty() || needed.kernel().compareTo(minKernel.get()) <= 0) {
      return List.of();
    }
    String message =
        "`%s` needs kernel %s, but minKernel is %s"
            .formatted(program.main().name(), needed.kernel(), minKernel.get());
    String reason = "%s came with Linux %s".formatted(needed.feature(), needed.kernel());
    String help = "@Bpf(minKernel = \"" + needed.kernel() + "\")";
    return List.of(
        needed
            .place()
            .map(place -> advice.error(Code.BPF2003, place, message, List.of(reason), help))
            .orElseGet(
                () ->
                    Diagnostic.error(
                        Code.BPF2003, program.main().span(), message + ": " + reason, help)));
  }
}
