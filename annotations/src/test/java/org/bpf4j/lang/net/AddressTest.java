package org.bpf4j.lang.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

  @Test
  void macAddresses() {
    MacAddress address = MacAddress.parse("02:00:00:00:Ab-01");
    assertThat(address).isEqualTo(new MacAddress(0x0200_0000_ab01L));
    assertThat(address).hasToString("02:00:00:00:ab:01");
    assertThat(address.isMulticast()).isFalse();
    assertThat(MacAddress.parse("01:00:5e:00:00:fb").isMulticast()).isTrue();
    assertThat(MacAddress.parse("ff:ff:ff:ff:ff:ff").isBroadcast()).isTrue();
    assertThat(MacAddress.parse("ff:ff:ff:ff:ff:fe").isBroadcast()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "02:00:00:00:00", "02:00:00:00:00:1", "02:00:00:00:00:01:02", "0g:"})
  void malformedMacAddresses(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MacAddress.parse(text))
        .withMessageContaining(text);
  }

  @Test
  void ipv4Addresses() {
    assertThat(Ipv4Address.parse("10.1.2.3")).isEqualTo(0x0a010203);
    assertThat(Ipv4Address.parse("255.255.255.255")).isEqualTo(-1);
    assertThat(Ipv4Address.toString(0xc0a80001)).isEqualTo("192.168.0.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "10", "10.0.0", "10.0.0.0.1", "256.0.0.1", "01.0.0.1", "a.b.c.d", "1..2.3"})
  void malformedIpv4Addresses(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Ipv4Address.parse(text))
        .withMessageContaining(text);
  }

  @Test
  void ipv4Prefixes() {
    Ipv4Prefix prefix = Ipv4Prefix.parse("10.20.30.40/12");
    assertThat(prefix).hasToString("10.16.0.0/12");
    assertThat(prefix.contains(Ipv4Address.parse("10.31.255.255"))).isTrue();
    assertThat(prefix.contains(Ipv4Address.parse("10.32.0.0"))).isFalse();
    assertThat(Ipv4Prefix.parse("1.2.3.4")).isEqualTo(new Ipv4Prefix(32, 0x01020304));
    assertThat(Ipv4Prefix.parse("1.2.3.4/0").contains(0x7f000001)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/+1", "/8"})
  void malformedIpv4Prefixes(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Ipv4Prefix.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "::",
        "::1",
        "1::",
        "2001:db8::1",
        "2001:db8:0:1:1:1:1:1",
        "1:0:0:2::3",
        "1::2:0:0:3:4",
        "ff02::fb",
        "1:2:3:4:5:6:7:8",
        "::ffff:a00:1"
      })
  void ipv6AddressesInTheirUsualText(String text) {
    assertThat(Ipv6Address.parse(text)).hasToString(text);
  }

  @Test
  void ipv6AddressesAsTheJdkReadsThem() throws UnknownHostException {
    Random random = new Random(6);
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = new byte[16];
      random.nextBytes(bytes);
      for (int j = 0; j < 16; j += 2) {
        if (random.nextBoolean()) {
          bytes[j] = 0;
          bytes[j + 1] = 0;
        }
      }
      bytes[0] = 0x20;
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      Ipv6Address address = new Ipv6Address(buffer.getLong(), buffer.getLong());
      assertThat(Ipv6Address.parse(address.toString())).isEqualTo(address);
      assertThat(InetAddress.getByName(address.toString()).getAddress()).isEqualTo(bytes);
    }
    assertThat(Ipv6Address.parse("::ffff:10.0.0.1")).isEqualTo(Ipv6Address.parse("::ffff:a00:1"));
    assertThat(Ipv6Address.parse("ff02::1").isMulticast()).isTrue();
    assertThat(Ipv6Address.parse("fe80::1").isMulticast()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "localhost", "1:2", ":::", "1::2::3", "12345::", "fe80::1%eth0", "[::1]"})
  void malformedIpv6Addresses(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Ipv6Address.parse(text));
  }
}
