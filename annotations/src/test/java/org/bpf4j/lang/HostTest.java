package org.bpf4j.lang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

class HostTest {

  @Bpf(license = "GPL")
  static final class Counter {
    static final BpfHashMap<Integer, Long> seen = BpfHashMap.create(8);
    static final BpfArray<Long> other = BpfArray.create(1);

    private Counter() {}

    @BpfFunction
    static boolean touch() {
      return seen.put(1, 2L);
    }
  }

  /// A host that answers each call with its method's name, or a number.
  private static Host host() {
    return (Host)
        Proxy.newProxyInstance(
            HostTest.class.getClassLoader(),
            new Class<?>[] {Host.class},
            (_, method, _) ->
                method.getReturnType() == boolean.class
                    ? true
                    : method.getReturnType() == long.class ? 42L : null);
  }

  @Test
  void aMapOutsideNamesTheSkeletonsCall() {
    assertThatIllegalStateException()
        .isThrownBy(Counter::touch)
        .withMessageContaining("`seen` is a BPF map")
        .withMessageContaining("`bpf.seen()`")
        .withMessageContaining("HostTest_CounterBpf");
  }

  @Test
  void aMapOfNobodyAndAHelperOutside() {
    assertThatIllegalStateException()
        .isThrownBy(() -> RingBuffer.ofBytes(4096).reserve())
        .withMessageContaining("RingBuffer");
    assertThatIllegalStateException().isThrownBy(Helpers::ktimeGetNs);
  }

  @Test
  void aHostHoldsForTheBodyAlone() {
    boolean stored =
        Host.run(
            host(),
            () -> {
              assertThat(Helpers.ktimeGetNs()).isEqualTo(42);
              return Counter.touch();
            });
    assertThat(stored).isTrue();
    assertThatIllegalStateException().isThrownBy(Host::current);
  }

  @Test
  void exceptionsLeaveTheBodyAsTheyAre() {
    assertThatThrownBy(
            () ->
                Host.run(
                    host(),
                    () -> {
                      throw new ArithmeticException("/ by zero");
                    }))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("/ by zero");
  }
}
