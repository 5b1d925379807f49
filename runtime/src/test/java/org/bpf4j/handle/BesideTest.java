package org.bpf4j.handle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BesideTest {

  /// What is loaded once more from another place.
  static final class Owner {
    private Owner() {}
  }

  private static final String FOLDER = "org/bpf4j/handle/";
  private static final String CLASS = "BesideTest$Owner.class";
  private static final String FILE = "BesideTest$Owner.bpf.o";
  private static final byte[] CONTENT = {1, 2, 3};

  private static byte[] classFile() throws Exception {
    try (InputStream in = Owner.class.getResourceAsStream(CLASS)) {
      return Objects.requireNonNull(in).readAllBytes();
    }
  }

  private static Class<?> load(URL place) throws Exception {
    try (URLClassLoader loader = new URLClassLoader(new URL[] {place}, null)) {
      return loader.loadClass(Owner.class.getName());
    }
  }

  @Test
  void aFileInAFolderIsRead(@TempDir Path temporary) throws Exception {
    Path folder = Files.createDirectories(temporary.resolve("a folder%20").resolve(FOLDER));
    Files.write(folder.resolve(CLASS), classFile());
    Files.write(folder.resolve(FILE), CONTENT);
    Class<?> owner = load(temporary.resolve("a folder%20").toUri().toURL());
    assertThat(Beside.read(owner, FILE)).hasValue(CONTENT);
    assertThat(Beside.read(owner, "other")).isEmpty();
  }

  @Test
  void aFileInAJarIsRead(@TempDir Path temporary) throws Exception {
    Path jar = temporary.resolve("a jar+.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(FOLDER + CLASS));
      zip.write(classFile());
      zip.putNextEntry(new ZipEntry(FOLDER + FILE));
      zip.write(CONTENT);
    }
    Class<?> owner = load(jar.toUri().toURL());
    assertThat(Beside.read(owner, FILE)).hasValue(CONTENT);
    assertThat(Beside.read(owner, "other")).isEmpty();
  }

  @Test
  void aJarWithSomethingBeforeItIsLeftToTheClassLoader(@TempDir Path temporary) throws Exception {
    Path jar = temporary.resolve("executable.jar");
    try (OutputStream out = Files.newOutputStream(jar)) {
      out.write("#!/bin/sh\n".getBytes(StandardCharsets.US_ASCII));
      try (ZipOutputStream zip = new ZipOutputStream(out)) {
        zip.putNextEntry(new ZipEntry(FOLDER + CLASS));
        zip.write(classFile());
      }
    }
    assertThat(Beside.read(load(jar.toUri().toURL()), FILE)).isEmpty();
  }

  @Test
  void aClassFromElsewhereHasNoFiles() throws Exception {
    assertThat(Beside.read(String.class, FILE)).isEmpty();
    assertThat(Beside.read(Owner.class, "no-such-file")).isEmpty();
  }
}
