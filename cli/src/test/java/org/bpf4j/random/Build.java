package org.bpf4j.random;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bpf4j.cases.Compiled;
import org.bpf4j.compiler.BpfCompiler;
import org.bpf4j.compiler.CompilerOptions;
import org.bpf4j.compiler.ast.Sidecar;
import org.bpf4j.compiler.ast.Unit;

/// A random class that javac compiled: the object with its class, and the code that the processor
/// read, from which the compiler alone can make other objects.
///
/// @param loadable the object, with optimisation
/// @param units the code of this compilation, by the binary name of the class
record Build(Compiled.Loadable loadable, Map<String, Unit> units) {

  private static final String SIDECAR = ".bpfir";

  /// Copies the map.
  Build {
    units = Map.copyOf(units);
  }

  /// What javac wrote.
  static Build of(Compiled compiled) {
    Map<String, Unit> units = new TreeMap<>();
    compiled
        .files()
        .forEach(
            (path, bytes) -> {
              if (path.endsWith(SIDECAR)) {
                Unit unit = Sidecar.read(bytes);
                units.put(unit.name(), unit);
              }
            });
    return new Build(compiled.only(), units);
  }

  /// The code of the `@Bpf` class.
  Unit unit() {
    return find(RandomClass.NAME).orElseThrow();
  }

  /// What the compiler makes of the same code without its optimising passes.
  BpfCompiler.Result unoptimized() {
    return new BpfCompiler(CompilerOptions.DEFAULT.withOptimize(false), this::find).compile(unit());
  }

  /// The code of a class, of this compilation or of the library.
  Optional<Unit> find(String name) {
    Unit here = units.get(name);
    return here != null ? Optional.of(here) : ofLibrary(name);
  }

  private static Optional<Unit> ofLibrary(String name) {
    String path = name.replace('.', '/') + SIDECAR;
    try (InputStream in = Build.class.getClassLoader().getResourceAsStream(path)) {
      return in == null ? Optional.empty() : Optional.of(Sidecar.read(in.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
