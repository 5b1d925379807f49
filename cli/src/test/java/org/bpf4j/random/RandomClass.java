package org.bpf4j.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import org.bpf4j.cases.Javac;
import org.bpf4j.object.KernelVersion;

/// A `@Bpf` class with random programs, and the class with functions that goes with it.
///
/// @param seed what it was made from
/// @param floor the oldest kernel that must load its programs, if it promises one
/// @param declarations structs, records, views, maps and globals
/// @param functions the static methods that programs call
/// @param library the static methods of the other class
/// @param programs the programs
record RandomClass(
    long seed,
    Optional<KernelVersion> floor,
    List<Piece> declarations,
    List<Piece> functions,
    List<Piece> library,
    List<RandomProgram> programs) {

  /// The name of the `@Bpf` class.
  static final String NAME = "Generated";

  /// The name of the other class.
  static final String LIBRARY = "Library";

  private static final String IMPORTS =
      """
      import java.util.concurrent.atomic.AtomicInteger;
      import java.util.concurrent.atomic.AtomicLong;
      import org.bpf4j.lang.*;
      import org.bpf4j.lang.net.*;

      """;

  /// Copies the lists.
  RandomClass {
    declarations = List.copyOf(declarations);
    functions = List.copyOf(functions);
    library = List.copyOf(library);
    programs = List.copyOf(programs);
  }

  /// A program.
  ///
  /// @param name its name
  /// @param kind its annotation's name: `Syscall`, `Xdp` or `Tc`
  /// @param head its signature, up to the opening brace
  /// @param body its statements
  record RandomProgram(String name, String kind, String head, List<Piece> body) {

    /// Copies the list.
    RandomProgram {
      body = List.copyOf(body);
    }

    /// Whether it sees packets.
    boolean isPacket() {
      return !kind.equals("Syscall");
    }

    Piece piece() {
      return new Piece.Block("@" + kind + " " + head, body, "}");
    }
  }

  /// The files, ready to be compiled.
  List<JavaFileObject> sources() {
    return List.of(Javac.source(NAME, main()), Javac.source(LIBRARY, library("")));
  }

  /// The `@Bpf` class.
  String main() {
    StringBuilder text = new StringBuilder(IMPORTS);
    text.append("@Bpf(license = \"GPL\"");
    floor.ifPresent(kernel -> text.append(", minKernel = \"" + kernel + "\""));
    text.append(")\npublic final class " + NAME + " {\n");
    Stream.of(declarations, called(), programs.stream().map(RandomProgram::piece).toList())
        .flatMap(List::stream)
        .forEach(piece -> piece.write(text, 1));
    return text.append("}\n").toString();
  }

  /// The functions that programs reach: any other that uses a global would be an error.
  private List<Piece> called() {
    StringBuilder reached = new StringBuilder();
    programs.forEach(program -> program.piece().write(reached, 0));
    List<Piece> called = new ArrayList<>();
    for (Piece function : functions.reversed()) {
      if (function instanceof Piece.Block(String head, _, _)
          && reached.indexOf(head.replaceFirst(".* (f\\d+\\().*", "$1")) >= 0) {
        called.addFirst(function);
        function.write(reached, 0);
      }
    }
    return called;
  }

  private String library(String modifier) {
    StringBuilder text = new StringBuilder(modifier.isEmpty() ? IMPORTS : "");
    text.append(modifier + "final class " + LIBRARY + " {\n");
    library.forEach(piece -> piece.write(text, 1));
    return text.append("}\n").toString();
  }

  /// Both classes in one file.
  String file() {
    return "// seed "
        + seed
        + "\n"
        + main()
        + (library.isEmpty() ? "" : "\n" + library(" ").strip());
  }

  /// The line of [#main()] on which each program begins, in their order.
  List<Integer> lines() {
    List<Integer> lines = new ArrayList<>();
    List<String> text = main().lines().toList();
    for (RandomProgram program : programs) {
      lines.add(text.indexOf("  @" + program.kind() + " " + program.head()) + 1);
    }
    return lines;
  }

  /// The same with only some of the programs.
  RandomClass only(Set<String> names) {
    return withPrograms(programs.stream().filter(p -> names.contains(p.name())).toList());
  }

  /// The same with other programs.
  RandomClass withPrograms(List<RandomProgram> others) {
    return new RandomClass(seed, floor, declarations, functions, library, others);
  }

  /// Every class with less in it.
  Stream<RandomClass> smaller() {
    Stream<RandomClass> lessCode =
        programs.stream()
            .filter(_ -> programs.size() == 1)
            .flatMap(
                program ->
                    Piece.smaller(program.body()).stream()
                        .map(
                            body ->
                                withPrograms(
                                    List.of(
                                        new RandomProgram(
                                            program.name(),
                                            program.kind(),
                                            program.head(),
                                            body)))));
    return Stream.of(
            lessCode,
            Piece.smaller(functions).stream()
                .map(f -> new RandomClass(seed, floor, declarations, f, library, programs)),
            Piece.smaller(library).stream()
                .map(l -> new RandomClass(seed, floor, declarations, functions, l, programs)),
            Piece.smaller(declarations).stream()
                .map(d -> new RandomClass(seed, floor, d, functions, library, programs)))
        .flatMap(s -> s);
  }

  /// The number of statements of all programs.
  int statements() {
    return programs.stream().mapToInt(p -> Piece.count(p.body())).sum();
  }
}
