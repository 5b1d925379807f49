package org.bpf4j.examples.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.bpf4j.examples.RealKernel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TimersKernelTest {

  private static final byte[] FRAME = new byte[64];

  @BeforeEach
  void onlyWithKernel() {
    RealKernel.use();
  }

  @Test
  void sessionsExpire() throws InterruptedException {
    try (var bpf = TimersBpf.load()) {
      bpf.count().run(FRAME);
      assertThat(bpf.started()).isTrue();
      for (int i = 0; i < 200 && bpf.packets() == 0; i++) {
        Thread.sleep(5);
      }
      assertThat(bpf.packets()).isEqualTo(1);
      assertThat(bpf.sessions().get(0)).isNull();
    }
  }

  @Test
  void aTimerIsCancelled() {
    try (var bpf = TimersBpf.load()) {
      bpf.stop().run(FRAME);
      assertThat(bpf.cancelled()).isFalse();
      bpf.count().run(FRAME);
      bpf.stop().run(FRAME);
      assertThat(bpf.cancelled() || bpf.packets() == 1).isTrue();
    }
  }

  @Test
  void codeOfAnArrayRunsOnce() throws InterruptedException {
    try (var bpf = TimersBpf.load()) {
      bpf.tick().run(FRAME);
      for (int i = 0; i < 200 && bpf.tickers().get(0).ticks == 0; i++) {
        Thread.sleep(5);
      }
      assertThat(bpf.tickers().get(0).ticks).isEqualTo(10);
      bpf.tick().run(FRAME);
      Thread.sleep(20);
      assertThat(bpf.tickers().get(0).ticks).as("an abort ends the code").isEqualTo(10);
    }
  }
}
