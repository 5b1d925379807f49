package org.bpf4j.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bpf4j.handle.Link;
import org.bpf4j.inventory.LinkTarget;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.object.ProgramKind;
import org.junit.jupiter.api.Test;

/// Programs that the kernel calls as functions of a struct.
class StructHooksTest {

  /// The first kernel with links of structs.
  private static final KernelVersion LINKS = new KernelVersion(6, 4);

  /// A congestion control is a socket's own choice, so nobody else meets this one.
  @Test
  @Fires(ProgramKind.OPERATION)
  void aSocketChoosesItsCongestionControl() throws Exception {
    OwnNetwork.run(
        () -> {
          try (LiveCase live = LiveCase.load("tracing/struct-of-functions");
              Link link = live.object().operations("StructOfFunctions").attach()) {
            assertThat(link.diesWithProcess()).isEqualTo(!LINKS.isNewerThanRunning());
            String script =
                """
                import socket
                server = socket.create_server(("127.0.0.1", 0))
                client = socket.socket()
                client.setsockopt(socket.IPPROTO_TCP, socket.TCP_CONGESTION, b"bpf4j_case")
                client.connect(server.getsockname())
                accepted, _ = server.accept()
                for i in range(20):
                  client.send(b"x" * 1000)
                  accepted.recv(1000)
                """;
            Shell.must("python3", "-c", script);
            assertThat(live.number("acknowledged")).isPositive();
          }
        });
  }

  /// Sockets that use the struct go on with the other one's functions.
  @Test
  @Does(value = "a struct of functions goes from struct to struct", since = "6.4")
  void anotherStructTakesItsPlace() throws Exception {
    OwnNetwork.run(
        () -> {
          try (LiveCase first = LiveCase.load("tracing/struct-of-functions");
              LiveCase second = LiveCase.load("tracing/struct-of-functions");
              Link link = first.object().operations("StructOfFunctions").attach()) {
            int map = ((LinkTarget.StructOps) link.info().target()).mapId();
            link.update(second.object().operations("StructOfFunctions"));
            assertThat(((LinkTarget.StructOps) link.info().target()).mapId()).isNotEqualTo(map);
            assertThatThrownBy(() -> link.update(first.object().program("congAvoid")))
                .isInstanceOf(UnsupportedFeatureException.class);
            link.detach();
            link.close();
            try (Link again = second.object().operations("StructOfFunctions").attach()) {
              assertThat(again.isPinned()).isFalse();
            }
          }
        });
  }
}
