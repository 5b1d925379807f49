package org.bpf4j.examples.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.bpf4j.examples.RealKernel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GentleConnectionsKernelTest {

  private static final Path CONTROLS =
      Path.of("/proc/sys/net/ipv4/tcp_available_congestion_control");

  @BeforeEach
  void onlyWithKernel() {
    RealKernel.use();
  }

  @Test
  void connectionsAreControlled() throws Exception {
    assertThat(GentleConnections.run()).contains("acknowledged");
    assertThat(GentleConnections.reno()).contains("losses").doesNotContain(" 0 losses");
    assertThat(GentleConnections.cubic()).contains("plateaus").doesNotContain(" 0 plateaus");
    assertThat(Files.readString(CONTROLS)).doesNotContain("bpf4j_");
  }
}
