package org.bpf4j.attach;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bpf4j.fault.Bounded;
import org.bpf4j.fault.Bounded.End;
import org.bpf4j.fault.Mutants;
import org.bpf4j.isa.MalformedObjectException;
import org.bpf4j.kernel.BpfException;
import org.bpf4j.sys.Architecture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Executables that are broken are read, or refused with words: whoever may attach a probe to a
/// file may not have written it.
class MutantExecutableTest {

  private static final int COUNT = Integer.getInteger("bpf4j.fault.mutants", 5_000);
  private static final long FIRST = Long.getLong("bpf4j.fault.first", 1);

  @TempDir Path folder;

  @Test
  void theGoodOneIsRead() throws IOException {
    Path file = Files.write(folder.resolve("good"), SmallExecutable.bytes());
    assertThat(new Executable(file).places(_ -> true).values()).containsExactly("step", "walk");
    assertThat(sites(file)).extracting(UsdtSite::arguments).containsExactly("8@%rdi -4@%esi");
  }

  private static List<UsdtSite> sites(Path file) {
    return new Executable(file).read(image -> UsdtSite.find(image, (_, _) -> true));
  }

  @Test
  void aBrokenExecutableIsReadOrRefused() throws IOException {
    List<byte[]> seeds =
        List.of(
            SmallExecutable.bytes(),
            Files.readAllBytes(Path.of("/bin/true")),
            SmallExecutable.bytes());
    Path file = folder.resolve("broken");
    Bounded bounded = new Bounded();
    for (long number = FIRST; number < FIRST + COUNT; number++) {
      byte[] mutant = Mutants.ofElf(seeds.get((int) (number % seeds.size())), number);
      bounded.read(number, mutant, bytes -> read(file, bytes));
    }
    System.out.println("executables: " + bounded);
    assertThat(bounded.faults()).isEmpty();
    assertThat(bounded.count(End.READ)).isGreaterThan(COUNT / 20);
    assertThat(bounded.count(End.REFUSED)).isGreaterThan(COUNT / 20);
  }

  private static End read(Path file, byte[] bytes) {
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    End functions = end(() -> new Executable(file).places(_ -> true));
    End probes = end(() -> sites(file));
    return functions == End.READ && probes == End.READ ? End.READ : End.REFUSED;
  }

  private static End end(Runnable reading) {
    try {
      reading.run();
      return End.READ;
    } catch (MalformedObjectException e) {
      assertThat(e.getMessage()).isNotBlank();
      return End.REFUSED;
    }
  }

  /// The descriptions of arguments come out of the same file.
  @Test
  void aBrokenDescriptionOfArgumentsIsReadOrRefused() {
    String good = "8@%rdi -4@8(%rbx,%rcx,8) -1@$-7 2@table(%rip) 8f@%xmm0";
    for (long number = FIRST; number < FIRST + COUNT; number++) {
      String mutant = Mutants.ofText(good, number);
      for (String argument : mutant.split(" ")) {
        for (Architecture architecture : Architecture.values()) {
          try {
            assertThat(UsdtArgument.parse(argument, architecture)).isNotNull();
          } catch (BpfException e) {
            assertThat(e.getMessage()).as("mutant %d", number).isNotBlank();
          }
        }
      }
    }
  }
}
