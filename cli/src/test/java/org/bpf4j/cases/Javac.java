package org.bpf4j.cases;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.bpf4j.handle.Skeleton;
import org.bpf4j.lang.Bpf;
import org.bpf4j.object.BpfObject;
import org.bpf4j.processor.BpfProcessor;
import org.jspecify.annotations.Nullable;

/// javac in this process, with our processor, writing into memory.
///
/// The class path is what a user's project has: annotations, runtime and what these need. One
/// instance keeps the class path open over many compilations.
public final class Javac implements AutoCloseable {

  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

  private final StandardJavaFileManager files;
  private final Supplier<List<Processor>> processor;

  /// javac with our processor.
  public Javac() {
    this(() -> List.of(new BpfProcessor()));
  }

  /// javac with another version of our processor.
  public Javac(Supplier<List<Processor>> processor) {
    this.processor = processor;
    files = COMPILER.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8);
    try {
      files.setLocationFromPaths(StandardLocation.CLASS_PATH, classPath());
    } catch (IOException e) {
      throw new IllegalStateException("no class path", e);
    }
  }

  /// javac with our processor, for a project that uses libraries.
  static Javac with(List<Path> libraries) throws IOException {
    Javac javac = new Javac();
    List<Path> classPath = new ArrayList<>(classPath());
    classPath.addAll(libraries);
    javac.files.setLocationFromPaths(StandardLocation.CLASS_PATH, classPath);
    return javac;
  }

  /// Compiles the Java files of a folder without our processor.
  static Compiled withoutProcessor(Path folder) throws IOException {
    try (Javac javac = new Javac(List::of);
        Stream<Path> sources = Files.list(folder)) {
      return javac.compile(javac.sources(sources.toList()), "-proc:none");
    }
  }

  /// Where the classes of a user's class path come from.
  static List<Path> classPath() {
    return Stream.of(Bpf.class, Skeleton.class, BpfObject.class, Nullable.class)
        .map(Javac::origin)
        .distinct()
        .toList();
  }

  private static Path origin(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(type + " comes from nowhere", e);
    }
  }

  /// The source files, in the order given.
  public List<JavaFileObject> sources(List<Path> paths) {
    List<JavaFileObject> sources = new ArrayList<>();
    files.getJavaFileObjectsFromPaths(paths).forEach(sources::add);
    return sources;
  }

  /// A source file of the default package that exists only here.
  public static JavaFileObject source(String className, String text) {
    return new SimpleJavaFileObject(
        URI.create("source:///" + className + ".java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
  }

  /// Compiles source files.
  public Compiled compile(List<? extends JavaFileObject> sources, String... options) {
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    StringWriter output = new StringWriter();
    Map<String, byte[]> written = new TreeMap<>();
    List<String> arguments = new ArrayList<>(List.of("-parameters", "-g", "-Xlint:none"));
    arguments.addAll(List.of(options));
    JavaCompiler.CompilationTask task =
        COMPILER.getTask(
            output, new MemoryFiles(files, written), diagnostics, arguments, null, sources);
    task.setProcessors(processor.get());
    boolean success = task.call();
    return new Compiled(success, diagnostics.getDiagnostics(), output.toString(), written);
  }

  @Override
  public void close() throws IOException {
    files.close();
  }

  /// Keeps what javac writes.
  private static final class MemoryFiles extends ForwardingJavaFileManager<JavaFileManager> {

    private final Map<String, byte[]> written;

    MemoryFiles(JavaFileManager files, Map<String, byte[]> written) {
      super(files);
      this.written = written;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      return new MemoryFile(className.replace('.', '/') + kind.extension, kind, written);
    }

    @Override
    public FileObject getFileForOutput(
        Location location, String packageName, String relativeName, FileObject sibling) {
      String folder = packageName.isEmpty() ? "" : packageName.replace('.', '/') + "/";
      return new MemoryFile(folder + relativeName, JavaFileObject.Kind.OTHER, written);
    }

    @Override
    public boolean isSameFile(FileObject a, FileObject b) {
      return a.toUri().equals(b.toUri());
    }
  }

  private static final class MemoryFile extends SimpleJavaFileObject {

    private final String name;
    private final Map<String, byte[]> written;

    MemoryFile(String name, JavaFileObject.Kind kind, Map<String, byte[]> written) {
      super(URI.create("memory:///" + name), kind);
      this.name = name;
      this.written = written;
    }

    @Override
    public OutputStream openOutputStream() {
      return new ByteArrayOutputStream() {
        @Override
        public void close() {
          written.put(name, toByteArray());
        }
      };
    }

    @Override
    public InputStream openInputStream() throws IOException {
      return new java.io.ByteArrayInputStream(bytes());
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) throws IOException {
      return new String(bytes(), StandardCharsets.UTF_8);
    }

    private byte[] bytes() throws IOException {
      byte[] bytes = written.get(name);
      if (bytes == null) {
        throw new java.io.FileNotFoundException(name);
      }
      return bytes;
    }
  }
}
