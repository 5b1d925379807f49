package org.bpf4j.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KfuncCallersTest {

  private static Kfunc declared(String name, int minor) {
    return new Kfunc(
        name, new KernelVersion(6, minor), KfuncType.NOTHING, List.of(), "", List.of());
  }

  @Test
  void everyFunctionStandsInOneRow() {
    assertThat(KfuncCallers.ROWS).allSatisfy(row -> assertThat(row.since()).isNotEmpty());
    assertThat(KfuncCallers.ROWS.stream().flatMap(row -> row.functions().stream()))
        .doesNotHaveDuplicates()
        .hasSizeGreaterThan(250)
        .allMatch(name -> CName.of(name).equals(name));
  }

  @Test
  void kindsGotFunctionsAtDifferentTimes() {
    Kfunc acquire = declared("bpf_task_acquire", 2);
    assertThat(acquire.since(ProgramKind.FENTRY)).contains(new KernelVersion(6, 2));
    assertThat(acquire.since(ProgramKind.SYSCALL)).contains(new KernelVersion(6, 12));
    assertThat(acquire.since(ProgramKind.KPROBE)).isEmpty();
    assertThat(acquire.kinds()).contains(ProgramKind.LSM, ProgramKind.FREPLACE);
    assertThat(acquire.kinds()).doesNotContain(ProgramKind.KPROBE, ProgramKind.SOCKET_FILTER);
  }

  @Test
  void iteratorsHaveSomeForThemselves() {
    Kfunc destroy = declared("bpf_sock_destroy___mine", 5);
    assertThat(destroy.kinds()).contains(ProgramKind.ITER).doesNotContain(ProgramKind.FENTRY);
    assertThat(destroy.since(ProgramKind.ITER)).contains(new KernelVersion(6, 5));
  }

  @Test
  void allMayCallWhatIsNotKnown() {
    Kfunc unknown = declared("hid_bpf_get_data", 3);
    assertThat(unknown.kinds()).containsExactly(ProgramKind.values());
    assertThat(unknown.since(ProgramKind.XDP)).contains(new KernelVersion(6, 3));
  }

  @Test
  void mostHooksLetProgramsSleepSinceTheyAreListed() {
    assertThat(SleepingHooks.since("bprm_committed_creds")).contains(KernelVersion.FLOOR);
    assertThat(SleepingHooks.since("file_open")).contains(new KernelVersion(5, 11));
    assertThat(SleepingHooks.since("userns_create")).contains(new KernelVersion(6, 1));
    assertThat(SleepingHooks.since("task_kill")).isEqualTo(Optional.empty());
  }

  @Test
  void lists() {
    assertThat(KernelLists.since("task")).contains(KernelVersion.FLOOR);
    assertThat(KernelLists.since("kmem_cache")).contains(new KernelVersion(6, 13));
    assertThat(KernelLists.since("of_a_module")).isEmpty();
  }
}
