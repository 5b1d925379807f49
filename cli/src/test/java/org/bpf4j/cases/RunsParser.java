package org.bpf4j.cases;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bpf4j.cases.Runs.Scenario;
import org.bpf4j.cases.Runs.Step;
import org.bpf4j.object.KernelVersion;

/// Reads a `runs.txt`.
///
/// ```text
/// kernel >= 6.1                          header lines, all optional
/// no-jvm: reason
/// no-vm: reason
/// no-kernel: reason
/// not-here: reason                       other kernels load it, this machine's does not
///
/// -- run a sentence                      starts from freshly loaded programs
/// config name = value
/// symbol name = 0a0b                     a variable of the simulated kernel
/// put map[key] = value
/// object map[key]                        puts an object, such as a socket, into a map of such
/// inner map[key]                         puts a new inner map into a map of maps
/// inner map[key] of 5                    the same, with so many entries
/// submit ring = 0a0b                     puts a record into a ring that programs drain
/// wait 20                                milliseconds, for timers
/// program name                           needed if there are several
/// packet 0a0b 0c                         runs it; so does `context`
/// context 0a0b with 0c                   the bytes that go with a context, where there are such
/// returns DROP
/// packet-after 0a0b 0c                   `context-after` likewise
/// map name[key] = value
/// map name[key] is absent
/// global name = value
/// records ring = 2 0102 0304
/// prints "text"
/// ```
///
/// Keys and values are as [Literal] says; `#` starts a comment at the start of a line only.
public final class RunsParser {

  private static final Pattern ENTRY = Pattern.compile("(\\w+)\\[(.*?)\\] (?:= (.*)|is absent)");
  private static final Pattern SLOT = Pattern.compile("(\\w+)\\[(.*?)\\]");
  private static final Pattern ASSIGNMENT = Pattern.compile("(\\w+) = (.*)");
  private static final Pattern RECORDS = Pattern.compile("(\\w+) = (\\d+)((?: [0-9a-f]+)*)");
  private static final Pattern QUOTED = Pattern.compile("\"(.*)\"");

  private Optional<KernelVersion> since = Optional.empty();
  private Optional<String> noJvm = Optional.empty();
  private Optional<String> noVm = Optional.empty();
  private Optional<String> noKernel = Optional.empty();
  private Optional<String> notHere = Optional.empty();
  private final List<Scenario> scenarios = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private String sentence = "";

  private RunsParser() {}

  /// Reads the text.
  ///
  /// @throws IllegalArgumentException naming the line that is not understood
  public static Runs parse(String text) {
    RunsParser parser = new RunsParser();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      try {
        parser.line(line.strip());
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("line " + number + ": " + e.getMessage(), e);
      }
    }
    parser.finish();
    return new Runs(
        parser.since, parser.noJvm, parser.noVm, parser.noKernel, parser.notHere, parser.scenarios);
  }

  private void line(String line) {
    if (line.isEmpty() || line.startsWith("#")) {
      return;
    }
    if (line.startsWith("-- run ")) {
      finish();
      sentence = line.substring("-- run ".length());
    } else if (!sentence.isEmpty()) {
      steps.add(step(word(line), rest(line)));
    } else {
      header(line);
    }
  }

  private void header(String line) {
    switch (word(line)) {
      case "kernel" ->
          since = Optional.of(KernelVersion.parse(rest(line).replaceFirst(">= *", "")));
      case "no-jvm:" -> noJvm = Optional.of(rest(line));
      case "no-vm:" -> noVm = Optional.of(rest(line));
      case "no-kernel:" -> noKernel = Optional.of(rest(line));
      case "not-here:" -> notHere = Optional.of(rest(line));
      default -> throw new IllegalArgumentException("no such header: " + line);
    }
  }

  private static Step step(String word, String rest) {
    return switch (word) {
      case "config" -> assignment(rest, Step.Config::new);
      case "symbol" -> assignment(rest, (name, hex) -> new Step.Symbol(name, bytes(hex)));
      case "put" -> {
        MatchResult entry = match(ENTRY, rest);
        yield new Step.Put(entry.group(1), entry.group(2), entry.group(3));
      }
      case "object" -> {
        MatchResult slot = match(SLOT, rest);
        yield new Step.Assign(slot.group(1), slot.group(2));
      }
      case "inner" -> {
        String[] parts = rest.split(" of ", 2);
        MatchResult slot = match(SLOT, parts[0]);
        yield new Step.Inner(
            slot.group(1),
            slot.group(2),
            parts.length == 1 ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(parts[1])));
      }
      case "submit" -> assignment(rest, (ring, hex) -> new Step.Submit(ring, bytes(hex)));
      case "wait" -> new Step.Wait(Duration.ofMillis(Long.parseLong(rest)));
      case "program" -> new Step.Program(rest);
      case "packet" -> new Step.Packet(bytes(rest));
      case "context" -> context(rest);
      case "returns" -> new Step.Returns(rest);
      case "packet-after" -> new Step.PacketAfter(bytes(rest));
      case "context-after" -> new Step.ContextAfter(bytes(rest));
      case "map" -> {
        MatchResult entry = match(ENTRY, rest);
        yield new Step.Entry(entry.group(1), entry.group(2), Optional.ofNullable(entry.group(3)));
      }
      case "global" -> assignment(rest, Step.Global::new);
      case "records" -> records(rest);
      case "prints" -> new Step.Prints(match(QUOTED, rest).group(1));
      default -> throw new IllegalArgumentException("no such line: " + word);
    };
  }

  private static Step context(String rest) {
    String[] parts = rest.split(" with ", 2);
    return new Step.Context(bytes(parts[0]), parts.length == 1 ? new byte[0] : bytes(parts[1]));
  }

  private static Step records(String rest) {
    MatchResult match = match(RECORDS, rest);
    List<byte[]> records =
        Stream.of(match.group(3).strip().split(" "))
            .filter(hex -> !hex.isEmpty())
            .map(RunsParser::bytes)
            .toList();
    if (records.size() != Integer.parseInt(match.group(2))) {
      throw new IllegalArgumentException(records.size() + " records are listed");
    }
    return new Step.Records(match.group(1), records);
  }

  private interface NameAndValue {
    Step of(String name, String value);
  }

  private static Step assignment(String text, NameAndValue step) {
    MatchResult match = match(ASSIGNMENT, text);
    return step.of(match.group(1), match.group(2));
  }

  private void finish() {
    if (!sentence.isEmpty()) {
      scenarios.add(new Scenario(sentence, steps));
    }
    sentence = "";
    steps.clear();
  }

  private static MatchResult match(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not understood: " + text);
    }
    return matcher.toMatchResult();
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private static String word(String line) {
    int space = line.indexOf(' ');
    return space < 0 ? line : line.substring(0, space);
  }

  private static String rest(String line) {
    int space = line.indexOf(' ');
    return space < 0 ? "" : line.substring(space).strip();
  }
}
