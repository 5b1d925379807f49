package org.bpf4j.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bpf4j.object.Signature.Argument;
import org.bpf4j.object.Signature.Result;
import org.junit.jupiter.api.Test;

class HelperTest {

  @Test
  void numbersAreTheKernels() {
    assertThat(Helper.values()).hasSize(211);
    for (int i = 0; i < 211; i++) {
      assertThat(Helper.values()[i].number()).isEqualTo(i + 1);
      assertThat(Helper.of(i + 1)).contains(Helper.values()[i]);
    }
    assertThat(Helper.of(0)).isEmpty();
    assertThat(Helper.of(212)).isEmpty();
    assertThat(Helper.LOOP.number()).isEqualTo(181);
    assertThat(Helper.of("cgrp_storage_delete")).contains(Helper.CGRP_STORAGE_DELETE);
  }

  @Test
  void signaturesAreWellFormed() {
    for (Helper helper : Helper.values()) {
      helper.signature().ifPresent(signature -> assertWellFormed(helper, signature));
    }
    long known = Arrays.stream(Helper.values()).filter(h -> h.signature().isPresent()).count();
    assertThat(known).isGreaterThan(100);
  }

  private static void assertWellFormed(Helper helper, Signature signature) {
    List<Argument> arguments = signature.arguments();
    assertThat(arguments).as(helper.name()).hasSizeLessThanOrEqualTo(5);
    boolean map = false;
    for (int i = 0; i < arguments.size(); i++) {
      boolean sizeFollows =
          i + 1 < arguments.size()
              && (arguments.get(i + 1) == Argument.SIZE
                  || arguments.get(i + 1) == Argument.SIZE_OR_ZERO);
      boolean memory =
          switch (arguments.get(i)) {
            case MEMORY_READ, MEMORY_READ_OR_NULL, MEMORY_WRITE, MEMORY_READ_WRITE -> true;
            default -> false;
          };
      assertThat(sizeFollows).as(helper.name() + " argument " + (i + 1)).isEqualTo(memory);
      map |= arguments.get(i) == Argument.MAP;
      if (arguments.get(i) == Argument.MAP_KEY || arguments.get(i) == Argument.MAP_VALUE) {
        assertThat(map).as(helper.name()).isTrue();
      }
    }
    if (signature.result() == Result.MAP_VALUE_OR_NULL) {
      assertThat(map).as(helper.name()).isTrue();
    }
  }

  @Test
  void termsOfWellKnownHelpers() {
    assertThat(Helper.TRACE_PRINTK.gplOnly()).isTrue();
    assertThat(Helper.KTIME_GET_NS.gplOnly()).isFalse();
    assertThat(Helper.XDP_ADJUST_HEAD.kinds())
        .containsExactly(ProgramKind.XDP, ProgramKind.XDP_DEVMAP, ProgramKind.XDP_CPUMAP);
    assertThat(Helper.SKB_PULL_DATA.movesPacket()).isTrue();
    assertThat(Helper.MAP_LOOKUP_ELEM.movesPacket()).isFalse();
    assertThat(Helper.MAP_LOOKUP_ELEM.kinds()).containsExactly(ProgramKind.values());
    assertThat(Helper.SKB_LOAD_BYTES.since(ProgramKind.XDP)).isEmpty();
    assertThat(Helper.GET_CURRENT_COMM.since(ProgramKind.KPROBE)).contains(KernelVersion.FLOOR);
    assertThat(Helper.GET_CURRENT_COMM.since(ProgramKind.XDP)).contains(new KernelVersion(6, 18));
    assertThat(Helper.LOOP.since(ProgramKind.TC)).contains(new KernelVersion(5, 17));
  }

  @Test
  void sectionsNameKinds() {
    assertThat(ProgramSection.parse("xdp"))
        .contains(new ProgramSection(ProgramKind.XDP, Set.of(), ""));
    assertThat(ProgramSection.parse("tp/syscalls/sys_enter_execve"))
        .contains(
            new ProgramSection(ProgramKind.TRACEPOINT, Set.of(), "syscalls/sys_enter_execve"));
    assertThat(ProgramSection.parse("tcx/ingress"))
        .contains(
            new ProgramSection(ProgramKind.TC, Set.of(), "", Optional.of(ProgramForm.TCX_INGRESS)));
    assertThat(ProgramSection.parse("?tc/main"))
        .contains(new ProgramSection(ProgramKind.TC, Set.of(), "main"));
    assertThat(ProgramSection.parse("raw_tracepoint/sched_switch"))
        .contains(new ProgramSection(ProgramKind.RAW_TRACEPOINT, Set.of(), "sched_switch"));
    assertThat(ProgramSection.parse("kprobe/do_unlinkat"))
        .contains(new ProgramSection(ProgramKind.KPROBE, Set.of(), "do_unlinkat"));
    assertThat(ProgramSection.parse("syscall"))
        .contains(new ProgramSection(ProgramKind.SYSCALL, Set.of(), ""));
    assertThat(ProgramSection.parse("xdpx")).isEmpty();
    assertThat(ProgramSection.parse("")).isEmpty();
    for (ProgramKind kind : ProgramKind.values()) {
      ProgramSection plain = new ProgramSection(kind, Set.of(), "");
      assertThat(ProgramSection.parse(plain.name())).contains(plain);
      ProgramSection full = new ProgramSection(kind, kind.choices(), "a/b");
      assertThat(ProgramSection.parse(full.name())).contains(full);
    }
    for (ProgramForm form : ProgramForm.values()) {
      ProgramSection plain = new ProgramSection(form.kind(), Set.of(), "", Optional.of(form));
      assertThat(ProgramSection.parse(plain.name())).contains(plain);
      assertThat(plain.attachType()).isEqualTo(form.attachType());
      ProgramSection full =
          new ProgramSection(form.kind(), form.choices(), "a/b", Optional.of(form));
      assertThat(ProgramSection.parse(full.name())).contains(full);
    }
  }
}
