package org.bpf4j.vm;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bpf4j.isa.Insn;
import org.bpf4j.isa.InsnCodec;
import org.bpf4j.isa.MalformedObjectException;

/// Random instructions: random words of which those that decode are kept.
final class RandomInsns {

  private RandomInsns() {}

  static List<Insn> decodable(Random random) {
    List<Insn> insns = new ArrayList<>();
    while (insns.size() < 12) {
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
      insns.addAll(decode(word));
    }
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
