package org.bpf4j.examples.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import org.bpf4j.handle.Hook;
import org.bpf4j.sim.SimulatedKernel;
import org.bpf4j.sim.Task;
import org.junit.jupiter.api.Test;

class NumberedTest {

  private static void tellsAttachmentsApart(SimulatedKernel kernel) {
    try (NumberedBpf bpf = NumberedBpf.configure().process(Task.DEFAULT.tgid()).load(kernel)) {
      bpf.probe().attachTo(new Hook.Kprobe("tcp_v4_connect", false).withCookie(3));
      bpf.enter().attachTo(new Hook.Tracing("tcp_v4_connect").withCookie(4));
      kernel.kprobe("tcp_v4_connect");
      kernel.tracing("tcp_v4_connect");
      assertThat(bpf.probed()).isEqualTo(3);
      assertThat(bpf.entered()).isEqualTo(4);
      bpf.probe().attachTo(new Hook.Kprobe("tcp_v6_connect", false));
      kernel.kprobe("tcp_v6_connect");
      assertThat(bpf.probed()).isZero();
    }
  }

  @Test
  void bytecodeTellsAttachmentsApart() {
    tellsAttachmentsApart(SimulatedKernel.create());
  }

  @Test
  void javaTellsAttachmentsApart() {
    tellsAttachmentsApart(SimulatedKernel.runningJava());
  }
}
