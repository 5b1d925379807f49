package org.bpf4j.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Link;
import org.bpf4j.handle.LoadedMap.UpdateMode;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.handle.LoadedRing;
import org.bpf4j.handle.TestInput;
import org.bpf4j.inspect.KernelInventory;
import org.bpf4j.kernel.Kernel;
import org.bpf4j.kernel.LoadRequest;
import org.bpf4j.kernel.RealKernel;
import org.bpf4j.kernel.RejectedException;
import org.bpf4j.load.ObjectText;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.MapFlag;
import org.bpf4j.object.MapKind;
import org.junit.jupiter.api.Test;

/// Objects are loaded, attached, used and closed again and again, by four threads at once, some of
/// them with a mistake: nothing grows.
///
/// `-Dbpf4j.fault.cycles` says how often.
class CyclesTest {

  private static final int CYCLES = Integer.getInteger("bpf4j.fault.cycles", 1_000);
  private static final int THREADS = 4;

  /// No other process has programs of that name.
  private static final String NAME = "cycled" + ProcessHandle.current().pid();

  private static final Hook HOOK = new Hook.RawTracepoint("sys_enter");

  /// What later cycles may have more of than earlier ones, at most, whatever their number.
  private static final long MOST_HEAP_BYTES = 4 << 20;

  private static final long MOST_MEMORY_KILOBYTES = 128 << 10;
  private static final int MOST_MAPPINGS = 100;

  private static final BpfObject GOOD =
      text()
          .program(
              "raw_tracepoint/sys_enter",
              NAME,
              """
              r1 = data .bss 0
              r2 = 1
              lock *(u64 *)(r1 + 0) += r2
              r0 = 0
              exit
              """)
          .program(
              "syscall",
              "send",
              "r1 = map ring\nr2 = 16\nr3 = 0\ncall 131\nif r0 == 0 goto +3\nr1 = r0\nr2 = 0\ncall 132\nr0 = 0\nexit")
          .build();

  private static final BpfObject BAD =
      text().program("raw_tracepoint/sys_enter", NAME, "r0 = r5\nexit").build();

  private static ObjectText text() {
    return new ObjectText()
        .data(".bss", "calls", 0)
        .data(".rodata", "limit", 7)
        .map("table", MapKind.HASH, 4, 8, 16)
        .map("mapped", MapKind.ARRAY, 4, 8, 16, MapFlag.MMAPABLE.bit())
        .map("ring", MapKind.RINGBUF, 0, 0, 4096);
  }

  /// What the process takes.
  private record Taken(Remains remains, long heap, long kilobytes, long mappings, int threads) {

    static Taken now() throws IOException, InterruptedException {
      System.gc();
      Thread.sleep(100); // memory of dead calls is freed by a thread of the JVM
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
        return new Taken(
            Remains.now(),
            runtime.totalMemory() - runtime.freeMemory(),
            resident(),
            maps.count(),
            Thread.getAllStackTraces().size());
      }
    }

    private static long resident() throws IOException {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .sum();
    }
  }

  @Test
  void nothingGrows() throws Exception {
    RealKernel.use();
    cycle(Math.max(200, CYCLES / 10));
    Taken before = Taken.now();
    long start = System.nanoTime();
    cycle(CYCLES);
    long took = System.nanoTime() - start;
    Taken after = Taken.now();
    System.out.printf(
        "%d cycles in %d ms: heap %+d bytes, resident %+d KiB, mappings %+d, threads %+d%n",
        CYCLES,
        took / 1_000_000,
        after.heap - before.heap,
        after.kilobytes - before.kilobytes,
        after.mappings - before.mappings,
        after.threads - before.threads);
    before.remains.assertNothingMore();
    assertThat(after.heap - before.heap).isLessThan(MOST_HEAP_BYTES);
    assertThat(after.kilobytes - before.kilobytes).isLessThan(MOST_MEMORY_KILOBYTES);
    assertThat(after.mappings - before.mappings).isLessThan(MOST_MAPPINGS);
    assertThat(after.threads).isLessThanOrEqualTo(before.threads + 2);
    assertThat(left()).as("programs in the kernel").isZero();
  }

  /// The kernel frees programs a moment after the last descriptor was closed.
  private static long left() throws InterruptedException {
    long left = 1;
    for (int tries = 0; tries < 100 && left > 0; tries++) {
      left =
          KernelInventory.programsAlone().stream()
              .filter(program -> program.name().equals(NAME))
              .count();
      Thread.sleep(left > 0 ? 50 : 0);
    }
    return left;
  }

  private static void cycle(int count) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    for (int i = 0; i < THREADS; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      for (int n = 0; n < count / THREADS; n++) {
                        once(n);
                      }
                    } catch (Throwable e) {
                      failure.set(e);
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failure.get()).isNull();
  }

  private static void once(int turn) throws InterruptedException {
    if (turn % 10 == 9) {
      assertThatThrownBy(() -> load(BAD)).isInstanceOf(RejectedException.class);
      return;
    }
    LoadedObject object = load(GOOD);
    Link link = object.program(NAME).attach(HOOK);
    object.map("table").update(Marked.key(1), Marked.number(turn), UpdateMode.ANY);
    object.map("mapped").update(Marked.key(1), Marked.number(turn), UpdateMode.ANY);
    object.program("send").run(TestInput.context(new byte[0]));
    LoadedRing ring = object.ring("ring");
    assertThat(ring.await(Duration.ofSeconds(5))).isTrue();
    assertThat(ring.consume(_ -> {})).isEqualTo(1);
    if (turn % 10 == 0) {
      assertThat(ring.await(Duration.ofMillis(1))).isFalse();
    }
    assertThat(object.data(".bss").segment().get(ValueLayout.JAVA_LONG, 0)).isPositive();
    if (turn % 2 == 0) {
      link.close();
      link.close();
    }
    Thread other = turn % 5 == 0 ? Thread.ofPlatform().start(object::close) : null;
    object.close();
    object.close();
    link.close();
    if (other != null) {
      other.join();
    }
  }

  private static LoadedObject load(BpfObject object) {
    return Kernel.local().load(LoadRequest.of(object, CyclesTest.class));
  }
}
