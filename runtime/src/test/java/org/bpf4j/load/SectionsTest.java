package org.bpf4j.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Map;
import java.util.Set;
import org.bpf4j.kernel.Kernel;
import org.bpf4j.kernel.LoadRequest;
import org.bpf4j.kernel.NoSuchTargetException;
import org.bpf4j.kernel.RealKernel;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.CodeSection;
import org.bpf4j.object.ProgramSection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Programs of sections that no annotation of the language names are loaded where the kernel has
/// them, and elsewhere are said to be missing, with the kernel that has them.
class SectionsTest {

  /// Other loaders let their users name the function before they load such a program.
  @ParameterizedTest
  @ValueSource(strings = {"fentry", "lsm", "tp_btf", "iter", "fexit.s/vmlinux:"})
  void whatIsBoundNamesItsTarget(String name) {
    RealKernel.use();
    ObjectText text = new ObjectText().program(name, "bare", "r0 = 0\nexit");
    assertThat(catchThrowable(text::load))
        .isInstanceOf(NoSuchTargetException.class)
        .hasMessageContaining("target for `bare`")
        .hasMessageContaining("names none");
  }

  @Test
  void aTargetIsGivenBeforeItIsLoaded() {
    RealKernel.use();
    BpfObject object =
        new ObjectText()
            .program("?tp_btf", "first", "r0 = 0\nexit")
            .program("?tp_btf", "second", "r0 = 0\nexit")
            .program("tp_btf/sched_switch", "third", "r0 = 0\nexit")
            .build()
            .bound("first", "sched_switch")
            .bound("second", "no_such_tracepoint");
    assertThat(object.code())
        .extracting(CodeSection::name)
        .containsExactly("tp_btf/sched_switch", "tp_btf/no_such_tracepoint");
    LoadRequest first =
        new LoadRequest(object, SectionsTest.class, Map.of(), Map.of(), Set.of("second"));
    Kernel.local().load(first).close();
    assertThat(
            catchThrowable(
                () -> Kernel.local().load(LoadRequest.of(object, SectionsTest.class)).close()))
        .isInstanceOf(NoSuchTargetException.class)
        .hasMessageContaining("no_such_tracepoint");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fsession/bpf_fentry_test1",
        "fsession.s/bpf_fentry_test1",
        "fentry.multi/bpf_fentry_test*",
        "fentry.multi.s",
        "fexit.multi/vmlinux:bpf_fentry_test1",
        "fexit.multi.s/bpf_fentry_test1",
        "fsession.multi",
        "fsession.multi.s/bpf_fentry_test1",
        "tp.s/syscalls/sys_enter_openat",
        "tracepoint.s/syscalls/sys_enter_openat",
        "raw_tp.s/sys_enter",
        "raw_tracepoint.s",
        "tp_btf.s/sys_enter",
        "lirc_mode2",
        "action",
        "sk_skb",
        "cgroup/skb",
        "sk_reuseport/migrate"
      })
  void isLoadedOrMissing(String name) {
    RealKernel.use();
    Throwable refusal =
        catchThrowable(
            () -> new ObjectText().program(name, "program", "r0 = 0\nexit").load().close());
    ProgramSection section = ProgramSection.parse(name).orElseThrow();
    boolean newer = section.since().isNewerThanRunning();
    // what depends on more than the version, and what old kernels took without meaning to
    if (newer || name.equals("lirc_mode2")) {
      assertThat(refusal)
          .satisfiesAnyOf(
              loaded -> assertThat(loaded).isNull(),
              missing ->
                  assertThat(missing)
                      .isInstanceOf(UnsupportedFeatureException.class)
                      .hasMessageContaining("programs of section `" + section.name() + "`")
                      .hasMessageContaining("Linux " + section.since()));
    } else {
      assertThat(refusal).isNull();
    }
  }
}
