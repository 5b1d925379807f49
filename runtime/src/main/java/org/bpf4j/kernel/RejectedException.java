package org.bpf4j.kernel;

import java.io.Serial;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Says that the kernel's verifier rejected a program.
///
/// The message has the Java line and the verifier's decisive line; [#log()] has everything that the
/// verifier said.
public final class RejectedException extends BpfException {

  @Serial private static final long serialVersionUID = 1;

  private final String program;
  private final String reason;
  private final String log;
  private final @Nullable String file;
  private final int line;

  /// Creates it.
  ///
  /// @param program the program's ELF name
  /// @param reason the decisive line of the log
  /// @param log the whole log
  /// @param file the source file, or null if it is unknown
  /// @param line its line from 1, or 0 if it is unknown
  /// @param text the text of that line, or `""` if it is unknown
  public RejectedException(
      String program, String reason, String log, @Nullable String file, int line, String text) {
    super(message(program, reason, file, line, text));
    this.program = program;
    this.reason = reason;
    this.log = log;
    this.file = file;
    this.line = line;
  }

  private static String message(
      String program, String reason, @Nullable String file, int line, String text) {
    StringBuilder message = new StringBuilder();
    if (file != null) {
      message.append(file).append(':').append(line).append(": ");
    }
    message.append("the kernel rejected `").append(program).append("`: ").append(reason);
    if (!text.isBlank()) {
      message.append("\n    ").append(text.strip());
    }
    return message.toString();
  }

  /// The program's ELF name.
  public String program() {
    return program;
  }

  /// The decisive line of the log.
  public String reason() {
    return reason;
  }

  /// The verifier's whole log.
  public String log() {
    return log;
  }

  /// The Java source file, relative to its source root.
  public Optional<String> file() {
    return Optional.ofNullable(file);
  }

  /// The line in that file, from 1; 0 if it is unknown.
  public int line() {
    return line;
  }
}
