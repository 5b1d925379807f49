package org.bpf4j.hooks;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.MapKind;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.KernelProgram;
import org.bpf4j.sys.Native;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// What the kernel has counted of the programs of the current test, which is alone, and the maps
/// that these share with user space.
final class RunCounts implements BeforeEachCallback, AfterEachCallback {

  /// `BPF_OBJ_GET_INFO_BY_FD` and `BPF_ENABLE_STATS` of `enum bpf_cmd`.
  private static final int INFO = 15;

  private static final int ENABLE_STATS = 32;

  /// The size of `struct bpf_prog_info` up to `run_cnt`, and the offset of that.
  private static final int INFO_BYTES = 208;

  private static final long RUNS = 200;

  private static final Set<ProgramKind> RAN =
      Collections.synchronizedSet(EnumSet.noneOf(ProgramKind.class));

  private static final Set<MapKind> SHARED =
      Collections.synchronizedSet(EnumSet.noneOf(MapKind.class));

  /// The kernel counts as long as this descriptor is open: until the process ends.
  private static final class Counting {
    private static final Descriptor STATS = Descriptor.of(enable(), "BPF_ENABLE_STATS");

    private static long enable() {
      try (Arena arena = Arena.ofConfined()) {
        return bpf(arena, ENABLE_STATS, arena.allocate(Integer.BYTES, Long.BYTES));
      }
    }
  }

  /// Lets the kernel count.
  static void begin() {
    assertThat(Counting.STATS.number()).isPositive();
  }

  /// Notes the kind of a program, if it ever ran.
  ///
  /// @return whether it did
  static boolean note(KernelProgram program) {
    boolean ran = runs(program.descriptor()) > 0;
    if (ran) {
      RAN.add(program.kind());
    }
    return ran;
  }

  /// Notes the kinds of maps that programs and user space shared.
  static void note(List<MapDefinition> maps) {
    maps.forEach(map -> SHARED.add(map.kind()));
  }

  private static long runs(Descriptor program) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = arena.allocate(INFO_BYTES, Long.BYTES);
      MemorySegment attr = arena.allocate(2 * Long.BYTES, Long.BYTES);
      attr.set(JAVA_INT, 0, program.number());
      attr.set(JAVA_INT, Integer.BYTES, INFO_BYTES);
      attr.set(JAVA_LONG, Long.BYTES, info.address());
      assertThat(bpf(arena, INFO, attr)).as("BPF_OBJ_GET_INFO_BY_FD").isZero();
      return info.get(JAVA_LONG, RUNS);
    }
  }

  private static long bpf(Arena arena, int command, MemorySegment attr) {
    return Native.bpf(
        Native.newState(arena), command, attr, MemorySegment.NULL, MemorySegment.NULL);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    RAN.clear();
    SHARED.clear();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (context.getExecutionException().isEmpty()) {
      Method test = context.getRequiredTestMethod();
      if (test.getAnnotation(Fires.class) instanceof Fires fires) {
        assertThat(RAN).as("the kinds that ran").containsAll(Arrays.asList(fires.value()));
      }
      if (test.getAnnotation(Shares.class) instanceof Shares shares) {
        assertThat(SHARED).as("the maps shared").containsAll(Arrays.asList(shares.value()));
      }
    }
  }
}
