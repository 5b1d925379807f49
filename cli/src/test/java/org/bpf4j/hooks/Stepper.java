package org.bpf4j.hooks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;

/// A program for x86-64 that passes the static probe `app:step` at two instructions, with its
/// arguments in other places at each, and ends with the value of the probe's semaphore.
final class Stepper {

  /// Where the file's first page is loaded, which has the code, and its second, which has the
  /// semaphore.
  private static final long TEXT = 0x400000;

  private static final long DATA = 0x601000;
  private static final int PAGE = 4096;
  private static final int CODE = 0x200;
  private static final int FIRST = CODE + 20;
  private static final int SECOND = FIRST + 1 + 25;
  private static final int NOTES = 0x400;
  private static final int NAMES = 0x600;
  private static final int SECTIONS = 0x700;

  /// The semaphore is `[DATA]`; `rbx` is the stack's top, `rcx` is 1.
  private static final String INSTRUCTIONS =
      "48c7c788130000" // mov rdi, 5000
          + "be fdffffff" // mov esi, -3
          + "0f1f840000000000" // nop of 8 bytes
          + "90" // first
          + "6afb" // push -5
          + "6834120000" // push 0x1234
          + "4889e3" // mov rbx, rsp
          + "b901000000" // mov ecx, 1
          + "0f1f840000000000" // nop of 8 bytes
          + "6690" // nop of 2 bytes
          + "90" // second
          + "0fb73c2500106000" // movzx edi, word [0x601000]
          + "b83c000000" // mov eax, exit
          + "0f05"; // syscall

  private Stepper() {}

  /// Writes the program.
  ///
  /// @param first where the arguments are at the first instruction
  /// @param second where they are at the second
  static Path write(Path folder, String first, String second) throws IOException {
    ByteBuffer file = ByteBuffer.allocate(2 * PAGE).order(ByteOrder.LITTLE_ENDIAN);
    file.put(0, new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
    file.putShort(16, (short) 2).putShort(18, (short) 62).putInt(20, 1);
    file.putLong(24, TEXT + CODE).putLong(32, 64).putLong(40, SECTIONS);
    file.putShort(52, (short) 64).putShort(54, (short) 56).putShort(56, (short) 2);
    file.putShort(58, (short) 64).putShort(60, (short) 4).putShort(62, (short) 3);
    segment(file, 64, 5, 0, TEXT);
    segment(file, 64 + 56, 6, PAGE, DATA);
    file.put(CODE, HexFormat.of().parseHex(INSTRUCTIONS.replace(" ", "")));
    byte[] notes = notes(first, second);
    file.put(NOTES, notes);
    byte[] names = "\0.note.stapsdt\0.stapsdt.base\0.shstrtab\0".getBytes(StandardCharsets.UTF_8);
    file.put(NAMES, names);
    section(file, 1, 1, 7, 0, NOTES, notes.length);
    section(file, 2, 15, 1, TEXT + CODE, CODE, 1);
    section(file, 3, 29, 3, 0, NAMES, names.length);
    Path program = folder.resolve("stepper");
    Files.write(program, file.array());
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return program;
  }

  private static void segment(ByteBuffer file, int at, int flags, int offset, long address) {
    file.putInt(at, 1).putInt(at + 4, flags).putLong(at + 8, offset);
    file.putLong(at + 16, address).putLong(at + 24, address);
    file.putLong(at + 32, PAGE).putLong(at + 40, PAGE).putLong(at + 48, PAGE);
  }

  private static void section(
      ByteBuffer file, int index, int name, int type, long address, int offset, int bytes) {
    int at = SECTIONS + index * 64;
    file.putInt(at, name).putInt(at + 4, type).putLong(at + 16, address);
    file.putLong(at + 24, offset).putLong(at + 32, bytes);
  }

  /// The addresses in the notes are 0x1000 too small, which the section `.stapsdt.base` tells.
  private static byte[] notes(String first, String second) {
    ByteBuffer notes = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
    note(notes, FIRST, first);
    note(notes, SECOND, second);
    byte[] bytes = new byte[notes.position()];
    notes.get(0, bytes);
    return bytes;
  }

  private static void note(ByteBuffer notes, int at, String arguments) {
    byte[] texts = ("app\0step\0" + arguments + "\0").getBytes(StandardCharsets.UTF_8);
    notes.putInt(8).putInt(24 + texts.length).putInt(3);
    notes.put("stapsdt\0".getBytes(StandardCharsets.UTF_8));
    notes.putLong(TEXT + at - PAGE).putLong(TEXT + CODE - PAGE).putLong(DATA - PAGE).put(texts);
    notes.position((notes.position() + 3) & ~3);
  }
}
