package org.bpf4j.object;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bpf4j.isa.InsnCodec;
import org.bpf4j.object.ElfFile.Section;
import org.bpf4j.object.ElfFile.Symbol;

/// What the constant of a relocated instruction is: to be added to the symbol's value, as in
/// objects of LLVM and of young binutils, or the sum already.
///
/// The assembler that came with GCC 12 and 13 writes sums, of calls in bytes less one. A file is
/// taken for its work if GCC signed it and no constant is less than its symbol's value; a single
/// reference to a map or function that is not the first one of its section tells otherwise.
final class Addends {

  private static final String COMMENT = ".comment";

  private static final String GCC = "GCC:";

  /// The opcode of calls (`BPF_JMP | BPF_CALL`).
  private static final int CALL = 0x85;

  private Addends() {}

  /// Whether the constants of a file are sums.
  static boolean areSums(ElfFile file) {
    boolean signed =
        file.section(COMMENT)
            .filter(s -> new String(s.copy(), StandardCharsets.US_ASCII).contains(GCC))
            .isPresent();
    if (!signed) {
      return false;
    }
    boolean told = false;
    for (Section section : file.sections()) {
      if (section.type() == ElfFile.SHT_REL && isCode(file, section.info())) {
        ByteBuffer code = file.sections().get(section.info()).bytes();
        ByteBuffer relocations = section.bytes();
        int end = relocations.capacity() - ElfFile.RELOCATION_BYTES;
        for (int at = 0; at <= end; at += ElfFile.RELOCATION_BYTES) {
          long value = value(file.symbols(), relocations.getLong(at + Long.BYTES) >>> 32);
          long offset = relocations.getLong(at);
          if (value > 0 && offset >= 0 && offset <= code.capacity() - InsnCodec.SLOT_BYTES) {
            if (constant(code, (int) offset) < value) {
              return false;
            }
            told = true;
          }
        }
      }
    }
    return told;
  }

  private static boolean isCode(ElfFile file, int section) {
    return section > 0 && section < file.sections().size() && file.sections().get(section).isCode();
  }

  /// The value of a symbol that is defined and has a name, else 0.
  private static long value(List<Symbol> symbols, long number) {
    if (number < 1 || number > symbols.size()) {
      return 0;
    }
    Symbol symbol = symbols.get((int) number - 1);
    return symbol.section() == 0 || symbol.name().isEmpty() ? 0 : symbol.value();
  }

  private static long constant(ByteBuffer code, int offset) {
    boolean call = Byte.toUnsignedInt(code.get(offset)) == CALL;
    return code.getInt(offset + Integer.BYTES) + (call ? 1L : 0);
  }
}
