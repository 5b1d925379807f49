package org.bpf4j.examples.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.bpf4j.examples.ChildJvm;
import org.bpf4j.examples.RealKernel;
import org.bpf4j.examples.firewall.VethPair;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whatever call of the kernel fails while programs are loaded, attached, used and closed: that is
/// an exception of ours or does no harm, and nothing stays behind.
///
/// `-Dbpf4j.fault.every=1` lets each call fail with each error number.
class ErrnoKernelTest {

  private static final int EVERY = Integer.getInteger("bpf4j.fault.every", 8);

  /// An eighth of the calls takes some ten seconds.
  private static final Duration PATIENCE = Duration.ofMinutes(20);

  @BeforeEach
  void onlyWithKernel() {
    RealKernel.use();
  }

  @Test
  void aFailedCallLeavesNothing() throws Exception {
    try (VethPair pair = new VethPair();
        OwnCgroup cgroup = new OwnCgroup();
        ChildJvm child =
            new ChildJvm(
                pair.enter(),
                FaultMain.class,
                Integer.toString(EVERY),
                cgroup.folder().toString())) {
      String done = child.await(line -> line.startsWith("done: "), PATIENCE);
      System.out.println(done);
      assertThat(child.all(line -> line.startsWith("fault: "))).isEmpty();
      assertThat(done).endsWith(", 0 faults");
      assertThat(child.await()).isZero();
    }
  }
}
