package org.bpf4j.handle;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.URISyntaxException;
import java.net.URL;
import java.security.CodeSource;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// A file beside a class, in the jar or folder of the class path that the class came from.
///
/// A class loader would find it as well, but it asks those above it first, which look through all
/// modules of the JDK, and opens it by the way of networks: five milliseconds of a new process.
final class Beside {

  /// "PK", 3, 4: the header of an entry, by the format of ZIP files.
  private static final int JAR = 0x504b0304;

  private Beside() {}

  /// Reads the file; empty if it is not there, or if the class came from elsewhere, such as a
  /// module or a jar in a jar, whose files a class loader alone can open.
  ///
  /// @param file its name without the package's folders
  static Optional<byte[]> read(Class<?> owner, String file) throws IOException {
    Optional<File> place = owner.getModule().isNamed() ? Optional.empty() : place(owner);
    String name = owner.getPackageName().replace('.', '/') + "/" + file;
    if (place.isEmpty()) {
      return Optional.empty();
    }
    return place.get().isDirectory() ? inFolder(place.get(), name) : inJar(place.get(), name);
  }

  private static Optional<File> place(Class<?> owner) {
    CodeSource source = owner.getProtectionDomain().getCodeSource();
    URL location = source == null ? null : source.getLocation();
    if (location == null || !location.getProtocol().equals("file")) {
      return Optional.empty();
    }
    try {
      return Optional.of(new File(location.toURI()));
    } catch (URISyntaxException | IllegalArgumentException _) {
      return Optional.empty(); // a class loader that names its places in a way of its own
    }
  }

  private static Optional<byte[]> inFolder(File folder, String name) throws IOException {
    File file = new File(folder, name);
    if (!file.isFile()) {
      return Optional.empty();
    }
    try (FileInputStream in = new FileInputStream(file)) {
      return Optional.of(in.readAllBytes());
    }
  }

  /// Whether a file begins as jars do. That it is closed as jars are closed by the JDK brings the
  /// class for it into an AOT cache: as the cache is made, class loaders have the jar open, and
  /// nothing closes it.
  private static boolean isJar(File file) throws IOException {
    if (!file.isFile()) {
      return false;
    }
    try (RandomAccessFile beginning = new RandomAccessFile(file, "r")) {
      return beginning.length() >= Integer.BYTES && beginning.readInt() == JAR;
    }
  }

  private static Optional<byte[]> inJar(File jar, String name) throws IOException {
    if (!isJar(jar)) {
      return Optional.empty();
    }
    try (ZipFile zip = new ZipFile(jar)) {
      ZipEntry entry = zip.getEntry(name);
      if (entry == null) {
        return Optional.empty();
      }
      try (InputStream in = zip.getInputStream(entry)) {
        return Optional.of(in.readAllBytes());
      }
    }
  }
}
