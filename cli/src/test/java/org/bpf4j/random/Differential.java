package org.bpf4j.random;

import java.util.ArrayList;
import java.util.Collection;
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
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import org.bpf4j.cases.Compiled;
import org.bpf4j.cases.Javac;
import org.bpf4j.cases.Mode;
import org.bpf4j.compiler.BpfCompiler;
import org.bpf4j.compiler.diagnostic.Diagnostic.Severity;
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

  /// The code in a message of ours.
  static final Pattern CODE = Pattern.compile("\\[(BPF\\d{4})]");

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
  /// @param refused the message with which each refused program was refused
  /// @param deep the code with which each was refused without optimisation only, where the stack
  ///   may be too small; it was compared with optimisation all the same
  /// @param failures at most one for each program
  /// @param builds the programs that compiled and agree
  record Result(
      Map<String, String> refused,
      Map<String, String> deep,
      List<Failure> failures,
      List<Build> builds) {}

  /// What is found out while some programs of a class are built.
  private record Findings(
      Map<String, String> refused, Map<String, String> deep, Map<String, Failure> failures) {

    Findings() {
      this(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    Result result(List<Build> builds) {
      return new Result(refused, deep, List.copyOf(failures.values()), builds);
    }
  }

  /// A class in every mode.
  private record Built(Build build, Map<Mode, Compiled.Loadable> loadables) {}

  /// Compiles, runs and compares.
  Result check(RandomClass generated) {
    Findings findings = new Findings();
    RandomClass left = generated;
    List<Build> builds = new ArrayList<>();
    while (!left.programs().isEmpty() && builds.isEmpty()) {
      Set<String> gone = new TreeSet<>();
      Optional<Built> built = build(left, findings, gone);
      if (built.isPresent()) {
        Optional<Failure> failure = compare(left, built.get().loadables());
        if (failure.isEmpty()) {
          builds.add(built.get().build());
          break;
        }
        gone.add(failure.get().program());
        findings.failures.put(failure.get().program(), failure.get());
      }
      left = without(left, gone);
    }
    if (!findings.deep.isEmpty()) {
      Result rest = optimized().check(generated.only(findings.deep.keySet()));
      rest.failures().forEach(failure -> findings.failures.put(failure.program(), failure));
      builds.addAll(rest.builds());
    }
    return findings.result(builds);
  }

  private Differential optimized() {
    return new Differential(javac, modes.stream().filter(Mode::optimized).toList());
  }

  /// Which of some mistakes show, if the compiler had made them in the programs of a class; none if
  /// the class fails anyway.
  <B extends UnaryOperator<BpfObject>> List<B> noticed(RandomClass generated, List<B> mistakes) {
    Optional<Built> built = build(generated, new Findings(), new TreeSet<>());
    if (built.isEmpty() || compare(generated, built.get().loadables()).isPresent()) {
      return List.of();
    }
    return mistakes.stream()
        .filter(m -> compare(generated, planted(built.get().loadables(), m)).isPresent())
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

  /// The programs of each mode; if there are none, says which programs are to blame.
  private Optional<Built> build(RandomClass generated, Findings findings, Set<String> gone) {
    try {
      Compiled compiled = javac.compile(generated.sources());
      if (!compiled.success()) {
        blame(generated, compiled, findings, gone);
        return Optional.empty();
      }
      Build build = Build.of(compiled);
      Map<Mode, Compiled.Loadable> loadables = new LinkedHashMap<>();
      modes.stream().filter(Mode::optimized).forEach(m -> loadables.put(m, build.loadable()));
      if (modes.stream().allMatch(Mode::optimized)) {
        return Optional.of(new Built(build, loadables));
      }
      BpfCompiler.Result unoptimized = build.unoptimized();
      if (unoptimized.object().isEmpty()) {
        for (var diagnostic : unoptimized.diagnostics()) {
          if (diagnostic.severity() == Severity.ERROR) {
            String name = programAt(generated, diagnostic.span().line());
            findings.deep.putIfAbsent(name, diagnostic.code().name());
            gone.add(name);
          }
        }
        return Optional.empty();
      }
      Compiled.Loadable loadable =
          new Compiled.Loadable(unoptimized.object().get(), build.loadable().owner());
      modes.stream().filter(m -> !m.optimized()).forEach(m -> loadables.put(m, loadable));
      return Optional.of(new Built(build, loadables));
    } catch (RuntimeException | StackOverflowError e) {
      crashed(generated, e, findings, gone);
      return Optional.empty();
    }
  }

  /// The compiler failed: each program is tried alone to find those that it failed on.
  private void crashed(
      RandomClass generated, Throwable thrown, Findings findings, Set<String> gone) {
    if (generated.programs().size() > 1) {
      for (RandomProgram program : generated.programs()) {
        build(generated.only(Set.of(program.name())), findings, gone);
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
      findings.failures.put(name, new Failure(name, kind, details.toString()));
      gone.add(name);
    }
  }

  private static void blame(
      RandomClass generated, Compiled compiled, Findings findings, Set<String> gone) {
    for (Diagnostic<?> diagnostic : compiled.diagnostics()) {
      if (diagnostic.getKind() != Diagnostic.Kind.ERROR) {
        continue;
      }
      String message = diagnostic.getMessage(Locale.ROOT);
      String name = programAt(generated, diagnostic.getLineNumber());
      if (CODE.matcher(message).find()) {
        findings.refused.putIfAbsent(name, message);
      } else {
        findings.failures.putIfAbsent(name, new Failure(name, JAVAC, diagnostic.toString()));
      }
      gone.add(name);
    }
    if (gone.isEmpty()) {
      String name = generated.programs().getFirst().name();
      findings.failures.put(name, new Failure(name, JAVAC, compiled.text()));
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
    if (modes.isEmpty()) {
      return Optional.empty();
    }
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
