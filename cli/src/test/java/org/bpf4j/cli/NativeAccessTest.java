package org.bpf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.reflect.AccessFlag;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.isa.Insn;
import org.bpf4j.junit.BpfTest;
import org.bpf4j.kernel.Kernel;
import org.bpf4j.lang.Bpf;
import org.bpf4j.processor.BpfProcessor;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/// The JVM's restricted methods: one class calls them, and it is let by the documented flag.
class NativeAccessTest {

  /// One class of each module.
  private static final List<Class<?>> MODULES =
      List.of(
          Insn.class,
          Code.class,
          BpfProcessor.class,
          Bpf.class,
          Kernel.class,
          BpfTest.class,
          Main.class);

  /// What the platform marks as restricted, with or without the class that declares it.
  private static final Set<String> RESTRICTED =
      Set.of(
          "java/lang/foreign/Linker.downcallHandle",
          "java/lang/foreign/Linker.upcallStub",
          "java/lang/foreign/SymbolLookup.libraryLookup",
          "java/lang/foreign/MemorySegment.reinterpret",
          "java/lang/foreign/AddressLayout.withTargetLayout",
          "java/lang/ModuleLayer$Controller.enableNativeAccess",
          "java/lang/Runtime.load",
          "java/lang/Runtime.loadLibrary",
          "java/lang/System.load",
          "java/lang/System.loadLibrary");

  private static final String DENY = "--illegal-native-access=deny";

  private record Result(int status, String output) {}

  private static Path origin(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static List<ClassModel> classes(Path origin) throws IOException {
    if (Files.isDirectory(origin)) {
      return walk(origin);
    }
    try (FileSystem jar = FileSystems.newFileSystem(origin)) {
      return walk(jar.getPath("/"));
    }
  }

  private static List<ClassModel> walk(Path folder) throws IOException {
    List<ClassModel> classes = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        classes.add(ClassFile.of().parse(Files.readAllBytes(file)));
      }
    }
    return classes;
  }

  private static Stream<String> restricted(MethodModel method) {
    return method.code().stream()
        .flatMap(code -> code.elementStream())
        .flatMap(NativeAccessTest::called)
        .filter(RESTRICTED::contains);
  }

  private static Stream<String> called(CodeElement element) {
    return element instanceof InvokeInstruction call
        ? Stream.of(call.owner().asInternalName() + "." + call.name().stringValue())
        : Stream.of();
  }

  @Test
  void oneClassCallsRestrictedMethods() throws Exception {
    Set<String> callers = new TreeSet<>();
    Set<String> natives = new TreeSet<>();
    int seen = 0;
    for (Class<?> module : MODULES) {
      for (ClassModel type : classes(origin(module))) {
        seen++;
        for (MethodModel method : type.methods()) {
          restricted(method).forEach(_ -> callers.add(type.thisClass().asInternalName()));
          if (method.flags().has(AccessFlag.NATIVE)) {
            natives.add(type.thisClass().asInternalName() + "." + method.methodName());
          }
        }
      }
    }
    assertThat(callers).containsExactly("org/bpf4j/sys/Native");
    assertThat(natives).isEmpty();
    assertThat(seen).isGreaterThan(1_000);
  }

  private static Result run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(List.of(arguments));
    command.add(NativeUser.class.getName());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }

  private static String classPath() {
    return System.getProperty("java.class.path");
  }

  @Test
  void runsFromTheClassPathWithTheFlag() throws Exception {
    Result result = run(DENY, "--enable-native-access=ALL-UNNAMED", "-cp", classPath());
    assertThat(result.output()).containsPattern("^(loaded|refused) from the class path");
    assertThat(result.status()).isZero();
  }

  @Test
  void saysWhichFlagIsMissing() throws Exception {
    Result result = run(DENY, "-cp", classPath());
    assertThat(result.status()).isOne();
    assertThat(result.output())
        .contains(
            "the JVM does not let bpf4j call the kernel: start it with"
                + " --enable-native-access=ALL-UNNAMED");
    Result warned = run("--illegal-native-access=warn", "-cp", classPath());
    assertThat(warned.output())
        .contains("WARNING: A restricted method in java.lang.foreign.Linker has been called")
        .containsPattern("(loaded|refused) from the class path");
    assertThat(warned.status()).isZero();
  }

  @Test
  void runsFromTheModulePathWithTheFlag() throws Exception {
    List<Path> modules = List.of(origin(Insn.class), origin(Bpf.class), origin(Kernel.class));
    for (Path module : modules) {
      if (Files.isDirectory(module) && Files.notExists(module.resolve("module-info.class"))) {
        throw new TestAbortedException(module + " was built without its descriptor");
      }
    }
    String path =
        modules.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    String[] start = {
      DENY,
      "-p",
      path,
      "--add-modules",
      "org.bpf4j.runtime",
      "-cp",
      origin(NativeUser.class).toString()
    };
    Result result = run(with("--enable-native-access=org.bpf4j.runtime", start));
    assertThat(result.output()).containsPattern("^(loaded|refused) from a module");
    assertThat(result.status()).isZero();
    Result denied = run(start);
    assertThat(denied.status()).isOne();
    assertThat(denied.output()).contains("start it with --enable-native-access=org.bpf4j.runtime");
  }

  private static String[] with(String option, String[] others) {
    return Stream.concat(Stream.of(option), Stream.of(others)).toArray(String[]::new);
  }
}
