package org.bpf4j.sys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NearNamesTest {

  private static List<String> near(String wanted, String... names) {
    return NearNames.of(wanted, Stream.of(names));
  }

  @Test
  void copiesOfTheCompilerComeFirst() {
    assertThat(near("do_unlink", "do_unlinkat", "do_unlink.isra.0", "vfs_unlink", "__do_unlink"))
        .containsExactly("do_unlink.isra.0", "__do_unlink", "do_unlinkat");
  }

  @Test
  void misspeltNamesAreFound() {
    assertThat(near("sys_entry_execve", "sys_exit_execve", "sys_enter_execve", "sys_enter_open"))
        .startsWith("sys_enter_execve");
    assertThat(near("eht0", "eth0", "lo", "wlan0")).containsExactly("eth0");
    assertThat(near("TCP_connect", "tcp_connect", "udp_connect"))
        .containsExactly("tcp_connect", "udp_connect");
  }

  @Test
  void othersAreNot() {
    assertThat(near("malloc", "free", "strlen", "a")).isEmpty();
    assertThat(near("ab", "xabx", "cd")).isEmpty();
    assertThat(near("")).isEmpty();
  }

  @Test
  void thereAreNeverMany() {
    Stream<String> all = IntStream.range(0, 10_000).mapToObj(i -> "do_unlink_" + i);
    assertThat(NearNames.of("do_unlink", all)).hasSize(6).startsWith("do_unlink_0", "do_unlink_1");
    assertThat(near("same", "same_one", "same_one")).containsExactly("same_one");
  }
}
