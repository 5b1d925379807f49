package org.bpf4j.examples.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
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
    Map<String, String> said = Tokens.ask(folder);
    assertThat(said.get("without")).contains("user namespace", "BPF token");
    assertThat(said.get("silent")).contains("BPF_TOKEN_CREATE of", "it delegates nothing");
    assertThat(said.get("elsewhere")).contains("no BPF file system is mounted there");
    assertThat(said.get("asked")).isEqualTo("loaded 0tally");
    assertThat(said.get("found")).isEqualTo("loaded 0tally");
  }

  @Test
  void theFirstNamespaceHasNoTokens() {
    assertThatThrownBy(() -> TallyBpf.configure().token(Path.of("/sys/fs/bpf")).load())
        .isInstanceOf(SyscallException.class)
        .hasMessageContaining("tokens are for user namespaces");
  }
}
