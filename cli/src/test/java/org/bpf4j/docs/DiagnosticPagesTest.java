package org.bpf4j.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.JavaFileObject;
import org.bpf4j.compiler.diagnostic.Code;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
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
      import org.jspecify.annotations.Nullable;
      """;

  @TestFactory
  Stream<DynamicTest> wrongSnippetsGiveTheirCode() {
    return pages()
        .map(
            code ->
                dynamicTest(
                    code.id(),
                    () -> {
                      Compilation compilation = compile(List.of(source(code, "Wrong")));
                      assertThat(codes(compilation)).containsExactly(code.id());
                      assertThat(compilation.errors())
                          .allMatch(error -> CODE.matcher(error.toString()).find());
                    }));
  }

  @Test
  void rightSnippetsCompile() throws IOException {
    List<JavaFileObject> sources = new ArrayList<>();
    for (Code code : pages().toList()) {
      sources.add(source(code, "Right"));
    }
    Compilation compilation = compile(sources);
    assertThat(compilation.errors()).isEmpty();
    assertThat(codes(compilation)).isEmpty();
    assertThat(compilation.generatedFiles())
        .filteredOn(file -> file.getName().endsWith(".bpf.o"))
        .hasSize(sources.size());
  }

  @Test
  void readmeShowsWhatJavacPrints() throws IOException {
    String snippet =
        """
        @Xdp
        static XdpAction dropUdp(XdpContext ctx) {
          Ipv4 ip = ctx.header(Ipv4.class, Ethernet.BYTES);
          return ip.protocol() == IpProtocol.UDP ? XdpAction.DROP : XdpAction.PASS;
        }
        """;
    Compilation compilation = compile(List.of(source("readme", snippet)));
    String readme = Markdown.read(Markdown.ROOT.resolve("README.md")).text();
    assertThat(compilation.errors())
        .singleElement()
        .satisfies(
            error -> assertThat(error.getMessage(Locale.ROOT).lines()).allMatch(readme::contains));
  }

  @Test
  void snippetsOfTheLanguageCompile() throws IOException {
    Markdown page = Markdown.read(Markdown.ROOT.resolve("docs/language.md"));
    String members =
        page.fences().stream().map(Markdown.Fence::code).collect(Collectors.joining("\n"));
    assertThat(compile(List.of(source("language", members))).diagnostics()).isEmpty();
  }

  private static Stream<Code> pages() {
    return Stream.of(Code.values()).filter(code -> !WITHOUT_JAVA.contains(code));
  }

  private static Set<String> codes(Compilation compilation) {
    return compilation.diagnostics().stream()
        .flatMap(diagnostic -> CODE.matcher(diagnostic.getMessage(Locale.ROOT)).results())
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Compilation compile(List<JavaFileObject> sources) {
    List<Processor> processors =
        ServiceLoader.load(Processor.class).stream().map(ServiceLoader.Provider::get).toList();
    return Compiler.javac().withProcessors(processors).compile(sources);
  }

  private static JavaFileObject source(Code code, String heading) throws IOException {
    Markdown page =
        Markdown.read(Markdown.ROOT.resolve("docs/diagnostics").resolve(code.id() + ".md"));
    return source(code.id().toLowerCase(Locale.ROOT), page.fenceUnder(heading).code());
  }

  /// A compilation unit in a package of its own.
  private static JavaFileObject source(String packageName, String snippet) {
    String name =
        CLASS.matcher(snippet).results().findFirst().map(match -> match.group(1)).orElse("Page");
    String type =
        name.equals("Page")
            ? "@Bpf(license = \"GPL\")\nfinal class Page {\n" + snippet.indent(2) + "}\n"
            : snippet;
    return JavaFileObjects.forSourceString(
        packageName + "." + name, "package " + packageName + ";\n" + IMPORTS + type);
  }
}
