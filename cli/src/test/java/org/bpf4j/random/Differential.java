package org.bpf4j.random;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import org.bpf4j.cases.Compiled;
import org.bpf4j.cases.Javac;
import org.bpf4j.cases.Mode;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.kernel.BpfException;
import org.bpf4j.kernel.LoadRequest;
import org.bpf4j.kernel.RejectedException;
import org.bpf4j.object.BpfObject;
import org.bpf4j.random.RandomClass.RandomProgram;

/// Compiles random classes and compares what their programs do in several modes.
final class Differential {

  /// The kind of failure where the generator wrote something that is no Java.
  static final String JAVAC = "javac";

  private static final Pattern CODE = Pattern.compile("\\[(BPF\\d{4})]");

  private final Javac javac;
  private final Collection<Mode> modes;

  /// Compares in these modes; the first is the judge.
  Differential(Javac javac, Collection<Mode> modes) {
    this.javac = javac;
    this.modes = List.copyOf(modes);
  }

  /// A program that does not do what it should.
  ///
  /// @param program its name
  /// @param kind in a word or two, without details: what must stay the same while shrinking
  /// @param details everything that is known
  record Failure(String program, String kind, String details) {}

  /// What became of a class.
  ///
  /// @param refused the code with which each refused program was refused
  /// @param failures at most one for each program
  /// @param object the programs that compiled and agree
  record Result(Map<String, String> refused, List<Failure> failures, Optional<BpfObject> object) {}

  /// Compiles, runs and compares.
  Result check(RandomClass generated) {
    Map<String, String> refused = new LinkedHashMap<>();
    Map<String, Failure> failures = new LinkedHashMap<>();
    RandomClass left = generated;
    while (!left.programs().isEmpty()) {
      Set<String> gone = new TreeSet<>();
      Optional<Map<Mode, Compiled.Loadable>> built = build(left, refused, failures, gone);
      if (built.isPresent()) {
        Optional<Failure> failure = compare(left, built.get());
        if (failure.isEmpty()) {
          BpfObject object = built.get().values().iterator().next().object();
          return new Result(refused, List.copyOf(failures.values()), Optional.of(object));
        }
        gone.add(failure.get().program());
        failures.put(failure.get().program(), failure.get());
      }
      left = without(left, gone);
    }
    return new Result(refused, List.copyOf(failures.values()), Optional.empty());
  }

  /// Which of some mistakes show, if the compiler had made them in the programs of a class; none if
  /// the class fails anyway.
  <B extends UnaryOperator<BpfObject>> List<B> noticed(RandomClass generated, List<B> mistakes) {
    Optional<Map<Mode, Compiled.Loadable>> built =
        build(generated, new HashMap<>(), new HashMap<>(), new TreeSet<>());
    if (built.isEmpty() || compare(generated, built.get()).isPresent()) {
      return List.of();
    }
    return mistakes.stream()
        .filter(mistake -> compare(generated, planted(built.get(), mistake)).isPresent())
        .toList();
  }

  private static Map<Mode, Compiled.Loadable> planted(
      Map<Mode, Compiled.Loadable> right, UnaryOperator<BpfObject> mistake) {
    Map<Mode, Compiled.Loadable> wrong = new LinkedHashMap<>();
    right.forEach(
        (mode, loadable) ->
            wrong.put(
                mode, new Compiled.Loadable(mistake.apply(loadable.object()), loadable.owner())));
    return wrong;
  }

  private static RandomClass without(RandomClass from, Set<String> gone) {
    Set<String> names =
        from.programs().stream()
            .map(RandomProgram::name)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    if (gone.isEmpty() || !names.removeAll(gone)) {
      throw new IllegalStateException("no program of " + names + " is to blame");
    }
    return from.only(names);
  }

  /// The program of a mode; if there is none, says which programs are to blame.
  private Optional<Map<Mode, Compiled.Loadable>> build(
      RandomClass generated,
      Map<String, String> refused,
      Map<String, Failure> failures,
      Set<String> gone) {
    Map<Boolean, Compiled.Loadable> byOptimisation = new HashMap<>();
    Map<Mode, Compiled.Loadable> loadables = new LinkedHashMap<>();
    for (Mode mode : modes) {
      if (!byOptimisation.containsKey(mode.optimized())) {
        Compiled compiled;
        try {
          compiled = javac.compile(generated.sources(), "-Abpf4j.optimize=" + mode.optimized());
        } catch (RuntimeException | StackOverflowError e) {
          crashed(generated, e, refused, failures, gone);
          return Optional.empty();
        }
        if (!compiled.success()) {
          blame(generated, compiled, refused, failures, gone);
          return Optional.empty();
        }
        byOptimisation.put(mode.optimized(), compiled.only());
      }
      loadables.put(mode, byOptimisation.get(mode.optimized()));
    }
    return Optional.of(loadables);
  }

  /// The compiler failed: each program is tried alone to find those that it failed on.
  private void crashed(
      RandomClass generated,
      Throwable thrown,
      Map<String, String> refused,
      Map<String, Failure> failures,
      Set<String> gone) {
    if (generated.programs().size() > 1) {
      for (RandomProgram program : generated.programs()) {
        build(generated.only(Set.of(program.name())), refused, failures, gone);
      }
    }
    if (gone.isEmpty()) {
      String name = generated.programs().getFirst().name();
      Throwable cause = thrown;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      String message = String.valueOf(cause.getMessage());
      String first = message.lines().findFirst().orElse("");
      String kind = "compiler bug: " + cause.getClass().getSimpleName() + " " + general(first);
      StringBuilder details = new StringBuilder(message).append('\n');
      for (int i = 0; i < Math.min(12, cause.getStackTrace().length); i++) {
        details.append("  at ").append(cause.getStackTrace()[i]).append('\n');
      }
      failures.put(name, new Failure(name, kind, details.toString()));
      gone.add(name);
    }
  }

  private static void blame(
      RandomClass generated,
      Compiled compiled,
      Map<String, String> refused,
      Map<String, Failure> failures,
      Set<String> gone) {
    for (Diagnostic<?> diagnostic : compiled.diagnostics()) {
      if (diagnostic.getKind() != Diagnostic.Kind.ERROR) {
        continue;
      }
      String message = diagnostic.getMessage(Locale.ROOT);
      Matcher code = CODE.matcher(message);
      String name = programAt(generated, diagnostic.getLineNumber());
      if (code.find()) {
        refused.putIfAbsent(name, code.group(1));
      } else {
        failures.putIfAbsent(name, new Failure(name, JAVAC, diagnostic.toString()));
      }
      gone.add(name);
    }
    if (gone.isEmpty()) {
      String name = generated.programs().getFirst().name();
      failures.put(name, new Failure(name, JAVAC, compiled.text()));
      gone.add(name);
    }
  }

  /// The program that a line is in; the first one for lines of functions, which all may call.
  private static String programAt(RandomClass generated, long line) {
    List<Integer> starts = generated.lines();
    String name = generated.programs().getFirst().name();
    for (int i = 0; i < starts.size(); i++) {
      if (line >= starts.get(i)) {
        name = generated.programs().get(i).name();
      }
    }
    return name;
  }

  private Optional<Failure> compare(RandomClass generated, Map<Mode, Compiled.Loadable> loadables) {
    Map<Mode, List<Observation>> seen = new LinkedHashMap<>();
    for (Map.Entry<Mode, Compiled.Loadable> entry : loadables.entrySet()) {
      Mode mode = entry.getKey();
      Compiled.Loadable loadable = entry.getValue();
      try (LoadedObject loaded =
          mode.kernel().load(LoadRequest.of(loadable.object(), loadable.owner()))) {
        seen.put(mode, Observation.observe(mode, generated, loaded));
      } catch (RejectedException e) {
        return Optional.of(
            new Failure(
                e.program(),
                mode + ": rejected: " + general(e.reason()),
                e.getMessage() + "\n" + tail(e.log())));
      } catch (BpfException e) {
        String name = generated.programs().getFirst().name();
        return Optional.of(new Failure(name, mode + ": not loaded", e.toString()));
      }
    }
    Mode first = modes.iterator().next();
    List<Observation> expected = Objects.requireNonNull(seen.get(first), "the first mode ran");
    for (int i = 0; i < expected.size(); i++) {
      for (Mode mode : seen.keySet()) {
        Observation found = seen.get(mode).get(i);
        if (!found.equals(expected.get(i))) {
          return Optional.of(
              new Failure(
                  found.program(),
                  mode + ": differs from " + first + (found.failed() ? " by an exception" : ""),
                  expected.get(i).text() + "--- but " + mode + "\n" + found.text()));
        }
        if (found.failed()) {
          return Optional.of(new Failure(found.program(), mode + ": exception", found.text()));
        }
      }
    }
    return Optional.empty();
  }

  /// A message without its numbers, cut where details begin.
  private static String general(String message) {
    return message.replaceAll("[0-9]+", "#").replaceAll("^(.{60}).*", "$1");
  }

  private static String tail(String log) {
    List<String> lines = new ArrayList<>(log.lines().toList());
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
  }
}
