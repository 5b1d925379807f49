package org.bpf4j.lang.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.Set;
import org.bpf4j.lang.At;
import org.bpf4j.lang.Be16;
import org.bpf4j.lang.Be24;
import org.bpf4j.lang.Be64;
import org.bpf4j.lang.Header;
import org.bpf4j.lang.S16;
import org.bpf4j.lang.S8;
import org.bpf4j.lang.U16;
import org.bpf4j.lang.U32;
import org.bpf4j.lang.U8;
import org.bpf4j.lang.Value;
import org.junit.jupiter.api.Test;

class ViewProxyTest {

  enum Color {
    @Value(7)
    RED,
    @Value(-2)
    BLUE
  }

  record Inner(@U8 int a, @Be16 int b) {}

  record Outer(Inner inner, boolean flag, byte octet) {}

  @Header(bytes = 8)
  interface Vxlan {
    @U8
    int flags();

    @At(4)
    @Be24
    int vni();

    void vni(int value);

    @U8
    int reserved();

    default int doubled() {
      return vni() * 2;
    }
  }

  @Header(bytes = 32)
  interface Kinds {
    @S8
    int s8();

    void s8(int value);

    @S16
    int s16();

    @U16
    char u16();

    @U32
    long u32();

    void u32(long value);

    @Be64
    long be64();

    Color color();

    void color(Color value);

    Outer outer();

    void outer(Outer value);

    short plain();

    char letter();
  }

  @Header(bytes = 3)
  interface TooLong {
    int number();
  }

  private static <T> T view(Class<T> type, byte[] bytes) {
    return ViewProxy.of(type, MemorySegment.ofArray(bytes));
  }

  @Test
  void accessorsStandWhereAtSaysOrBehindTheLast() {
    byte[] bytes = HexFormat.of().parseHex("0801020312345699");
    Vxlan vxlan = view(Vxlan.class, bytes);
    assertThat(vxlan.flags()).isEqualTo(8);
    assertThat(vxlan.vni()).isEqualTo(0x123456);
    assertThat(vxlan.reserved()).isEqualTo(0x99);
    vxlan.vni(0xabcdef);
    assertThat(bytes).isEqualTo(HexFormat.of().parseHex("08010203abcdef99"));
    assertThat(vxlan.doubled()).isEqualTo(0xabcdef * 2);
    assertThatThrownBy(() -> vxlan.vni(1 << 24)).isInstanceOf(ArithmeticException.class);
  }

  @Test
  void everyKindOfAccessor() {
    byte[] bytes = new byte[32];
    Kinds kinds = view(Kinds.class, bytes);
    kinds.s8(-128);
    kinds.u32(0xffff_ffffL);
    kinds.color(Color.BLUE);
    kinds.outer(new Outer(new Inner(255, 0x1234), true, (byte) -1));
    assertThat(bytes)
        .isEqualTo(
            HexFormat.of()
                .parseHex(
                    "80"
                        + "0000"
                        + "0000"
                        + "ffffffff"
                        + "0000000000000000"
                        + "feffffff"
                        + "ff00123401ff"
                        + "0000"
                        + "0000"
                        + "00"));
    bytes[1] = -2;
    bytes[2] = -1;
    bytes[3] = -2;
    bytes[4] = -1;
    bytes[9] = -128;
    bytes[27] = -1;
    bytes[29] = -1;
    assertThat(kinds.s8()).isEqualTo(-128);
    assertThat(kinds.s16()).isEqualTo(-2);
    assertThat(kinds.u16()).isEqualTo((char) 0xfffe);
    assertThat(kinds.u32()).isEqualTo(0xffff_ffffL);
    assertThat(kinds.be64()).isEqualTo(Long.MIN_VALUE);
    assertThat(kinds.color()).isEqualTo(Color.BLUE);
    assertThat(kinds.outer()).isEqualTo(new Outer(new Inner(255, 0x1234), true, (byte) -1));
    assertThat(kinds.plain()).isEqualTo((short) 255);
    assertThat(kinds.letter()).isEqualTo((char) 255);
    bytes[17] = 1;
    assertThatThrownBy(kinds::color).isInstanceOf(MatchException.class);
    assertThatThrownBy(() -> kinds.s8(128)).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> kinds.u32(-1)).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> kinds.outer(new Outer(new Inner(256, 0), true, (byte) 0)))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void viewsAreComparedByIdentity() {
    byte[] bytes = new byte[8];
    Vxlan one = view(Vxlan.class, bytes);
    Vxlan two = view(Vxlan.class, bytes);
    assertThat(one).isNotEqualTo(two).isNotEqualTo(null);
    assertThat(Set.of(one, two)).hasSize(2).contains(one, two);
    assertThat(one).hasToString("Vxlan[flags, reserved, vni]");
  }

  @Test
  void layoutsAreChecked() {
    assertThatIllegalArgumentException().isThrownBy(() -> view(TooLong.class, new byte[8]));
    assertThatIllegalArgumentException().isThrownBy(() -> view(Runnable.class, new byte[8]));
    assertThatThrownBy(() -> view(Vxlan.class, new byte[7]))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
