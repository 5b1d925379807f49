package org.bpf4j.vm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.bpf4j.isa.Assembler;
import org.bpf4j.isa.Insn;
import org.bpf4j.isa.InsnCodec;

/// A case of the public conformance suite: a program as text, as words, or as both, the memory that
/// `r1` points to, and the expected `r0`.
record ConformanceCase(String name, List<List<Insn>> forms, byte[] memory, long result) {

  static ConformanceCase read(Path file) throws IOException {
    Map<String, String> sections = new HashMap<>();
    String current = "";
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("-- ")) {
        current = line.substring(3).strip();
      } else {
        sections.merge(current, line + "\n", String::concat);
      }
    }
    List<List<Insn>> forms = new ArrayList<>();
    if (sections.containsKey("asm")) {
      forms.add(Assembler.assemble(sections.getOrDefault("asm", "")));
    }
    if (sections.containsKey("raw")) {
      forms.add(decode(sections.getOrDefault("raw", "")));
    }
    String memory = sections.getOrDefault("mem", "");
    return new ConformanceCase(
        file.getFileName().toString(),
        forms,
        HexFormat.of().parseHex(strip(memory).replaceAll("\\s", "")),
        number(strip(sections.getOrDefault("result", "")).strip()));
  }

  private static List<Insn> decode(String words) {
    String[] lines = strip(words).strip().split("\\s+");
    ByteBuffer bytes = ByteBuffer.allocate(lines.length * 8).order(ByteOrder.LITTLE_ENDIAN);
    for (String line : lines) {
      bytes.putLong(number(line));
    }
    return InsnCodec.decode(bytes.array());
  }

  private static String strip(String text) {
    return text.replaceAll("#[^\n]*", "");
  }

  private static long number(String text) {
    return text.startsWith("0x")
        ? Long.parseUnsignedLong(text.substring(2), 16)
        : Long.parseLong(text);
  }
}
