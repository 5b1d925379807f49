package org.bpf4j.lang.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import org.bpf4j.lang.host.ViewProxy;
import org.junit.jupiter.api.Test;

class ChecksumTest {

  /// The definition, word by word: add with end-around carry, complement at the end.
  private static int checksum(byte[] bytes) {
    int sum = 0;
    for (int i = 0; i < bytes.length; i += 2) {
      sum += (bytes[i] & 0xff) << 8 | (bytes[i + 1] & 0xff);
      if (sum > 0xffff) {
        sum -= 0xffff;
      }
    }
    return 0xffff - sum;
  }

  private static void put(byte[] bytes, int at, int word) {
    bytes[at] = (byte) (word >>> 8);
    bytes[at + 1] = (byte) word;
  }

  @Test
  void ofAnIpv4Header() {
    byte[] header = HexFormat.of().parseHex("450000730000400040110000c0a80001c0a800c7");
    Ipv4 view = ViewProxy.of(Ipv4.class, MemorySegment.ofArray(header));
    assertThat(Checksum.of(view)).isEqualTo(0xb861).isEqualTo(checksum(header));
    Random random = new Random(1);
    for (int i = 0; i < 1_000; i++) {
      random.nextBytes(header);
      int found = Checksum.of(view);
      put(header, 10, 0);
      assertThat(found).isEqualTo(checksum(header));
    }
  }

  @Test
  void replacedWords() {
    Random random = new Random(2);
    byte[] bytes = new byte[64];
    for (int i = 0; i < 10_000; i++) {
      random.nextBytes(bytes);
      int before = checksum(bytes);
      int at = random.nextInt(31) * 2;
      int from = (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
      int next = (bytes[at + 2] & 0xff) << 8 | (bytes[at + 3] & 0xff);
      int to = random.nextInt(1 << 16);
      put(bytes, at, to);
      int after = checksum(bytes);
      assertThat(Checksum.replace16(before, from, to)).isEqualTo(after);
      int other = random.nextInt(1 << 16);
      put(bytes, at + 2, other);
      assertThat(Checksum.replace32(before, from << 16 | next, to << 16 | other))
          .isEqualTo(checksum(bytes));
    }
  }

  @Test
  void replacedWordsAtTheEdges() {
    int[] edges = {0, 1, 0x7fff, 0x8000, 0xfffe, 0xffff};
    byte[] bytes = new byte[6];
    put(bytes, 4, 1);
    for (int first : edges) {
      for (int from : edges) {
        for (int to : edges) {
          put(bytes, 0, first);
          put(bytes, 2, from);
          int before = checksum(bytes);
          put(bytes, 2, to);
          assertThat(Checksum.replace16(before, from, to)).isEqualTo(checksum(bytes));
        }
      }
    }
  }

  @Test
  void ofADatagramWithPseudoHeader() {
    byte[] all = HexFormat.of().parseHex("0a0000010a0000020011000a" + "0009003500000000" + "abcd");
    put(all, 16, 10);
    int sum = Checksum.pseudo(0x0a000001, 0x0a000002, IpProtocol.UDP, 10);
    sum = Checksum.add64(sum, 0x0009_0035_000a_0000L);
    assertThat(Checksum.finish(sum + 0xabcd)).isEqualTo(checksum(all));
  }

  @Test
  void sumsMayUseAllBitsOfAnInt() {
    int sum = 0;
    for (int i = 0; i < 65_537; i++) {
      sum += 0xffff;
    }
    assertThat(sum).isEqualTo(-1);
    assertThat(Checksum.fold(sum)).isEqualTo(0xffff);
  }

  @Test
  void replacedAddresses() {
    Random random = new Random(4);
    byte[] bytes = new byte[64];
    for (int i = 0; i < 1_000; i++) {
      random.nextBytes(bytes);
      int before = checksum(bytes);
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      Ipv6Address from = new Ipv6Address(buffer.getLong(8), buffer.getLong(16));
      Ipv6Address to = new Ipv6Address(random.nextLong(), random.nextLong());
      buffer.putLong(8, to.high()).putLong(16, to.low());
      assertThat(Checksum.replace(before, from, to)).isEqualTo(checksum(bytes));
    }
  }

  @Test
  void pseudoHeaderOfIpv6() {
    Ipv6Address from = Ipv6Address.parse("2001:db8::1");
    Ipv6Address to = Ipv6Address.parse("2001:db8::2");
    int sum = Checksum.pseudo(from, to, IpProtocol.ICMPV6, 8);
    assertThat(Checksum.finish(sum + (128 << 8) + 7 + 8)).isEqualTo(0x2439);
  }
}
