package org.bpf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.bpf4j.packet.Packet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {

  @TempDir private Path directory = Path.of("");
  private Path source = Path.of("");

  @BeforeEach
  void write() throws IOException {
    source = Sources.write(directory, "PortFilter", Sources.PORT_FILTER);
  }

  @Test
  void printsVerdictsMapsRingsAndGlobals() {
    CommandRun run = CommandRun.of("run", source);
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains("PortFilter: 16 frames in the simulated kernel")
        .containsPattern("filter +xdp +DROP +1\n")
        .containsPattern("filter +xdp +PASS +15\n")
        .contains("not run, since it takes no packets: onExecve")
        .contains("map types (HASH): 5 keys")
        .containsPattern(" 2048 +11\n")
        .contains("map unused (ARRAY): 0 elements, and 4 of zeros")
        .contains("ring drops: 1 record, 0 lost")
        .containsPattern("source +all\n +167772161 \\(0x0a000001\\) +false\n")
        .containsPattern("seen +\\.bss +16\n")
        .containsPattern("port +\\.rodata +53\n")
        .doesNotContain("drops_lost");
  }

  @Test
  void printsEveryVerdictIfAsked() {
    CommandRun run = CommandRun.of("run", source, "--each");
    assertThat(run.out())
        .containsPattern("UDP DNS query +51 +DROP\n")
        .containsPattern("ARP request +60 +PASS\n");
  }

  @Test
  void setsConfiguration() {
    CommandRun run = CommandRun.of("run", source, "--set", "all=true", "--set", "port=0x50");
    assertThat(run.out())
        .containsPattern("filter +xdp +DROP +[2-9]\n")
        .containsPattern("all +\\.rodata +true\n")
        .containsPattern("port +\\.rodata +80\n");
  }

  @Test
  void refusesWhatCannotBeSet() {
    assertThat(CommandRun.of("run", source, "--set", "all=yes"))
        .isEqualTo(new CommandRun(1, "", "bpf4j: all cannot be \"yes\"\n"));
    assertThat(CommandRun.of("run", source, "--set", "port=4294967296").err())
        .contains("port cannot be");
    assertThat(CommandRun.of("run", source, "--set", "seen=1"))
        .isEqualTo(new CommandRun(1, "", "bpf4j: there is no @Config field seen\n"));
    assertThat(CommandRun.of("run", source, "--set", "port").status()).isEqualTo(2);
  }

  @Test
  void runsOverACapture() throws Exception {
    Packet dns = Packet.ethernet().ipv4("10.0.0.1", "10.0.0.2").udp(9, 53);
    Packet other = Packet.ethernet().ipv4("10.0.0.1", "10.0.0.2").udp(9, 54);
    Path capture = directory.resolve("three.pcap");
    Files.write(capture, pcap(dns.bytes(), other.bytes(), new byte[5]));
    CommandRun run = CommandRun.of("run", source, "--pcap", capture);
    assertThat(run.out())
        .contains("PortFilter: 3 frames")
        .containsPattern("filter +xdp +DROP +1\n")
        .containsPattern("filter +xdp +PASS +1\n")
        .containsPattern("filter +xdp +\\(refused by the kernel\\) +1\n");
  }

  private static byte[] pcap(byte[]... frames) {
    ByteBuffer out = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4).putInt(0).putInt(0);
    out.putInt(65_535).putInt(1);
    for (byte[] frame : frames) {
      out.putInt(0).putInt(0).putInt(frame.length).putInt(frame.length).put(frame);
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  @Test
  void saysThatACaptureIsNone() {
    CommandRun run = CommandRun.of("run", source, "--pcap", source);
    assertThat(run.status()).isOne();
    assertThat(run.err())
        .isEqualTo(
            "bpf4j: " + source + ": not a pcap file: it begins with none of its magic numbers\n");
  }

  @Test
  void saysThatThereIsNothingToRun() throws Exception {
    Path counter =
        Sources.write(
            directory,
            "Counter",
            """
            import org.bpf4j.lang.*;
            @Bpf(license = "GPL")
            final class Counter {
              static long execs;
              @Tracepoint("syscalls/sys_enter_execve") static void onExecve() { execs++; }
            }
            """);
    CommandRun run = CommandRun.of("run", counter);
    assertThat(run.status()).isOne();
    assertThat(run.err()).contains("Counter has no XDP or TC program");
  }
}
