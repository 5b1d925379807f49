package org.bpf4j.examples.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bpf4j.examples.ChildJvm;
import org.bpf4j.examples.RealKernel;
import org.bpf4j.kernel.SyscallException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process in a user namespace loads by a token.
class TokenKernelTest {

  @TempDir private Path folder;

  @BeforeEach
  void kernel() {
    RealKernel.use();
  }

  @Test
  void aFileSystemGivesLeaveInAUserNamespace() throws IOException, InterruptedException {
    List<String> own = List.of("unshare", "--user", "--map-root-user", "--mount");
    try (ChildJvm child = new ChildJvm(own, Delegated.class, folder.toString())) {
      String[] opened = child.await(line -> line.startsWith("opened ")).split(" ");
      FileSystems.make(child.pid(), Long.parseLong(opened[1]));
      for (int i = 2; i <= 3; i++) {
        FileSystems.make(
            child.pid(),
            Long.parseLong(opened[i]),
            "delegate_cmds",
            "delegate_maps",
            "delegate_progs",
            "delegate_attachs");
      }
      child.send("made");
      child.await(line -> line.equals("end"));
      assertThat(said(child, "without")).contains("user namespace", "BPF token");
      assertThat(said(child, "silent")).contains("BPF_TOKEN_CREATE of", "it delegates nothing");
      assertThat(said(child, "elsewhere")).contains("no BPF file system is mounted there");
      assertThat(said(child, "asked")).isEqualTo("asked: loaded 0tally");
      assertThat(said(child, "found")).isEqualTo("found: loaded 0tally");
    }
  }

  private static String said(ChildJvm child, String how) {
    return child.latest(line -> line.startsWith(how + ": "));
  }

  @Test
  void theFirstNamespaceHasNoTokens() {
    assertThatThrownBy(() -> TallyBpf.configure().token(Path.of("/sys/fs/bpf")).load())
        .isInstanceOf(SyscallException.class)
        .hasMessageContaining("tokens are for user namespaces");
  }
}
