package org.bpf4j.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.bpf4j.handle.LoadedMap;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.handle.MapAccess;
import org.bpf4j.kernel.RealKernel;
import org.bpf4j.load.ObjectText;
import org.bpf4j.object.MapKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CallPoolTest {

  @BeforeEach
  void real() {
    RealKernel.use();
  }

  private static LoadedObject load() {
    ObjectText text = new ObjectText();
    return text.typedMap("table", MapKind.HASH, text.intType, text.longType, 4).load();
  }

  @Test
  void hasMemoryForAnyNumberOfCalls() {
    try (LoadedObject object = load()) {
      LoadedMap map = object.map("table");
      List<MapAccess> taken = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        taken.add(map.access());
      }
      assertThat(taken.stream().map(MapAccess::key).distinct()).hasSize(20);
      taken.forEach(access -> assertThat(access.find()).isFalse());
      taken.forEach(MapAccess::close);
    }
  }

  @Test
  void givesBackOnce() {
    try (LoadedObject object = load()) {
      MapAccess access = object.map("table").access();
      access.close();
      assertThatThrownBy(access::close).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void refusesWhatComesTooLate() {
    LoadedObject object = load();
    LoadedMap map = object.map("table");
    map.access().close();
    object.close();
    assertThatThrownBy(map::access)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("map `table` is closed");
  }

  /// Whoever closes while he uses a call waits for himself in vain.
  @Test
  void endsWhenItsOwnUserCloses() {
    LoadedObject object = load();
    LoadedMap map = object.map("table");
    try (MapAccess access = map.access()) {
      object.close();
      assertThat(access.find()).isFalse();
      assertThatThrownBy(map::access).isInstanceOf(IllegalStateException.class);
    }
  }

  /// Closing does not wait for ever, and the number is not freed while a call may use it.
  @Test
  void outlivesACallThatTakesLong() throws Exception {
    LoadedObject object = load();
    KernelMap map = (KernelMap) object.map("table");
    CountDownLatch taken = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    Thread user =
        Thread.ofPlatform()
            .start(
                () -> {
                  try (MapAccess access = map.access()) {
                    taken.countDown();
                    if (closed.await(20, TimeUnit.SECONDS)) {
                      access.find();
                    }
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    taken.await();
    object.close();
    assertThat(map.descriptor().number()).isPositive();
    closed.countDown();
    user.join();
    while (isOpen(map)) {
      Thread.sleep(5);
    }
  }

  private static boolean isOpen(KernelMap map) {
    try {
      return map.descriptor().number() >= 0;
    } catch (IllegalStateException e) {
      return false;
    }
  }
}
