package org.bpf4j.object;

import java.util.ArrayList;
import java.util.List;
import org.bpf4j.isa.MalformedObjectException;
import org.bpf4j.object.ObjectNote.ProgramFloor;
import org.bpf4j.object.ObjectNote.SidecarHash;

/// The `.bpf4j` section: an [ObjectNote] as lines of a word and its value.
///
/// Text, so that `readelf -p .bpf4j` shows it.
final class NoteText {

  static final String SECTION = ".bpf4j";

  private NoteText() {}

  static ElfFile.Section write(ObjectNote note) {
    StringBuilder text = new StringBuilder();
    line(text, "format", Integer.toString(note.format()));
    line(text, "class", note.className());
    line(text, "compiler", note.compilerVersion());
    note.floors().forEach(f -> line(text, "floor", f.kernel() + " " + f.program()));
    note.sidecars().forEach(s -> line(text, "sidecar", s.sha256() + " " + s.className()));
    return OwnSection.write(SECTION, text.toString());
  }

  private static void line(StringBuilder text, String word, String value) {
    if (value.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("a note's value cannot have a line break: " + value);
    }
    text.append(word).append(' ').append(value).append('\n');
  }

  static ObjectNote parse(ElfFile.Section section) {
    int format = -1;
    String className = "";
    String compiler = "";
    List<ProgramFloor> floors = new ArrayList<>();
    List<SidecarHash> sidecars = new ArrayList<>();
    for (String line : OwnSection.lines(section)) {
      try {
        String[] words = line.split(" ", 2);
        String value = words.length > 1 ? words[1] : "";
        switch (words[0]) {
          case "format" -> format = Integer.parseInt(value);
          case "class" -> className = value;
          case "compiler" -> compiler = value;
          case "floor" -> {
            String[] pair = pair(value);
            floors.add(new ProgramFloor(pair[1], KernelVersion.parse(pair[0])));
          }
          case "sidecar" -> {
            String[] pair = pair(value);
            sidecars.add(new SidecarHash(pair[1], pair[0]));
          }
          default -> throw new IllegalArgumentException("unknown word " + words[0]);
        }
      } catch (IllegalArgumentException e) {
        throw new MalformedObjectException("the note has the line \"" + line + "\"", e);
      }
    }
    if (format < 0) {
      throw new MalformedObjectException("the note says no format");
    }
    return new ObjectNote(format, className, compiler, floors, sidecars);
  }

  private static String[] pair(String value) {
    String[] pair = value.split(" ", 2);
    if (pair.length != 2) {
      throw new IllegalArgumentException("two values expected");
    }
    return pair;
  }
}
