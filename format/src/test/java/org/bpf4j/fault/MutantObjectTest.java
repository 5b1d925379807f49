package org.bpf4j.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bpf4j.fault.Bounded.End;
import org.bpf4j.isa.MalformedObjectException;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.DataSection;
import org.bpf4j.object.ElfReader;
import org.bpf4j.object.ObjectPrinter;
import org.bpf4j.object.ObjectSeeds;
import org.junit.jupiter.api.Test;

/// Objects that are broken are read, or refused with words, at a price that is known before.
///
/// `-Dbpf4j.fault.mutants` says how many, `-Dbpf4j.fault.objects` of which objects besides, and
/// `-Dbpf4j.fault.first` with which number they begin.
class MutantObjectTest {

  private static final int COUNT = Integer.getInteger("bpf4j.fault.mutants", 5_000);
  private static final long FIRST = Long.getLong("bpf4j.fault.first", 1);

  @Test
  void aBrokenObjectIsReadOrRefused() {
    List<byte[]> seeds = ObjectSeeds.all();
    Bounded bounded = new Bounded();
    for (long number = FIRST; number < FIRST + COUNT; number++) {
      byte[] mutant = Mutants.ofElf(seeds.get((int) (number % seeds.size())), number);
      bounded.read(number, mutant, Mutants.sizeOfElf(mutant), MutantObjectTest::read);
    }
    System.out.println("objects: " + bounded);
    assertThat(bounded.faults()).isEmpty();
    assertThat(bounded.count(End.READ)).isGreaterThan(COUNT / 20);
    assertThat(bounded.count(End.REFUSED)).isGreaterThan(COUNT / 20);
  }

  /// What was read can be asked all that loaders ask.
  private static End read(byte[] bytes) {
    try {
      BpfObject object = ElfReader.read(bytes);
      object.optionalPrograms();
      object.data().forEach(section -> use(object, section));
      return End.READ;
    } catch (MalformedObjectException e) {
      assertThat(e.getMessage()).isNotBlank();
      return End.REFUSED;
    }
  }

  private static void use(BpfObject object, DataSection section) {
    section.isHidden(object.btf());
    section.variables(object.btf());
  }

  @Test
  void whatWasReadCanBePrinted() {
    List<byte[]> seeds = ObjectSeeds.all();
    for (long number = FIRST; number < FIRST + COUNT / 20; number++) {
      byte[] mutant = Mutants.ofElf(seeds.get((int) (number % seeds.size())), number);
      try {
        assertThat(ObjectPrinter.printWithTypes(ElfReader.read(mutant))).isNotEmpty();
      } catch (MalformedObjectException e) {
        assertThat(e.getMessage()).as("mutant %d", number).isNotBlank();
      }
    }
  }
}
