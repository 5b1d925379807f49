package org.bpf4j.handle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import org.bpf4j.lang.BpfString;
import org.junit.jupiter.api.Test;

class StorageTest {

  private final byte[] bytes = new byte[24];
  private final MemorySegment memory = MemorySegment.ofArray(bytes);

  @Test
  void storesNetworkOrder() {
    Storage.putBe16(memory, 1, 0x0102);
    Storage.putBe24(memory, 3, 0x030405);
    Storage.putBe32(memory, 6, 0x06070809);
    Storage.putBe48(memory, 10, 0x0a0b0c0d0e0fL);
    Storage.putBe64(memory, 16, 0x1011121314151617L);
    for (int i = 1; i < 24; i++) {
      assertThat(bytes[i]).as("byte %d", i).isEqualTo((byte) i);
    }
    assertThat(Storage.getBe16(memory, 1)).isEqualTo(0x0102);
    assertThat(Storage.getBe24(memory, 3)).isEqualTo(0x030405);
    assertThat(Storage.getBe32(memory, 6)).isEqualTo(0x06070809);
    assertThat(Storage.getBe48(memory, 10)).isEqualTo(0x0a0b0c0d0e0fL);
    assertThat(Storage.getBe64(memory, 16)).isEqualTo(0x1011121314151617L);
  }

  @Test
  void readsUnsignedAsWiderTypes() {
    Storage.putU8(memory, 0, 255);
    Storage.putU16(memory, 1, 65_535);
    Storage.putU32(memory, 3, 4_294_967_295L);
    Storage.putBe16(memory, 8, 65_535);
    Storage.putBe24(memory, 10, 0xffffff);
    Storage.putBe48(memory, 13, 0xffffffffffffL);
    assertThat(Storage.getU8(memory, 0)).isEqualTo(255);
    assertThat(Storage.getU16(memory, 1)).isEqualTo(65_535);
    assertThat(Storage.getU32(memory, 3)).isEqualTo(4_294_967_295L);
    assertThat(Storage.getBe16(memory, 8)).isEqualTo(65_535);
    assertThat(Storage.getBe24(memory, 10)).isEqualTo(0xffffff);
    assertThat(Storage.getBe48(memory, 13)).isEqualTo(0xffffffffffffL);
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(() -> Storage.putU8(memory, 0, 256))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("256 does not fit 8 unsigned bits");
    assertThatThrownBy(() -> Storage.putU16(memory, 0, -1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Storage.putS8(memory, 0, 128))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("128 does not fit 8 signed bits");
    Storage.putS8(memory, 0, -128);
    Storage.putS16(memory, 1, -32_768);
    Storage.putS32(memory, 3, Integer.MIN_VALUE);
    assertThat(Storage.getByte(memory, 0)).isEqualTo((byte) -128);
    assertThat(Storage.getShort(memory, 1)).isEqualTo((short) -32_768);
    assertThat(Storage.getInt(memory, 3)).isEqualTo(Integer.MIN_VALUE);
  }

  @Test
  void copiesStrings() {
    BpfString from = BpfString.ofSize(8);
    from.set("comm".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    Storage.putString(memory, 3, from);
    BpfString to = BpfString.ofSize(8);
    Storage.getString(memory, 3, to);
    assertThat(to.text()).isEqualTo("comm");
  }

  @Test
  void decodesEnumsByNumber() {
    Codec<Thread.State> codec = Codecs.ofEnum(Thread.State.values(), state -> state.ordinal() * 10);
    codec.encode(Thread.State.BLOCKED, memory, 4);
    assertThat(codec.decode(memory, 4)).isEqualTo(Thread.State.BLOCKED);
    Storage.putInt(memory, 4, 7);
    assertThatThrownBy(() -> codec.decode(memory, 4))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no State has the number 7");
  }
}
