package org.bpf4j.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import java.util.ServiceLoader;
import org.bpf4j.compiler.diagnostic.Code;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The snippets of the diagnostics' pages: the wrong one gives the page's code and no other, the
/// right one compiles.
class DiagnosticPagesTest {

  /// Pages whose snippets are no Java: what is wrong lies outside of the source.
  private static final Set<Code> WITHOUT_JAVA = Set.of(Code.BPF3004, Code.BPF4001);

  private static final Pattern CODE = Pattern.compile("\\[(BPF\\d{4})]");
  private static final Pattern CLASS = Pattern.compile("@Bpf\\([^)]*\\)\\s+final class (\\w+)");

  private static final String IMPORTS =
      """
      import java.util.*;
      import java.util.concurrent.atomic.*;
      import java.util.function.*;
      import org.bpf4j.lang.*;
      import org.bpf4j.lang.net.*;
      """;

  @TestFactory
  Stream<DynamicTest> pages() {
    return Stream.of(Code.values())
        .filter(code -> !WITHOUT_JAVA.contains(code))
        .flatMap(
            code ->
                Stream.of(
                    dynamicTest(code + " wrong", () -> rejects(code)),
                    dynamicTest(code + " right", () -> accepts(code))));
  }

  private static void rejects(Code code) throws IOException {
    assertThat(codes(compile(code, "Wrong"))).containsExactly(code.id());
  }

  private static void accepts(Code code) throws IOException {
    Compilation compilation = compile(code, "Right");
    assertThat(compilation.errors()).isEmpty();
    assertThat(codes(compilation)).isEmpty();
    assertThat(compilation.generatedFiles()).anyMatch(file -> file.getName().endsWith(".bpf.o"));
  }

  private static Set<String> codes(Compilation compilation) {
    return compilation.diagnostics().stream()
        .flatMap(diagnostic -> CODE.matcher(diagnostic.getMessage(Locale.ROOT)).results())
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Compilation compile(Code code, String heading) throws IOException {
    Path page = Markdown.ROOT.resolve("docs/diagnostics").resolve(code.id() + ".md");
    Markdown.Fence fence = Markdown.read(page).fenceUnder(heading);
    assertThat(fence.language()).isEqualTo("java");
    List<Processor> processors =
        ServiceLoader.load(Processor.class).stream().map(ServiceLoader.Provider::get).toList();
    return Compiler.javac()
        .withProcessors(processors)
        .compile(JavaFileObjects.forSourceString(name(fence.code()), unit(fence.code())));
  }

  private static String name(String snippet) {
    return CLASS.matcher(snippet).results().findFirst().map(m -> m.group(1)).orElse("Page");
  }

  private static String unit(String snippet) {
    return CLASS.matcher(snippet).find()
        ? IMPORTS + snippet
        : IMPORTS + "@Bpf(license = \"GPL\")\nfinal class Page {\n" + snippet.indent(2) + "}\n";
  }
}
