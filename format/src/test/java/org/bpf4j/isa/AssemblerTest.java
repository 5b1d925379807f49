package org.bpf4j.isa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AssemblerTest {

  private static void assertAssembled(String text, String expected) {
    assertThat(InsnPrinter.print(Assembler.assemble(text))).isEqualTo(expected);
  }

  @Test
  void mnemonics() {
    assertAssembled(
        """
        # a comment
        mov32 %r0, 5
        MOV %R1, -1
        lddw %r2, 0xFFFFFFFFFFFFFFFF
        ldxw %r1, [%r2+4]
        ldxsb %r1, [%r2]
        stxdw [%r10-8], %r1
        stb [%r1], 0x7f
        sdiv32 %r1, %r2
        neg %r3
        be16 %r0
        bswap32 %r0
        swap64 %r0
        movsx832 %r1, %r2
        lock add32 [%r1-4], %r2
        lock fetch or [%r1], %r2
        lock cmpxchg [%r10-8], %r1   # compares with %r0
        call 5
        call %r2
        """,
        """
        w0 = 5
        r1 = -1
        r2 = -1 ll
        r1 = *(u32 *)(r2 + 4)
        r1 = *(s8 *)(r2 + 0)
        *(u64 *)(r10 - 8) = r1
        *(u8 *)(r1 + 0) = 127
        w1 s/= w2
        r3 = -r3
        r0 = be16 r0
        r0 = bswap32 r0
        r0 = bswap64 r0
        w1 = (s8)w2
        lock *(u32 *)(r1 - 4) += w2
        r2 = atomic_fetch_or((u64 *)(r1 + 0), r2)
        r0 = cmpxchg_64(r10 - 8, r0, r1)
        call 5
        callx r2
        """);
  }

  @Test
  void labelsCountWideLoadsTwice() {
    assertAssembled(
        """
        start:
        jne %r0, 1, exit
        lddw %r1, 1
        jlt32 %r1, %r2, start
        ja32 start
        ja +1
        call local sub
        exit
        sub:
        exit
        """,
        """
        if r0 != 1 goto +7
        r1 = 1 ll
        if w1 < w2 goto -4
        gotol -5
        goto +1
        call pc+1
        exit
        exit
        """);
  }

  @Test
  void namesTheLine() {
    for (String line : new String[] {"frob %r1", "mov %r1", "ja nowhere", "stxw %r1, [%r2]"}) {
      assertThatThrownBy(() -> Assembler.assemble("exit\n" + line))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(line);
    }
  }
}
