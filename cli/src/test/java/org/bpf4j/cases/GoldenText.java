package org.bpf4j.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bpf4j.object.ObjectPrinter;

/// The texts that a case may keep: `expect.asm` is the object as it is printed.
///
/// With the system property `bless` an existing file is rewritten instead, never where `CI` is set.
final class GoldenText {

  private GoldenText() {}

  /// Compares the file of a case, if it has one.
  static void check(Case directory, Compiled.Loadable loadable) throws IOException {
    Optional<Path> file = directory.file("expect.asm");
    if (file.isEmpty()) {
      return;
    }
    String text = ObjectPrinter.print(loadable.object());
    if (System.getProperty("bless") != null) {
      assertThat(System.getenv("CI")).as("expectations are not blessed in CI").isNull();
      Files.writeString(file.get(), text);
    }
    assertThat(text).isEqualTo(Case.text(file.get()));
  }
}
