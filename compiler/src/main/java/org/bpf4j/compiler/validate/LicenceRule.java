package org.bpf4j.compiler.validate;

import java.util.ArrayList;
import java.util.List;
import org.bpf4j.compiler.ast.Program;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.diagnostic.Diagnostic;

/// The licence is stated, and helpers for GPL-compatible programs only are not called under
/// another.
final class LicenceRule implements Rule {

  /// The kernel copies at most that many bytes, the terminator included: `bpf_prog_load` in
  /// `kernel/bpf/syscall.c`.
  private static final int MAX_LICENCE = 127;

  @Override
  public List<Diagnostic> check(Program program) {
    Unit.Options options =
        program
            .unit()
            .options()
            .orElseThrow(() -> new CompilerBug(program.unit().name() + " is not a @Bpf class"));
    List<Diagnostic> found = new ArrayList<>();
    if (options.license().isBlank() || options.license().length() > MAX_LICENCE) {
      found.add(
          Diagnostic.error(
              Code.BPF2012,
              options.span(),
              "the licence must be a text of 1 to "
                  + MAX_LICENCE
                  + " characters: the kernel asks"
                  + " for it",
              "@Bpf(license = \"GPL\")"));
    }
    if (!options.isGplCompatible()) {
      if (options.license().contains("GPL")) {
        found.add(
            Diagnostic.warning(
                Code.BPF2012,
                options.span(),
                "the kernel does not know \"" + options.license() + "\" as GPL-compatible",
                "write it as the kernel does:   @Bpf(license = \"GPL\")"));
      }
      for (KernelCalls.Use use : KernelCalls.of(program)) {
        if (use.function().gplOnly()) {
          found.add(
              Diagnostic.error(
                  Code.BPF2011,
                  use.span(),
                  use.function().phrase()
                      + " needs a GPL-compatible licence, and this class states \""
                      + options.license()
                      + "\"",
                  "@Bpf(license = \"GPL\") or \"Dual BSD/GPL\""));
        }
      }
    }
    return found;
  }
}
