package org.bpf4j.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.handle.TestInput;
import org.bpf4j.kernel.LoadRequest;
import org.bpf4j.object.KernelIterator;
import org.bpf4j.sim.SimulatedKernel;
import org.junit.jupiter.api.Test;

/// Loops over objects of the kernel see what a test puts there.
class WalkTest {

  private static final String PROGRAM =
      """
      import org.bpf4j.lang.Bpf;
      import org.bpf4j.lang.KernelStruct;
      import org.bpf4j.lang.Struct;
      import org.bpf4j.lang.Syscall;
      import org.bpf4j.lang.Walk;

      @Bpf(license = "GPL")
      public final class Sums {
        @KernelStruct interface TaskStruct { int tgid(); }

        @Struct static final class Args { int x; }

        @Syscall static int some(Args args) {
          int sum = 0;
          for (TaskStruct process : Walk.processes(TaskStruct.class)) {
            if (process.tgid() == 3) continue;
            if (process.tgid() > 9) break;
            for (TaskStruct thread : Walk.threads(TaskStruct.class)) {
              sum += process.tgid() * thread.tgid();
            }
          }
          return sum;
        }
      }
      """;

  @Test
  void processesAreThoseOfTheTest() throws IOException {
    Compiled.Loadable sums;
    try (Javac javac = new Javac()) {
      sums = javac.compile(List.of(Javac.source("Sums", PROGRAM))).orFail().only();
    }
    for (SimulatedKernel kernel :
        List.of(SimulatedKernel.create(), SimulatedKernel.runningJava())) {
      try (LoadedObject loaded =
          kernel.load(new LoadRequest(sums.object(), sums.owner(), Map.of(), Map.of(), Set.of()))) {
        assertThat(run(loaded)).isZero();
        assertThat(kernel.list(KernelIterator.PROCESSES, tasks(1, 3, 5, 10, 7))).hasSize(5);
        kernel.list(KernelIterator.THREADS, tasks(2, 100));
        assertThat(run(loaded)).isEqualTo((1 + 5) * (2 + 100));
        kernel.list(KernelIterator.THREADS, List.of());
        assertThat(run(loaded)).isZero();
      }
    }
  }

  private static List<byte[]> tasks(Integer... numbers) {
    return Stream.of(numbers)
        .map(n -> ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(n).array())
        .toList();
  }

  private static long run(LoadedObject loaded) {
    return (int) loaded.program("some").run(TestInput.context(new byte[4])).returnValue();
  }
}
