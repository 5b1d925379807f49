package org.bpf4j.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bpf4j.cases.Compiled;
import org.bpf4j.cases.Javac;
import org.bpf4j.cases.Mode;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.kernel.BpfException;
import org.bpf4j.kernel.LoadRequest;
import org.bpf4j.object.BpfObject;

/// Looks for faults of the compiler with random programs, and says after how many it found each.
final class Faults {

  /// So many programs may be needed.
  static final int PROGRAMS = 5_000;

  /// Programs of a class: few, so that the number of programs that were needed is known well.
  private static final int OF_A_CLASS = 5;

  private final Javac javac;
  private final List<Fault> left;
  private final Map<String, Integer> found = new TreeMap<>();

  Faults(Javac javac, List<Fault> faults) {
    this.javac = javac;
    this.left = new ArrayList<>(faults);
  }

  /// Tries all that are left with so many programs at most.
  void search(int programs) {
    for (int seed = 0; !left.isEmpty() && seed * OF_A_CLASS < programs; seed++) {
      RandomClass random = Generator.generate(seed, OF_A_CLASS);
      Compiled compiled = javac.compile(random.sources());
      if (compiled.success()) {
        search(random, Build.of(compiled), seed * OF_A_CLASS);
      }
    }
  }

  private void search(RandomClass random, Build build, int before) {
    FaultyCompiler compiler = new FaultyCompiler(build);
    List<Observation> right =
        observe(Mode.JVM, random, build, build.loadable().object()).orElseThrow();
    for (Fault fault : List.copyOf(left)) {
      Optional<Integer> program = noticed(fault, compiler, random, build, right);
      if (program.isPresent()) {
        System.out.println(fault + " is found in " + (before + program.get()) + " programs");
        left.remove(fault);
        found.put(fault.toString(), before + program.get());
      }
    }
  }

  /// The number of the first program that shows the fault, from 1.
  private static Optional<Integer> noticed(
      Fault fault,
      FaultyCompiler compiler,
      RandomClass random,
      Build build,
      List<Observation> right) {
    Optional<BpfObject> object;
    try {
      object = compiler.compile(fault);
    } catch (CompilerBug noticed) {
      return Optional.of(random.programs().size());
    }
    if (object.isEmpty()) {
      return Optional.of(random.programs().size());
    }
    Optional<List<Observation>> wrong = observe(Mode.VM, random, build, object.get());
    if (wrong.isEmpty()) {
      return Optional.of(random.programs().size());
    }
    int inputs = right.size() / random.programs().size();
    for (int i = 0; i < right.size(); i++) {
      if (!wrong.get().get(i).equals(right.get(i))) {
        return Optional.of(i / inputs + 1);
      }
    }
    return Optional.empty();
  }

  /// What the programs do; nothing if they are refused.
  private static Optional<List<Observation>> observe(
      Mode mode, RandomClass random, Build build, BpfObject object) {
    LoadRequest request = LoadRequest.of(object, build.loadable().owner());
    try (LoadedObject loaded = mode.kernel().load(request)) {
      return Optional.of(Observation.observe(mode, random, loaded));
    } catch (BpfException refused) {
      return Optional.empty();
    }
  }

  /// The faults that no program showed.
  List<Fault> left() {
    return List.copyOf(left);
  }

  /// After how many programs each fault was found, by name.
  Map<String, Integer> found() {
    return found;
  }

  /// Looks for faults and prints what was found: `[programs] [kind...]`, by default 5,000 and all.
  public static void main(String[] args) throws Exception {
    int programs = args.length > 0 ? Integer.parseInt(args[0]) : PROGRAMS;
    List<String> kinds = args.length > 1 ? List.of(args).subList(1, args.length) : List.of();
    List<Fault> wanted =
        Fault.all().stream()
            .filter(fault -> kinds.isEmpty() || kinds.contains(fault.kind().name()))
            .toList();
    try (Javac javac = new Javac()) {
      Faults faults = new Faults(javac, wanted);
      faults.search(programs);
      System.out.printf(
          "%d of %d faults found; left: %s%n", faults.found().size(), wanted.size(), faults.left());
    }
  }
}
