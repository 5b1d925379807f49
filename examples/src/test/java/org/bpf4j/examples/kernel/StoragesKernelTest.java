package org.bpf4j.examples.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import org.bpf4j.examples.RealKernel;
import org.bpf4j.handle.MapObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StoragesKernelTest {

  private static final long PROCESS = ProcessHandle.current().pid();

  @BeforeEach
  void onlyWithKernel() {
    RealKernel.use();
  }

  @Test
  void valuesOfAProcess() throws IOException, InterruptedException {
    Process child = new ProcessBuilder("sh", "-c", "while sleep 0.01; do :; done").start();
    try (var bpf = StoragesBpf.configure().process((int) child.pid()).load()) {
      assertThat(bpf.tasks().ofProcess(child.pid())).isNull();
      try (var _ = bpf.onSwitch().attach()) {
        for (int i = 0; i < 500 && bpf.tasks().ofProcess(child.pid()) == null; i++) {
          Thread.sleep(10);
        }
      }
      assertThat(bpf.tasks().ofProcess(child.pid())).isNotNull();
      assertThat(bpf.tasks().remove(new MapObject.OfProcess(child.pid()))).isTrue();
      assertThat(bpf.tasks().ofProcess(child.pid())).isNull();
    } finally {
      child.destroyForcibly().waitFor();
    }
  }

  @Test
  void valuesOfSocketsFilesAndGroups() throws IOException {
    try (var bpf = StoragesBpf.load();
        DatagramChannel socket = DatagramChannel.open().bind(new InetSocketAddress(0))) {
      var seen = new Storages.Seen();
      seen.times = 7;
      bpf.sockets().put(new MapObject.OfSocket(socket), seen);
      assertThat(bpf.sockets().ofSocket(socket).times).isEqualTo(7);
      Path file = Path.of("/proc/self/exe").toRealPath();
      assertThat(bpf.files().ofFile(file)).isNull();
      bpf.files().put(new MapObject.OfFile(file), seen);
      assertThat(bpf.files().ofFile(file).times).isEqualTo(7);
      assertThat(bpf.files().remove(new MapObject.OfFile(file))).isTrue();
      assertThatThrownBy(() -> bpf.tasks().ofCgroup(Path.of("/"))).isNotNull();
      assertThat(bpf.tasks().ofProcess(PROCESS)).isNull();
    }
  }
}
