package org.bpf4j.compiler.validate;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bpf4j.compiler.ast.Program;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.ast.Unit.Role;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.object.ProgramOption;
import org.bpf4j.object.SleepingHooks;

/// Programs of security hooks sleep only where the kernel itself may: where it holds no lock.
final class SleepRule implements Rule {

  @Override
  public List<Diagnostic> check(Program program) {
    return program.functions().stream().flatMap(function -> fault(function).stream()).toList();
  }

  private static Optional<Diagnostic> fault(Unit.Function function) {
    return awake(function.role())
        .findFirst()
        .map(
            hook ->
                Diagnostic.error(
                    Code.BPF2021,
                    function.span(),
                    "no kernel lets programs such as `"
                        + function.ref().name()
                        + "` sleep in the security hook `"
                        + hook
                        + "`",
                    "leave out `sleepable = true`"));
  }

  /// The hooks that a program means to sleep in, and cannot.
  private static Stream<String> awake(Role role) {
    return role
                instanceof
                Role.Program(ProgramKind kind, List<ProgramOption> options, List<String> targets)
            && kind == ProgramKind.LSM
            && options.contains(ProgramOption.SLEEPABLE)
        ? targets.stream().filter(hook -> SleepingHooks.since(hook).isEmpty())
        : Stream.empty();
  }
}
