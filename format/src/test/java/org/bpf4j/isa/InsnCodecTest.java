package org.bpf4j.isa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bpf4j.isa.Insn.AluOp;
import org.bpf4j.isa.Insn.AtomicOp;
import org.bpf4j.isa.Insn.ImmKind;
import org.bpf4j.isa.Insn.JumpOp;
import org.bpf4j.isa.Insn.Operand;
import org.junit.jupiter.api.Test;

class InsnCodecTest {

  @Test
  void encodesAsTheStandardSays() {
    assertCode(
        new Insn.Alu(Width.W64, AluOp.MOV, Register.R1, new Operand.Imm(-1)),
        0xffffffff_0000_01_b7L);
    assertCode(
        new Insn.Alu(Width.W32, AluOp.SDIV, Register.R2, new Operand.Reg(Register.R3)),
        0x00000000_0001_32_3cL);
    assertCode(new Insn.Load(MemorySize.W, false, Register.R1, Register.R2, 4), 0x0004_21_61L);
    assertCode(new Insn.Load(MemorySize.B, true, Register.R1, Register.R2, -1), 0xffff_21_91L);
    assertCode(
        new Insn.Store(MemorySize.DW, Register.R10, -8, new Operand.Reg(Register.R0)),
        0xfff8_0a_7bL);
    assertCode(
        new Insn.Branch(Width.W32, JumpOp.SGT, Register.R1, new Operand.Imm(5), 3),
        0x5_0003_01_66L);
    assertCode(
        new Insn.Atomic(MemorySize.DW, AtomicOp.CMPXCHG, true, Register.R1, 0, Register.R2),
        0xf1_0000_21_dbL);
    assertCode(new Insn.Jump(true, 7), 0x7_0000_00_06L);
    assertCode(new Insn.MayGoto(2), 0x0002_00_e5L);
    assertCode(new Insn.Swap(Insn.Order.BE, 16, Register.R3), 0x10_0000_03_dcL);
    assertCode(new Insn.Exit(), 0x95L);
  }

  private static void assertCode(Insn insn, long slot) {
    byte[] bytes = InsnCodec.encode(List.of(insn));
    long actual = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    assertThat(Long.toHexString(actual)).as(insn.toString()).isEqualTo(Long.toHexString(slot));
  }

  @Test
  void roundTripsEveryShape() {
    List<Insn> insns = new RandomInsns(new Random(1)).insns(20_000);
    assertThat(insns.stream().map(Insn::getClass).distinct().count()).isEqualTo(17);
    assertThat(InsnCodec.decode(InsnCodec.encode(insns))).isEqualTo(insns);
  }

  @Test
  void decodedIsEncodedToTheSameBytes() {
    Random random = new Random(2);
    int decoded = 0;
    int malformed = 0;
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = new byte[16];
      bytes[0] = (byte) random.nextInt();
      bytes[1] = (byte) (random.nextInt(11) << 4 | random.nextInt(11));
      if (random.nextBoolean()) {
        bytes[1 + random.nextInt(7)] = (byte) random.nextInt();
      }
      bytes[8] = random.nextBoolean() ? (byte) 0x95 : 0;
      try {
        List<Insn> insns = InsnCodec.decode(bytes);
        if (!Arrays.equals(InsnCodec.encode(insns), bytes)) {
          throw new AssertionError(insns + " from " + Arrays.toString(bytes));
        }
        decoded++;
      } catch (MalformedObjectException e) {
        malformed += e.getMessage().startsWith("instruction ") ? 1 : 0;
      }
    }
    assertThat(decoded).isGreaterThan(10_000);
    assertThat(decoded + malformed).isEqualTo(200_000);
  }

  @Test
  void namesWhatIsWrong() {
    assertMalformed(new byte[7], "7 bytes");
    assertMalformed(slot(0x18), "second half of a wide load is missing");
    assertMalformed(slot(0xff), "unknown opcode 0xff");
    assertMalformed(slot(0x1_0000_00_95L), "unused field imm is 1");
    assertMalformed(slot(0x10_b7L), "unused field src");
    assertMalformed(slot(0x0c_b7L), "no register r12");
    assertMalformed(slot(0x77_0000_21_dbL), "unknown atomic operation 0x77");
  }

  @Test
  void whatIsNoInstructionStandsForItself() {
    Random random = new Random(4);
    int unknown = 0;
    for (int i = 0; i < 50_000; i++) {
      byte[] bytes = new byte[32];
      random.nextBytes(bytes);
      if (i % 2 == 0) {
        bytes[0] = 0x18;
      }
      List<Insn> insns = InsnCodec.decodeAny(bytes);
      assertThat(Insn.slots(insns)).isEqualTo(4);
      assertThat(InsnCodec.encode(insns)).isEqualTo(bytes);
      unknown += (int) insns.stream().filter(Insn.Unknown.class::isInstance).count();
    }
    assertThat(unknown).isGreaterThan(100_000);
    assertThat(InsnCodec.decodeAny(slot(0x95))).containsExactly(new Insn.Exit());
    assertThat(InsnCodec.decodeAny(slot(0x18))).containsExactly(new Insn.Unknown(0x18));
    assertThat(new Insn.Unknown(0x77_0000_21_dbL).opcode()).isEqualTo(0xdb);
  }

  private static byte[] slot(long slot) {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(slot).array();
  }

  private static void assertMalformed(byte[] bytes, String message) {
    assertThatThrownBy(() -> InsnCodec.decode(bytes))
        .isInstanceOf(MalformedObjectException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesWhatHasNoEncoding() {
    assertUnencodable(new Insn.Load(MemorySize.DW, true, Register.R0, Register.R1, 0));
    assertUnencodable(new Insn.Load(MemorySize.W, false, Register.R0, Register.R1, 40_000));
    assertUnencodable(new Insn.MoveSignExtend(Width.W32, 32, Register.R0, Register.R1));
    assertUnencodable(new Insn.Swap(Insn.Order.LE, 8, Register.R0));
    assertUnencodable(new Insn.Jump(false, 1 << 15));
    assertUnencodable(
        new Insn.Atomic(MemorySize.B, AtomicOp.ADD, false, Register.R1, 0, Register.R2));
    assertUnencodable(
        new Insn.Atomic(MemorySize.W, AtomicOp.XCHG, false, Register.R1, 0, Register.R2));
  }

  private static void assertUnencodable(Insn insn) {
    assertThatThrownBy(() -> InsnCodec.encode(List.of(insn)))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot be encoded");
  }

  @Test
  void wideLoadsTakeTwoSlots() {
    Insn load = new Insn.LoadImm64(Register.R1, ImmKind.VALUE, 0x1122334455667788L);
    byte[] bytes = InsnCodec.encode(List.of(load, new Insn.Exit()));
    assertThat(bytes).hasSize(24);
    assertThat(load.slots()).isEqualTo(2);
    assertThat(InsnCodec.decode(bytes)).containsExactly(load, new Insn.Exit());
  }
}
