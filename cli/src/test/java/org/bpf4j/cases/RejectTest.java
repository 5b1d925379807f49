package org.bpf4j.cases;

import static com.google.testing.compile.CompilationSubject.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.processor.BpfProcessor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every case that is refused, or warned about, at the place and with the code of its
/// `expect.diag`.
///
/// A line of that file is `File.java:LINE:COL: [warning ]BPFnnnn[ "part of the message"]`, and the
/// lines are all errors and warnings that javac may give. The system property `bless` rewrites it.
class RejectTest {

  private static final Pattern LINE =
      Pattern.compile("(\\w+\\.java):(\\d+):(\\d+): (warning )?(BPF\\d{4})(?: \"(.*)\")?");

  /// A folder of a case with a library that somebody compiled without our processor.
  private static final String LIBRARY = "library";

  @TestFactory
  Stream<DynamicTest> rejections() {
    return Case.rejected().stream()
        .map(c -> DynamicTest.dynamicTest(c.name() + " [diag]", () -> check(c)));
  }

  private static void check(Case rejected) throws IOException {
    Compilation compilation = compile(rejected);
    if (System.getProperty("bless") != null) {
      bless(rejected, compilation);
    }
    List<Expected> all = expected(rejected);
    assertThat(all).isNotEmpty();
    List<Expected> errors = all.stream().filter(expected -> !expected.warning()).toList();
    assertThat(
            compilation.diagnostics().stream()
                .filter(d -> d.getMessage(null).contains("[BPF"))
                .map(RejectTest::place))
        .as(compilation.diagnostics().toString())
        .isEqualTo(all.stream().map(Expected::place).toList());
    if (!errors.isEmpty()) {
      assertThat(compilation).failed();
      assertThat(compilation).hadErrorCount(errors.size());
    }
    for (Expected expected : all) {
      JavaFileObject file = source(rejected, expected.file());
      var place =
          expected.warning()
              ? assertThat(compilation).hadWarningContaining(expected.text()).inFile(file)
              : assertThat(compilation).hadErrorContaining(expected.text()).inFile(file);
      place.onLine(expected.line()).atColumn(expected.column());
    }
  }

  private static void bless(Case rejected, Compilation compilation) throws IOException {
    assertThat(System.getenv("CI")).as("expectations are not blessed in CI").isNull();
    StringBuilder text = new StringBuilder();
    for (Diagnostic<? extends JavaFileObject> diagnostic : compilation.diagnostics()) {
      boolean warning = diagnostic.getKind() != Diagnostic.Kind.ERROR;
      text.append(place(diagnostic).replace(": BPF", warning ? ": warning BPF" : ": BPF"))
          .append('\n');
    }
    Files.writeString(rejected.directory().resolve("expect.diag"), text);
  }

  private static Compilation compile(Case rejected) throws IOException {
    List<File> classPath = new ArrayList<>(Javac.classPath().stream().map(Path::toFile).toList());
    Optional<Path> library = rejected.file(LIBRARY);
    if (library.isPresent()) {
      classPath.add(compileLibrary(library.get()).toFile());
    }
    return Compiler.javac()
        .withProcessors(new BpfProcessor())
        .withClasspath(classPath)
        .compile(
            rejected.sources().stream()
                .map(path -> source(rejected, path.getFileName().toString()))
                .toList());
  }

  /// Compiles Java files without our processor, as somebody else's library.
  private static Path compileLibrary(Path library) throws IOException {
    Path classes = Files.createTempDirectory("library");
    Compiled compiled = Javac.withoutProcessor(library);
    for (Map.Entry<String, byte[]> file : compiled.orFail().files().entrySet()) {
      Files.write(classes.resolve(file.getKey()), file.getValue()).toFile().deleteOnExit();
    }
    classes.toFile().deleteOnExit();
    return classes;
  }

  private static JavaFileObject source(Case rejected, String file) {
    try {
      return com.google.testing.compile.JavaFileObjects.forResource(
          rejected.directory().resolve(file).toUri().toURL());
    } catch (java.net.MalformedURLException e) {
      throw new IllegalArgumentException(file, e);
    }
  }

  private static String place(Diagnostic<? extends JavaFileObject> diagnostic) {
    JavaFileObject source = diagnostic.getSource();
    String file = source == null ? "" : new File(source.getName()).getName();
    return file
        + ":"
        + diagnostic.getLineNumber()
        + ":"
        + diagnostic.getColumnNumber()
        + ": "
        + diagnostic.getMessage(null).replaceFirst("(?s).*?\\[(BPF\\d+)].*", "$1");
  }

  /// The lines of a case's `expect.diag`.
  static List<Expected> expected(Case rejected) {
    return Case.text(rejected.directory().resolve("expect.diag"))
        .lines()
        .map(Expected::of)
        .toList();
  }

  /// A diagnostic that must be given.
  record Expected(String file, int line, int column, boolean warning, Code code, String message) {

    private static Expected of(String line) {
      var matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        throw new IllegalArgumentException("expect.diag is not understood: " + line);
      }
      MatchResult match = matcher.toMatchResult();
      return new Expected(
          match.group(1),
          Integer.parseInt(match.group(2)),
          Integer.parseInt(match.group(3)),
          match.group(4) != null,
          Code.valueOf(match.group(5)),
          match.group(6) == null ? "" : match.group(6));
    }

    /// Where and what, as this test writes it.
    String place() {
      return file + ":" + line + ":" + column + ": " + code.id();
    }

    /// What the message must contain.
    String text() {
      return message.isEmpty() ? "[" + code.id() + "]" : message;
    }
  }
}
