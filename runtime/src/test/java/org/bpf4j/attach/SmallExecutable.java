package org.bpf4j.attach;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// A library of one function and one static probe: one page that is loaded, and sections.
final class SmallExecutable {

  private static final int LOADED = 0x1000;
  private static final String NAMES = "\0.text\0.symtab\0.strtab\0.note.stapsdt\0.shstrtab\0";

  private final ByteBuffer out = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
  private final ByteBuffer sections = ByteBuffer.allocate(6 * 64).order(ByteOrder.LITTLE_ENDIAN);

  private SmallExecutable() {}

  static byte[] bytes() {
    return new SmallExecutable().write();
  }

  private byte[] write() {
    sections.position(64);
    out.position(64 + 56);
    section(".text", 1, 0, new byte[64]);
    section(".symtab", 2, 3, symbols());
    section(".strtab", 3, 0, text("\0step\0walk@@V1\0"));
    section(".note.stapsdt", 7, 0, note());
    section(".shstrtab", 3, 0, text(NAMES));
    int headers = out.position();
    out.put(sections.array());
    int end = out.position();
    out.position(0);
    out.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}).position(16);
    out.putShort((short) 3).putShort((short) 62).putInt(1).putLong(0).putLong(64);
    out.putLong(headers).putInt(0).putShort((short) 64).putShort((short) 56);
    out.putShort((short) 1).putShort((short) 64).putShort((short) 6).putShort((short) 5);
    out.putInt(1).putInt(5).putLong(0).putLong(LOADED).putLong(LOADED).putLong(1024).putLong(1024);
    byte[] bytes = new byte[end];
    out.get(0, bytes);
    return bytes;
  }

  private void section(String name, int type, int link, byte[] bytes) {
    sections.putInt(NAMES.indexOf("\0" + name + "\0") + 1).putInt(type).putLong(2);
    sections.putLong(LOADED + out.position()).putLong(out.position()).putLong(bytes.length);
    sections.putInt(link).putInt(0).putLong(8).putLong(type == 2 ? 24 : 0);
    out.put(bytes);
  }

  private static byte[] symbols() {
    ByteBuffer symbols = ByteBuffer.allocate(3 * 24).order(ByteOrder.LITTLE_ENDIAN).position(24);
    symbols.putInt(1).put((byte) 0x12).put((byte) 0).putShort((short) 1);
    symbols.putLong(LOADED + 64 + 56).putLong(8);
    symbols.putInt(6).put((byte) 0x12).put((byte) 0).putShort((short) 1);
    symbols.putLong(LOADED + 64 + 56 + 8).putLong(8);
    return symbols.array();
  }

  private static byte[] note() {
    byte[] texts = text("app\0step\08@%rdi -4@%esi\0");
    ByteBuffer note = ByteBuffer.allocate(12 + 8 + 24 + 28).order(ByteOrder.LITTLE_ENDIAN);
    note.putInt(8).putInt(24 + texts.length).putInt(3).put(text("stapsdt\0"));
    note.putLong(LOADED + 64 + 56 + 16).putLong(0).putLong(0).put(texts);
    return note.array();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
