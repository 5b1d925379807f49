package org.bpf4j.kernel;

import java.io.Serial;
import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Says that the kernel's verifier rejected a program.
///
/// The message has the Java line and what is wrong with it; then the line's text, the verifier's
/// own words, the instruction, and what the registers hold that it concerns. [#log()] has
/// everything that the verifier said.
public final class RejectedException extends BpfException {

  @Serial private static final long serialVersionUID = 3;

  private final String program;
  private final Verdict verdict;
  private final Place place;

  /// What the verifier said.
  ///
  /// @param reason the decisive lines of the log, in one
  /// @param explanation what that means for the program, or `""`
  /// @param instruction the instruction at which it stopped, behind its slot, or `""`
  /// @param registers what it knew of the registers and the stack where it stopped, by their names
  ///   in the log, such as `R1` and `fp-8`; of a log that says nothing, empty
  /// @param log the whole log
  public record Verdict(
      String reason,
      String explanation,
      String instruction,
      Map<String, String> registers,
      String log)
      implements Serializable {

    /// Copies the map.
    public Verdict {
      registers = Map.copyOf(registers);
    }
  }

  /// A place in a source file.
  ///
  /// @param file the file, relative to its source root, or null if it is unknown
  /// @param line the line, from 1, or 0
  /// @param column the column, from 1, or 0
  /// @param text the text of the line, or `""`
  public record Place(@Nullable String file, int line, int column, String text)
      implements Serializable {

    /// A place that is not known.
    public static final Place UNKNOWN = new Place(null, 0, 0, "");
  }

  /// Creates it.
  ///
  /// @param program the program's ELF name
  /// @param concerned the names of the registers that the message shows
  public RejectedException(
      String program, Verdict verdict, Place place, Iterable<String> concerned) {
    super(message(program, verdict, place, concerned));
    this.program = program;
    this.verdict = verdict;
    this.place = place;
  }

  private static String message(
      String program, Verdict verdict, Place place, Iterable<String> concerned) {
    StringBuilder message = new StringBuilder();
    if (place.file() != null) {
      message.append(place.file()).append(':').append(place.line()).append(": ");
    }
    message.append("the kernel rejected `").append(program).append("`: ");
    boolean explained = !verdict.explanation().isEmpty();
    message.append(explained ? verdict.explanation() : verdict.reason());
    if (!place.text().isBlank()) {
      message.append("\n    ").append(place.text().strip());
    }
    if (explained) {
      message.append("\n  verifier: ").append(verdict.reason());
    }
    if (!verdict.instruction().isEmpty()) {
      message.append("\n  instruction ").append(verdict.instruction());
    }
    for (String register : concerned) {
      String value = verdict.registers().get(register);
      if (value != null) {
        message.append("\n  ").append(register).append(" = ").append(value);
      }
    }
    return message.toString();
  }

  /// The program's ELF name.
  public String program() {
    return program;
  }

  /// The decisive lines of the log, in one.
  public String reason() {
    return verdict.reason();
  }

  /// What the reason means for the program, or `""` if it speaks for itself.
  public String explanation() {
    return verdict.explanation();
  }

  /// The instruction at which the verifier stopped, behind its slot: `12: (61) r0 = *(u32 *)(r1
  /// +0)`; or `""`.
  public String instruction() {
    return verdict.instruction();
  }

  /// What the verifier knew of the registers and the stack where it stopped.
  ///
  /// @return its words by the names in the log, such as `R1` and `fp-8`
  public Map<String, String> registers() {
    return verdict.registers();
  }

  /// The verifier's whole log.
  public String log() {
    return verdict.log();
  }

  /// The Java source file, relative to its source root.
  public Optional<String> file() {
    return Optional.ofNullable(place.file());
  }

  /// The line in that file, from 1; 0 if it is unknown.
  public int line() {
    return place.line();
  }

  /// The column in that line, from 1; 0 if it is unknown.
  public int column() {
    return place.column();
  }
}
