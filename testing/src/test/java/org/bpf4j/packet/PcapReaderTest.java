package org.bpf4j.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PcapReaderTest {

  private static final int MICROSECONDS = 0xa1b2c3d4;

  private static byte[] capture(ByteOrder order, int magic, int linkType) {
    byte[] first = Packet.ethernet().ipv4("10.0.0.1", "10.0.0.2").udp(9, 53).bytes();
    ByteBuffer out = ByteBuffer.allocate(24 + 16 + first.length + 16 + 20).order(order);
    out.putInt(magic).putShort((short) 2).putShort((short) 4).putLong(0).putInt(65_535);
    out.putInt(linkType);
    out.putInt(1_700_000_000).putInt(5).putInt(first.length).putInt(first.length).put(first);
    out.putInt(1_700_000_001).putInt(0).putInt(20).putInt(1500);
    return out.array();
  }

  @ParameterizedTest
  @CsvSource({"true, false", "true, true", "false, false", "false, true"})
  void readsBothOrdersAndUnits(boolean little, boolean nanos) {
    ByteOrder order = little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    List<CapturedFrame> frames =
        PcapReader.read(capture(order, nanos ? 0xa1b23c4d : MICROSECONDS, 1));
    assertThat(frames).hasSize(2);
    assertThat(frames.getFirst().bytes())
        .isEqualTo(Packet.ethernet().ipv4("10.0.0.1", "10.0.0.2").udp(9, 53).bytes());
    assertThat(frames.getFirst().time())
        .isEqualTo(Instant.ofEpochSecond(1_700_000_000, nanos ? 5 : 5_000));
    assertThat(frames.getFirst().isTruncated()).isFalse();
    assertThat(frames.getLast().isTruncated()).isTrue();
  }

  @Test
  void refusesOthersByName() {
    byte[] other = capture(ByteOrder.LITTLE_ENDIAN, MICROSECONDS, 113);
    assertThatThrownBy(() -> PcapReader.read(other))
        .isInstanceOf(MalformedCaptureException.class)
        .hasMessageContaining("113");
    byte[] next = capture(ByteOrder.LITTLE_ENDIAN, 0x0a0d0d0a, 1);
    assertThatThrownBy(() -> PcapReader.read(next)).hasMessageContaining("pcapng");
    assertThatThrownBy(() -> PcapReader.read(new byte[10]))
        .isInstanceOf(MalformedCaptureException.class);
  }

  @Test
  void mutantsAreReadOrRefused() {
    byte[] good = capture(ByteOrder.LITTLE_ENDIAN, MICROSECONDS, 1);
    Random random = new Random(5);
    int refused = 0;
    for (int i = 0; i < 10_000; i++) {
      byte[] mutant = Arrays.copyOf(good, good.length - random.nextInt(good.length));
      for (int k = random.nextInt(4); k > 0 && mutant.length > 0; k--) {
        mutant[random.nextInt(mutant.length)] = (byte) random.nextInt();
      }
      try {
        PcapReader.read(mutant);
      } catch (MalformedCaptureException _) {
        refused++;
      }
    }
    assertThat(refused).isBetween(5_000, 9_999);
  }
}
