package org.bpf4j.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.bpf4j.inspect.KernelInventory;
import org.bpf4j.kernel.RealKernel;
import org.bpf4j.object.Helper;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.object.MapKind;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.object.ProgramType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KernelFeaturesTest {

  @BeforeEach
  void real() {
    RealKernel.use();
  }

  /// Whatever the oldest supported kernel has, and no configuration leaves out.
  @Test
  void findsWhatEveryKernelHas() {
    for (ProgramType type : EnumSet.of(ProgramType.SOCKET_FILTER, ProgramType.XDP)) {
      assertThat(KernelFeatures.of(type)).isEqualTo(Support.YES);
    }
    for (MapKind kind :
        EnumSet.of(MapKind.HASH, MapKind.ARRAY, MapKind.RINGBUF, MapKind.SK_STORAGE)) {
      assertThat(KernelFeatures.of(kind)).isEqualTo(Support.YES);
    }
    assertThat(KernelFeatures.of(BtfFeature.GLOBAL_FUNCTION)).isEqualTo(Support.YES);
    assertThat(KernelFeatures.of(LinkKind.CGROUP)).isEqualTo(Support.YES);
    assertThat(KernelFeatures.isaLevel()).isGreaterThanOrEqualTo(IsaLevel.V3);
  }

  /// A kernel is at least as new as what it has, but for what is brought to older ones.
  @Test
  void findsNothingThatIsYoungerThanTheKernel() {
    for (MapKind kind : MapKind.values()) {
      if (kind.since().isNewerThanRunning()) {
        assertThat(KernelFeatures.of(kind)).as("%s", kind).isNotEqualTo(Support.YES);
      }
    }
    boolean wide = !new KernelVersion(6, 0).isNewerThanRunning();
    assertThat(KernelFeatures.of(BtfFeature.ENUM64)).isEqualTo(wide ? Support.YES : Support.NO);
    boolean fourth = !new KernelVersion(6, 6).isNewerThanRunning();
    assertThat(KernelFeatures.of(IsaLevel.V4)).isEqualTo(fourth ? Support.YES : Support.NO);
  }

  /// The table of helpers was asked of kernels too, by types and attach types.
  @ParameterizedTest
  @EnumSource(
      value = ProgramType.class,
      names = {"XDP", "SOCKET_FILTER", "SCHED_CLS", "SK_LOOKUP", "PERF_EVENT"})
  void findsTheHelpersOfTheTable(ProgramType type) {
    Set<Helper> more = EnumSet.noneOf(Helper.class);
    for (Helper helper : Helper.values()) {
      boolean listed =
          Arrays.stream(ProgramKind.values())
              .filter(kind -> kind.type() == type)
              .flatMap(kind -> helper.since(kind).stream())
              .anyMatch(since -> !since.isNewerThanRunning());
      Support found = KernelFeatures.of(type, helper);
      if (found == Support.YES && !listed) {
        more.add(helper);
      }
      if (listed && found == Support.NO) {
        assertThat(helper).as("missing for %s", type).isIn(CONFIGURED);
      }
    }
    assertThat(more).as("not in the table for %s", type).isSubsetOf(CONFIGURED);
  }

  /// What configurations leave out.
  private static final Set<Helper> CONFIGURED =
      EnumSet.of(Helper.PROBE_WRITE_USER, Helper.OVERRIDE_RETURN);

  @Test
  void cannotTellOfProgramsThatAreBound() {
    assertThat(KernelFeatures.of(ProgramType.LSM, Helper.MAP_LOOKUP_ELEM))
        .isNotEqualTo(Support.YES);
  }

  @Test
  void leavesNothingBehind() {
    KernelFeatures.of(ProgramType.SOCKET_FILTER, Helper.KTIME_GET_NS);
    assertThat(KernelInventory.programs())
        .noneMatch(
            program ->
                program.name().equals("probe")
                    && program.tenure().holders().stream()
                        .anyMatch(holder -> holder.process() == ProcessHandle.current().pid()));
  }

  @Test
  void examinesThisMachine() {
    assertThat(Examination.all())
        .noneMatch(finding -> finding.grade() == Finding.Grade.MISSING)
        .extracting(Finding::topic)
        .contains("kernel", "kernel types (BTF)", "lockdown", "JDK", "bpf(2)", "CAP_BPF")
        .doesNotHaveDuplicates();
  }
}
