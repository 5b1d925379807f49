package org.bpf4j.compiler;

import java.util.Map;
import java.util.Optional;

/// How to compile.
///
/// @param optimize whether the optimising passes run; without them code is larger, never different
/// @param dump the program whose stages are recorded, as `Class.method`
/// @param verifyAsWarning whether a rejection of the compiler's own output is only a warning
public record CompilerOptions(boolean optimize, Optional<String> dump, boolean verifyAsWarning) {

  /// What is used unless somebody asks for something else.
  public static final CompilerOptions DEFAULT = new CompilerOptions(true, Optional.empty(), false);

  /// Reads the processor's options: `bpf4j.optimize`, `bpf4j.dump` and `bpf4j.verify`.
  public static CompilerOptions from(Map<String, String> options) {
    return new CompilerOptions(
        !"false".equals(options.get("bpf4j.optimize")),
        Optional.ofNullable(options.get("bpf4j.dump")),
        "warn".equals(options.get("bpf4j.verify")));
  }

  /// The same, with the optimising passes on or off.
  public CompilerOptions withOptimize(boolean value) {
    return new CompilerOptions(value, dump, verifyAsWarning);
  }
}
