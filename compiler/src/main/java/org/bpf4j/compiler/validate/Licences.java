package org.bpf4j.compiler.validate;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;

/// What the kernel makes of a licence text.
final class Licences {
  /// The texts that `license_is_gpl_compatible` knows, letter by letter.
  private static final Set<String> GPL_COMPATIBLE =
      Set.of(
          "GPL",
          "GPL v2",
          "GPL and additional rights",
          "Dual BSD/GPL",
          "Dual MIT/GPL",
          "Dual MPL/GPL");

  /// The kernel copies the text into a buffer of this size, terminator included
  /// (`char license[128]` in `bpf_prog_load`).
  private static final int BUFFER = 128;

  private Licences() {}

  static boolean isGplCompatible(String license) {
    return GPL_COMPATIBLE.contains(license);
  }

  static List<Diagnostic> check(Unit.Options options) {
    String license = options.license();
    if (license.isBlank() || license.length() >= BUFFER || license.indexOf('\0') >= 0) {
      return List.of(
          Diagnostic.error(
              Code.BPF2012,
              options.span(),
              "the licence must be a text of 1 to " + (BUFFER - 1) + " characters",
              "@Bpf(license = \"GPL\")"));
    }
    boolean meantGpl = license.toUpperCase(Locale.ROOT).contains("GPL");
    return meantGpl && !isGplCompatible(license)
        ? List.of(
            Diagnostic.warning(
                Code.BPF2012,
                options.span(),
                "the kernel does not know \"" + license + "\" as compatible with the GPL",
                "write it as the kernel does:   @Bpf(license = \"GPL\")"))
        : List.of();
  }
}
