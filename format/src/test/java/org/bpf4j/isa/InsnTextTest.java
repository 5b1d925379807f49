package org.bpf4j.isa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InsnTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "r1 = *(u32 *)(r2 + 4)",
        "r1 = *(s8 *)(r2 - 4)",
        "*(u64 *)(r10 - 8) = r1",
        "*(u8 *)(r1 + 0) = 5",
        "if w1 s> 5 goto +3",
        "if r1 & r2 goto -1",
        "r1 = 5",
        "w1 s>>= w2",
        "r1 s%= -3",
        "r1 = -r1",
        "w3 = -w3",
        "r1 = be16 r1",
        "r2 = bswap64 r2",
        "r1 = (s32)r2",
        "w1 = (s8)w2",
        "r1 = -1 ll",
        "r1 = map_value 0x800000003 ll",
        "lock *(u64 *)(r1 + 0) += r2",
        "w2 = atomic_fetch_xor((u32 *)(r1 + 0), w2)",
        "r2 = xchg_64(r1 + 8, r2)",
        "w0 = cmpxchg32_32(r1 + 8, w0, w2)",
        "r1 = load_acquire((u16 *)(r2 + 0))",
        "store_release((u64 *)(r2 + 0), r1)",
        "goto +0",
        "gotol -100000",
        "may_goto +2",
        "call 5",
        "call pc-3",
        "call kfunc 1234",
        "callx r3",
        "gotox r3",
        "unknown 0xff",
        "unknown 0x8000000000000002",
        "exit",
        "r0 = *(u16 *)skb[12]",
        "r0 = *(u8 *)skb[r6 + 3]",
        "r1 = addr_space_cast(r2, 0, 1)"
      })
  void readsAndPrintsTheSame(String text) {
    assertThat(InsnPrinter.print(InsnParser.parse(text))).isEqualTo(text);
  }

  @Test
  void roundTripsEveryShape() {
    List<Insn> insns = new RandomInsns(new Random(3)).insns(10_000);
    assertThat(InsnParser.parseAll(InsnPrinter.print(insns))).isEqualTo(insns);
  }

  @Test
  void readsHexadecimalAndComments() {
    assertThat(InsnParser.parseAll("; start\n  r1 = 0x10  ; sixteen\n\nexit\n"))
        .isEqualTo(InsnParser.parseAll("r1 = 16\nexit"));
    assertThat(InsnParser.parse("r1 = 0xffffffff")).isEqualTo(InsnParser.parse("r1 = -1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "r1", "r11 = 1", "r1 ?= 2", "goto 3", "r1 = *(u24 *)(r2 + 4)", "exit now"})
  void refusesOtherText(String text) {
    assertThatThrownBy(() -> InsnParser.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
