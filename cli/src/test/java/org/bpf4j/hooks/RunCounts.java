package org.bpf4j.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.bpf4j.inspect.KernelInventory;
import org.bpf4j.inspect.RunStatistics;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.MapKind;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.sys.KernelProgram;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// What the kernel has counted of the programs of the current test, which is alone, and the maps
/// that these share with user space.
final class RunCounts implements BeforeEachCallback, AfterEachCallback {

  private static final Set<ProgramKind> RAN =
      Collections.synchronizedSet(EnumSet.noneOf(ProgramKind.class));

  private static final Set<MapKind> SHARED =
      Collections.synchronizedSet(EnumSet.noneOf(MapKind.class));

  /// The kernel counts as long as this descriptor is open: until the process ends.
  private static final class Counting {
    private static final RunStatistics STATISTICS = KernelInventory.countRuns();
  }

  /// Lets the kernel count.
  static void begin() {
    assertThat(Counting.STATISTICS).isNotNull();
  }

  /// Notes the kind of a program, if it ever ran.
  ///
  /// @return whether it did
  static boolean note(KernelProgram program) {
    boolean ran = KernelInventory.describe(program).activity().runs() > 0;
    if (ran) {
      RAN.add(program.kind());
    }
    return ran;
  }

  /// Notes the kinds of maps that programs and user space shared.
  static void note(List<MapDefinition> maps) {
    maps.forEach(map -> SHARED.add(map.kind()));
  }

  /// A test begins.
  static void start() {
    RAN.clear();
    SHARED.clear();
  }

  /// A test ended well: what it is annotated with was seen.
  static void check(Method test) {
    if (test.getAnnotation(Fires.class) instanceof Fires fires) {
      assertThat(RAN).as("the kinds that ran").containsAll(Arrays.asList(fires.value()));
    }
    if (test.getAnnotation(Shares.class) instanceof Shares shares) {
      assertThat(SHARED).as("the maps shared").containsAll(Arrays.asList(shares.value()));
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    start();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (context.getExecutionException().isEmpty()) {
      check(context.getRequiredTestMethod());
    }
  }
}
