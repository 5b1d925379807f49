package org.bpf4j.compiler.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bpf4j.compiler.ast.Program;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.object.Helper;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.object.Kfunc;
import org.bpf4j.object.PathHooks;
import org.bpf4j.object.ProgramKind;

/// Functions of the kernel are called only by the kinds of programs that the kernel allows, and not
/// if they are newer than `minKernel`, unless the program asks whether they are there.
final class HelperRule implements Rule {

  @Override
  public List<Diagnostic> check(Program program) {
    Optional<KernelVersion> floor = program.unit().options().flatMap(Unit.Options::minKernel);
    List<Diagnostic> found = new ArrayList<>();
    Set<String> asked = KernelCalls.asked(program);
    for (KernelCalls.Use use : KernelCalls.of(program)) {
      if (use.function() instanceof Kfunc kfunc && asked.contains(kfunc.name())) {
        continue;
      }
      if (!use.function().kinds().contains(use.kind())) {
        found.add(
            Diagnostic.error(
                Code.BPF2002,
                use.span(),
                use.function().phrase()
                    + " is not for programs of kind "
                    + use.kind()
                    + ", such as `"
                    + use.program()
                    + "`",
                "it is for " + use.function().kinds()));
        continue;
      }
      misplaced(use).ifPresent(found::add);
      KernelVersion since = use.function().since(use.kind()).orElse(use.function().since());
      if (floor.isPresent() && since.compareTo(floor.get()) > 0) {
        found.add(
            Diagnostic.error(
                Code.BPF2003,
                use.span(),
                arrival(use, since) + ", and minKernel is " + floor.get(),
                "@Bpf(minKernel = \"" + since + "\")"));
      }
    }
    return found;
  }

  private static String arrival(KernelCalls.Use use, KernelVersion since) {
    String phrase = use.function().phrase();
    return since.equals(use.function().since())
        ? phrase + " came with Linux " + since
        : "programs of kind %s may call %s from Linux %s on".formatted(use.kind(), phrase, since);
  }

  /// A path that is asked for where the kernel allows that in no program.
  private static Optional<Diagnostic> misplaced(KernelCalls.Use use) {
    return use.function() != Helper.D_PATH
        ? Optional.empty()
        : use.targets().stream()
            .filter(target -> !PathHooks.allow(use.kind(), target))
            .findFirst()
            .map(
                target ->
                    Diagnostic.error(
                        Code.BPF2002,
                        use.span(),
                        "no kernel lets programs at `" + target + "` ask for the path of a file",
                        use.kind() == ProgramKind.LSM
                            ? "ask in a hook that programs may sleep in, such as file_open"
                            : "trace "
                                + String.join(", ", PathHooks.functions())
                                + ", or use @Lsm or @Iter"));
  }
}
