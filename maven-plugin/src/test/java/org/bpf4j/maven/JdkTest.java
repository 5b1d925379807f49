package org.bpf4j.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdkTest {
  @TempDir Path directory;

  @Test
  void takesTheFirstThatIsNewEnough() throws IOException {
    Path old = jdk("17", "JAVA_VERSION=\"17.0.15\"");
    Path early = jdk("25-ea", "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"25.0.3\"\n");
    Path later = jdk("26", "JAVA_VERSION=\"26\"");

    assertThat(Jdk.first(List.of(old, early, later))).contains(new Jdk(early));
    assertThat(Jdk.first(List.of(old, later))).contains(new Jdk(later));
  }

  @Test
  void passesOverWhatIsNoJdk() throws IOException {
    Path broken = jdk("broken", "JAVA_VERSION=\"twenty-five\"");
    Path silent = jdk("silent", "");

    assertThat(Jdk.first(List.of(directory.resolve("absent"), broken, silent))).isEmpty();
  }

  @Test
  void theTestsOwnJdkIsOne() {
    assertThat(Jdk.of(Path.of(System.getProperty("java.home"))))
        .hasValueSatisfying(jdk -> assertThat(jdk.java()).isExecutable());
  }

  private Path jdk(String name, String release) throws IOException {
    Path home = Files.createDirectory(directory.resolve(name));
    Files.writeString(home.resolve("release"), release);
    return home;
  }
}
