package org.bpf4j.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bpf4j.btf.Btf;
import org.bpf4j.btf.BtfBuilder;
import org.bpf4j.btf.BtfNames;
import org.bpf4j.btf.BtfReader;
import org.bpf4j.btf.BtfSamples;
import org.bpf4j.btf.BtfType;
import org.bpf4j.btf.BtfTypes;
import org.bpf4j.btf.BtfWriter;
import org.bpf4j.fault.Bounded.End;
import org.bpf4j.isa.MalformedObjectException;
import org.bpf4j.object.MapBtf;
import org.bpf4j.object.SampleObject;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// Types that are broken are read, or refused with words: those of objects at once, those of a
/// kernel by need, those of a module behind a kernel's.
class MutantTypesTest {

  private static final int COUNT = Integer.getInteger("bpf4j.fault.mutants", 5_000);
  private static final long FIRST = Long.getLong("bpf4j.fault.first", 1);

  private static final List<byte[]> SEEDS =
      List.of(BtfWriter.write(BtfSamples.everyKind()), BtfWriter.write(SampleObject.build().btf()));

  private static void check(String what, Bounded.Reader reader) {
    Bounded bounded = new Bounded();
    for (long number = FIRST; number < FIRST + COUNT; number++) {
      byte[] mutant = Mutants.ofTypes(SEEDS.get((int) (number % SEEDS.size())), number);
      bounded.read(number, mutant, bytes -> end(bytes, reader));
    }
    System.out.println(what + ": " + bounded);
    assertThat(bounded.faults()).isEmpty();
    assertThat(bounded.count(End.READ)).isGreaterThan(COUNT / 20);
    assertThat(bounded.count(End.REFUSED)).isGreaterThan(COUNT / 20);
  }

  private static End end(byte[] bytes, Bounded.Reader reader) {
    try {
      return reader.read(bytes);
    } catch (MalformedObjectException e) {
      assertThat(e.getMessage()).isNotBlank();
      return End.REFUSED;
    }
  }

  @Test
  void brokenTypesAreReadOrRefused() {
    check(
        "types",
        bytes -> {
          Btf btf = BtfReader.read(bytes);
          measure(btf);
          MapBtf.read(btf);
          return End.READ;
        });
  }

  @Test
  void brokenTypesOfAKernelAreReadOrRefused() {
    check(
        "types by need",
        bytes -> {
          BtfNames names = BtfNames.of(bytes);
          measure(names);
          names.find(BtfType.Struct.class, "node");
          return End.READ;
        });
  }

  /// Large ones, where the machine shows them.
  @Test
  void brokenTypesOfThisKernelAreReadOrRefused() throws IOException {
    Path running = Path.of("/sys/kernel/btf/vmlinux");
    Assumptions.assumeTrue(Files.isReadable(running), "no " + running);
    byte[] good = Files.readAllBytes(running);
    Bounded bounded = new Bounded();
    for (long number = FIRST; number < FIRST + COUNT / 500; number++) {
      bounded.read(number, Mutants.ofTypes(good, number), bytes -> end(bytes, this::index));
    }
    System.out.println("types of this kernel: " + bounded);
    assertThat(bounded.faults()).isEmpty();
  }

  private End index(byte[] bytes) {
    measure(BtfNames.of(bytes));
    return End.READ;
  }

  /// Numbers of types and places of texts count from the kernel's end.
  @Test
  void brokenTypesOfAModuleAreReadOrRefused() {
    BtfNames kernel = BtfNames.of(BtfWriter.write(BtfSamples.everyKind()));
    check(
        "types of a module",
        bytes -> {
          BtfNames names = BtfNames.module(bytes, kernel);
          measure(names);
          names.find(BtfType.Struct.class, "node");
          return End.READ;
        });
  }

  /// Types may refer to each other in a circle, which only who follows them sees.
  private static void measure(BtfTypes types) {
    for (int id = 1; id <= types.count(); id += 1 + types.count() / 100) {
      try {
        types.sizeOf(id);
      } catch (MalformedObjectException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
  }

  @Test
  void typesThatReferToThemselvesAreRefused() {
    BtfBuilder types = new BtfBuilder();
    int id = types.reserve("loop");
    types.define(id, new BtfType.Typedef("loop", id));
    byte[] bytes = BtfWriter.write(types.build());
    assertThat(end(bytes, b -> measured(BtfReader.read(b), id))).isEqualTo(End.REFUSED);
  }

  private static End measured(Btf btf, int id) {
    btf.sizeOf(id);
    return End.READ;
  }
}
