package org.bpf4j.sys;

import static org.assertj.core.api.Assertions.assertThat;

import org.bpf4j.handle.Hook;
import org.bpf4j.kernel.SyscallException;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.MapKind;
import org.bpf4j.object.ProgramType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RefusalTest {

  private static final MapDefinition BIG =
      new MapDefinition("big", MapKind.ARRAY, 4, 1 << 20, 1 << 20, 0, 0, 0);

  @ParameterizedTest
  @EnumSource(
      value = Errno.class,
      names = {"ENOMEM", "E2BIG", "EAGAIN", "ENOENT", "EEXIST", "EBUSY"})
  void saysWhatAnErrorMeansForEachStep(Errno errno) {
    long result = -errno.number();
    String load = Refusal.ofLoad(result, "loading", ProgramType.XDP).getMessage();
    String create = Refusal.ofCreate(result, BIG).getMessage();
    String attach = Refusal.ofAttach(result, new Hook.RawTracepoint("x")).getMessage();
    assertThat(load).startsWith("loading: " + errno + " (").contains("; ");
    assertThat(create).startsWith("BPF_MAP_CREATE of ARRAY `big`").contains(errno + " (", "; ");
    assertThat(attach).startsWith("attaching to RawTracepoint").contains(errno + " (", "; ");
    assertThat(load.substring(load.indexOf("; ")))
        .isNotEqualTo(create.substring(create.indexOf("; ")))
        .isNotEqualTo(attach.substring(attach.indexOf("; ")));
  }

  @ParameterizedTest
  @CsvSource({"ENOMEM", "E2BIG"})
  void statesTheMemoryOfAMap(Errno errno) {
    assertThat(Refusal.ofCreate(-errno.number(), BIG))
        .isInstanceOf(SyscallException.class)
        .hasMessageContaining("it would take some " + (1L << 40) + " bytes of the kernel's memory");
  }
}
