package org.bpf4j.vm;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bpf4j.isa.Insn;
import org.bpf4j.isa.InsnCodec;
import org.bpf4j.isa.MalformedObjectException;

/// Random programs from a pool of instructions: random words of which those that decode are kept.
final class RandomInsns {

  private static final int POOL = 3_000;

  private static final int LENGTH = 12;

  private final Random random;
  private final List<Insn> pool = new ArrayList<>();

  RandomInsns(long seed) {
    random = new Random(seed);
    while (pool.size() < POOL) {
      byte[] word = new byte[8];
      word[0] = (byte) random.nextInt(256);
      word[1] =
          (byte) (random.nextInt(11) | (random.nextInt(3) == 0 ? random.nextInt(11) << 4 : 0));
      if (random.nextBoolean()) {
        short offset = (short) (random.nextInt(24) - 12);
        word[2] = (byte) offset;
        word[3] = (byte) (offset >> 8);
      }
      if (random.nextBoolean()) {
        word[4] = (byte) random.nextInt(64);
      }
      pool.addAll(decode(word));
    }
  }

  List<Insn> program() {
    List<Insn> insns = new ArrayList<>();
    for (int i = 0; i < LENGTH; i++) {
      insns.add(pool.get(random.nextInt(POOL)));
    }
    insns.add(new Insn.Exit());
    return insns;
  }

  private static List<Insn> decode(byte[] word) {
    try {
      return InsnCodec.decode(word);
    } catch (MalformedObjectException _) {
      return List.of();
    }
  }
}
