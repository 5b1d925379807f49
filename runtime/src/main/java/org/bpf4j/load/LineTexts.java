package org.bpf4j.load;

import java.util.IdentityHashMap;
import java.util.List;
import org.bpf4j.btf.BtfStrings;
import org.bpf4j.object.BpfFunction;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.CodeSection;
import org.bpf4j.object.LineRecord;

/// Where the texts of an object's source lines stand among the strings of its types: each is looked
/// up once, since there are as many as instructions.
final class LineTexts {

  private final BtfStrings strings = new BtfStrings();
  private final IdentityHashMap<List<LineRecord>, int[]> places = new IdentityHashMap<>();

  /// Those of all functions.
  LineTexts(BpfObject object) {
    for (CodeSection section : object.code()) {
      for (BpfFunction function : section.functions()) {
        places.computeIfAbsent(function.lines(), this::add);
      }
    }
  }

  private int[] add(List<LineRecord> lines) {
    int[] offsets = new int[2 * lines.size()];
    int next = 0;
    for (LineRecord line : lines) {
      offsets[next++] = strings.add(line.file());
      offsets[next++] = strings.add(line.text());
    }
    return offsets;
  }

  /// The strings, to which those of types are added.
  BtfStrings strings() {
    return strings;
  }

  /// For each line of a function of the object the place of its file's name, then that of its text.
  int[] of(BpfFunction function) {
    int[] found = places.get(function.lines());
    return found == null ? add(function.lines()) : found;
  }
}
