package org.bpf4j.cli;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.bpf4j.isa.Assembler;
import org.bpf4j.isa.Insn;
import org.bpf4j.isa.InsnCodec;

/// A program in a text file: mnemonics alone, or a case of a conformance suite.
///
/// A case has parts that begin with lines such as `-- asm` (mnemonics), `-- raw` (a number for each
/// slot) and `-- mem` (memory in hex); what others say is left aside.
///
/// @param insns the program
/// @param memory what `r1` points to; may be empty
record ProgramText(List<Insn> insns, byte[] memory) {

  private static final String PART = "-- ";
  private static final String ASM = "asm";

  /// Reads a file.
  static ProgramText read(Path file) throws CommandFailedException {
    String text = new String(Inputs.bytes(file), StandardCharsets.UTF_8);
    try {
      Map<String, String> parts = parts(text);
      byte[] memory = HexFormat.of().parseHex(strip(parts, "mem").replaceAll("\\s", ""));
      return new ProgramText(program(parts), memory);
    } catch (IllegalArgumentException e) {
      throw CommandFailedException.of(file, e);
    }
  }

  private static Map<String, String> parts(String text) {
    Map<String, String> parts = new HashMap<>();
    String part = ASM;
    for (String line : text.lines().toList()) {
      if (line.startsWith(PART)) {
        part = line.substring(PART.length()).strip();
      } else {
        parts.merge(part, line + "\n", String::concat);
      }
    }
    return parts;
  }

  private static List<Insn> program(Map<String, String> parts) {
    if (!strip(parts, ASM).isBlank() || !parts.containsKey("raw")) {
      return Assembler.assemble(parts.getOrDefault(ASM, ""));
    }
    String[] words = strip(parts, "raw").strip().split("\\s+");
    ByteBuffer slots =
        ByteBuffer.allocate(words.length * InsnCodec.SLOT_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (String word : words) {
      slots.putLong(
          word.startsWith("0x")
              ? Long.parseUnsignedLong(word.substring(2), 16)
              : Long.parseLong(word));
    }
    return InsnCodec.decode(slots.array());
  }

  private static String strip(Map<String, String> parts, String part) {
    return parts.getOrDefault(part, "").replaceAll("#[^\n]*", "");
  }
}
