package org.bpf4j.examples.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bpf4j.examples.RealKernel;
import org.bpf4j.handle.StackFrame;
import org.junit.jupiter.api.Test;

class PlacesKernelTest {

  private static final int PROCESS = Math.toIntExact(ProcessHandle.current().pid());

  @Test
  void stacksAreKeptAsPlacesInFiles() {
    RealKernel.use();
    try (var bpf = PlacesBpf.configure().process(PROCESS).load()) {
      bpf.enter().attach(PROCESS);
      CLibrary.toUpper('a');
      List<StackFrame> frames = bpf.places().frames(bpf.place());
      List<Long> addresses = bpf.addresses().addresses(bpf.address());
      assertThat(frames).hasSameSizeAs(addresses);
      assertThat(frames.getFirst())
          .isInstanceOfSatisfying(
              StackFrame.InFile.class,
              place -> {
                assertThat(place.buildId()).hasSize(40).matches("[0-9a-f]*[1-9a-f][0-9a-f]*");
                assertThat(place.offset() & 0xfff).isEqualTo(addresses.getFirst() & 0xfff);
              });
      assertThat(bpf.places().remove(bpf.place())).isTrue();
      assertThat(bpf.places().frames(bpf.place())).isEmpty();
    }
  }
}
