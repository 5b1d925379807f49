package org.bpf4j.cli;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.bpf4j.compiler.diagnostic.CompilerBug;

/// Compiles Java files by the javac of this JDK, with bpf4j's processor in it.
///
/// javac itself prints what it finds, with the source line and a caret below. The class path is the
/// one of the command line, where the annotations and the runtime are, and what the user adds.
///
/// @param classPath what comes before the class path of the command line; may be empty
/// @param messages where javac prints
record JavaCompilation(String classPath, PrintWriter messages) {

  /// Compiles into a directory.
  ///
  /// @return whether javac found no error
  /// @throws CommandFailedException if it cannot begin: there is no javac, or no such file
  boolean compile(List<Path> files, Path classes) throws CommandFailedException {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    if (javac == null) {
      throw new CommandFailedException("there is no javac in this Java: run with a JDK 25");
    }
    for (Path file : files) {
      if (!Files.isRegularFile(file)) {
        throw new CommandFailedException(file + ": there is no such file");
      }
    }
    try (StandardJavaFileManager manager =
        javac.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      JavaCompiler.CompilationTask task =
          javac.getTask(
              messages,
              manager,
              null,
              List.of("-d", classes.toString(), "-classpath", fullClassPath(), "-proc:full"),
              null,
              manager.getJavaFileObjectsFromPaths(files));
      task.setProcessors(processors());
      return call(task);
    } catch (IOException e) {
      throw CommandFailedException.of(classes, e);
    }
  }

  /// javac wraps what its listeners throw.
  private static boolean call(JavaCompiler.CompilationTask task) {
    try {
      return task.call();
    } catch (RuntimeException e) {
      throw e.getCause() instanceof CompilerBug bug ? bug : e;
    }
  }

  private static List<Processor> processors() {
    List<Processor> processors =
        ServiceLoader.load(Processor.class, JavaCompilation.class.getClassLoader()).stream()
            .filter(provider -> provider.type().getName().startsWith("org.bpf4j."))
            .map(ServiceLoader.Provider::get)
            .toList();
    if (processors.isEmpty()) {
      throw new IllegalStateException("bpf4j-processor is not on the class path");
    }
    return processors;
  }

  private String fullClassPath() {
    return Stream.of(
            classPath,
            System.getProperty("java.class.path", ""),
            System.getProperty("jdk.module.path", ""))
        .filter(path -> !path.isEmpty())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
