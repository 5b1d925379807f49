package org.bpf4j.sys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// The names of the kernel's functions and tracepoints (`/proc/kallsyms`), for messages: nothing is
/// found where that cannot be read.
public final class KernelNames {

  private static final Path SYMBOLS = Path.of("/proc/kallsyms");

  /// The functions that no probe may stop, as debugfs has them.
  private static final Path FORBIDDEN = Path.of("/sys/kernel/debug/kprobes/blacklist");

  /// What the kernel's name for the calls of a tracepoint begins with (`DEFINE_TRACE`).
  private static final String TRACEPOINT = "__traceiter_";

  /// What the names begin with of the room before functions.
  private static final String PADDING = "__pfx_";

  private KernelNames() {}

  /// The functions with names like that one.
  public static List<String> functionsLike(String name) {
    return functions(
        all -> NearNames.of(name, all.filter(other -> !other.startsWith(TRACEPOINT))), List.of());
  }

  /// The tracepoints with names like that one.
  public static List<String> tracepointsLike(String name) {
    return functions(
        all ->
            NearNames.of(
                name,
                all.filter(other -> other.startsWith(TRACEPOINT))
                    .map(other -> other.substring(TRACEPOINT.length()))),
        List.of());
  }

  /// Why a function cannot be probed, if it is there; empty if it is not.
  public static Optional<String> whyNotProbed(String function) {
    boolean forbidden =
        KernelFiles.text(FORBIDDEN)
            .orElse("")
            .lines()
            .anyMatch(line -> line.endsWith("\t" + function));
    if (forbidden) {
      return Optional.of("it is there, but on the kernel's list of what no probe may stop");
    }
    return functions(all -> all.anyMatch(function::equals), false)
        ? Optional.of("it is there, but among what no probe may stop, or not at that place")
        : Optional.empty();
  }

  /// Lines are address, type and name, and in brackets the module; the type of functions is `t`,
  /// `T`, `w` or `W`.
  private static <T> T functions(Function<Stream<String>, T> use, T otherwise) {
    try (Stream<String> lines = Files.lines(SYMBOLS)) {
      return use.apply(
          lines
              .filter(line -> line.indexOf(' ') > 0)
              .filter(line -> "tTwW".indexOf(line.charAt(line.indexOf(' ') + 1)) >= 0)
              .map(KernelNames::name)
              .filter(name -> !name.startsWith(PADDING)));
    } catch (IOException _) {
      return otherwise;
    }
  }

  private static String name(String line) {
    int start = line.indexOf(' ') + 3;
    int end = line.indexOf('\t', start);
    return end < 0 ? line.substring(start) : line.substring(start, end);
  }
}
