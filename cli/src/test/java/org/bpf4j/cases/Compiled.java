package org.bpf4j.cases;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.ElfReader;
import org.jspecify.annotations.Nullable;

/// What javac made of some source files.
///
/// @param success whether there was no error
/// @param diagnostics what javac and the processor said
/// @param output what javac printed instead: mostly the stack trace of a failed processor
/// @param files the files that were written, by path from the output folder
public record Compiled(
    boolean success,
    List<Diagnostic<? extends JavaFileObject>> diagnostics,
    String output,
    Map<String, byte[]> files) {

  private static final String OBJECT = ".bpf.o";

  /// The same.
  ///
  /// @throws AssertionError with all diagnostics, if there was an error
  public Compiled orFail() {
    if (!success) {
      throw new AssertionError("javac failed\n" + text());
    }
    return this;
  }

  /// The diagnostics and the output, as javac would show them.
  public String text() {
    return diagnostics.stream().map(Object::toString).collect(Collectors.joining("\n"))
        + "\n"
        + output;
  }

  /// Puts the files into a folder, which is made.
  public void write(Path folder) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(Objects.requireNonNull(path.getParent()));
      Files.write(path, file.getValue());
    }
  }

  /// What was put into a folder.
  public static Compiled read(Path folder) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path path : walk.filter(Files::isRegularFile).toList()) {
        files.put(folder.relativize(path).toString(), Files.readAllBytes(path));
      }
    }
    return new Compiled(true, List.of(), "", files);
  }

  /// The bytes of each object, by the binary name of its class.
  public Map<String, byte[]> objects() {
    Map<String, byte[]> objects = new TreeMap<>();
    files.forEach(
        (path, bytes) -> {
          if (path.endsWith(OBJECT)) {
            String name = path.substring(0, path.length() - OBJECT.length());
            objects.put(name.replace('/', '.'), bytes);
          }
        });
    return objects;
  }

  /// The program of the only `@Bpf` class.
  public Loadable only() {
    Map<String, byte[]> objects = objects();
    if (objects.size() != 1) {
      throw new AssertionError("one @Bpf class was expected, not " + objects.keySet());
    }
    String name = objects.keySet().iterator().next();
    return new Loadable(ElfReader.read(objects.get(name)), type(name));
  }

  private Class<?> type(String name) {
    try {
      return new Classes(files).loadClass(name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError("javac wrote no class " + name, e);
    }
  }

  /// An object and the class that it was compiled from.
  public record Loadable(BpfObject object, Class<?> owner) {}

  /// The classes that javac wrote.
  private static final class Classes extends ClassLoader {

    private final Map<String, byte[]> files;

    Classes(Map<String, byte[]> files) {
      super(Compiled.class.getClassLoader());
      this.files = files;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] bytes = files.get(name.replace('.', '/') + ".class");
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, bytes, 0, bytes.length);
    }

    @Override
    protected @Nullable URL findResource(String name) {
      byte[] bytes = files.get(name);
      return bytes == null ? null : url(name, bytes);
    }

    private static URL url(String name, byte[] bytes) {
      try {
        return URL.of(URI.create("memory:///" + name), new MemoryHandler(bytes));
      } catch (MalformedURLException e) {
        throw new IllegalArgumentException(name, e);
      }
    }
  }

  /// Opens a file that is in memory.
  private static final class MemoryHandler extends URLStreamHandler {

    private final byte[] bytes;

    MemoryHandler(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    protected URLConnection openConnection(URL url) {
      return new URLConnection(url) {
        @Override
        public void connect() {}

        @Override
        public InputStream getInputStream() {
          return new ByteArrayInputStream(bytes);
        }
      };
    }
  }
}
