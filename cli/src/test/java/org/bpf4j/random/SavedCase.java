package org.bpf4j.random;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.bpf4j.handle.TestInput;
import org.bpf4j.random.Differential.Failure;
import org.bpf4j.random.RandomClass.RandomProgram;

/// A failure as a golden case: its Java and the inputs, ready for a name and its expectations,
/// which `-Dbless` or a hand adds.
///
/// @param random the shrunk class
/// @param failure what went wrong
record SavedCase(RandomClass random, Failure failure) {

  /// Writes the case into a folder of the given one, named after the seed and the failure.
  void write(Path folder) {
    String kind =
        failure.kind().toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-").replaceAll("-$", "");
    Path target = folder.resolve("seed-" + random.seed() + "-" + kind);
    try {
      Files.createDirectories(target);
      Files.writeString(target.resolve(RandomClass.NAME + ".java"), random.file());
      Files.writeString(target.resolve("runs.txt"), runs());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String runs() {
    StringBuilder text = new StringBuilder();
    for (RandomProgram program : random.programs()) {
      List<TestInput> inputs = Observation.inputs(random, program);
      text.append("-- run ").append(program.name()).append(" does what Java does\n");
      text.append("program ").append(program.name()).append('\n');
      for (TestInput input : inputs) {
        text.append(program.isPacket() ? "packet " : "context ")
            .append(HexFormat.of().formatHex(program.isPacket() ? input.data() : input.context()))
            .append('\n');
      }
    }
    return text.toString();
  }
}
