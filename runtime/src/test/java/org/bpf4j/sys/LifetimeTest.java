package org.bpf4j.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LifetimeTest {

  private final AtomicInteger freed = new AtomicInteger();
  private final Lifetime lifetime = new Lifetime("it", freed::incrementAndGet);

  @Test
  void freesAtOnceIfNobodyIsInside() {
    lifetime.close();
    lifetime.close();
    assertThat(freed).hasValue(1);
    assertThatThrownBy(lifetime::enter)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("it is closed");
    assertThat(freed).hasValue(1);
  }

  @Test
  void waitsForTheLastCall() {
    lifetime.enter();
    lifetime.enter();
    lifetime.close();
    assertThatThrownBy(lifetime::enter).isInstanceOf(IllegalStateException.class);
    lifetime.leave();
    assertThat(freed).hasValue(0);
    lifetime.leave();
    assertThat(freed).hasValue(1);
  }

  @Test
  void countsPossibleCpus() {
    assertThat(Cpus.count("0\n")).isEqualTo(1);
    assertThat(Cpus.count("0-3")).isEqualTo(4);
    assertThat(Cpus.count("0-3,8-11,15")).isEqualTo(9);
  }
}
