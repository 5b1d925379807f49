package org.bpf4j.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.bpf4j.fault.Bounded.End;
import org.bpf4j.handle.MapMemory;
import org.bpf4j.isa.MalformedObjectException;
import org.bpf4j.kernel.BpfException;
import org.bpf4j.kernel.Kernel;
import org.bpf4j.kernel.LoadRequest;
import org.bpf4j.kernel.RealKernel;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.ElfReader;
import org.bpf4j.object.ObjectSeeds;
import org.junit.jupiter.api.Test;

/// Objects that are broken and could be read are loaded, or refused with words; neither leaves
/// anything open.
class MutantLoadTest {

  private static final int COUNT = Integer.getInteger("bpf4j.fault.loads", 40);
  private static final long FIRST = Long.getLong("bpf4j.fault.first", 1);

  /// What a load reads of the kernel, whatever the object: the names of its symbols, and the
  /// verifier's words.
  private static final long KERNEL_BYTES = 1 << 28;

  /// Objects that ask for more memory of the kernel are left alone: it takes seconds to find that.
  private static final long MOST_MAP_BYTES = 1 << 26;

  @Test
  void aBrokenObjectIsLoadedOrRefused() throws InterruptedException {
    RealKernel.use();
    List<byte[]> seeds = ObjectSeeds.all();
    Bounded bounded = Bounded.besides(KERNEL_BYTES);
    Remains before = Remains.now();
    int tried = 0;
    for (long number = FIRST; tried < COUNT; number++) {
      byte[] mutant = Mutants.ofElf(seeds.get((int) (number % seeds.size())), number);
      try {
        BpfObject object = ElfReader.read(mutant);
        if (mapBytes(object) > MOST_MAP_BYTES) {
          continue;
        }
        tried++;
        bounded.read(number, mutant, Mutants.sizeOfElf(mutant), _ -> load(object));
      } catch (MalformedObjectException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
    System.out.println("loads: " + bounded);
    assertThat(bounded.faults()).isEmpty();
    before.assertNothingMore();
  }

  private static long mapBytes(BpfObject object) {
    return object.maps().stream()
        .flatMap(map -> Stream.concat(Stream.of(map), map.traits().inner().stream()))
        .mapToLong(map -> MapMemory.computed(map, 1).bytes())
        .map(bytes -> bytes < 0 ? MOST_MAP_BYTES + 1 : Math.min(bytes, MOST_MAP_BYTES + 1))
        .sum();
  }

  private static End load(BpfObject object) {
    try {
      Kernel.local().load(LoadRequest.of(object, MutantLoadTest.class)).close();
      return End.READ;
    } catch (BpfException | IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
      return End.REFUSED;
    }
  }
}
