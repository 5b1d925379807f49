package org.bpf4j.object;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpf4j.isa.InsnIndex;
import org.bpf4j.isa.MalformedObjectException;
import org.bpf4j.object.LineOrigin.Frame;

/// The `.bpf4j.origins` section: [LineOrigin]s as lines of text.
///
/// First the files (`file Firewall.java`), which frames then name by number. `function filter`
/// starts a function; below it a line is a position and its frames, innermost first: `12 0:30:5
/// 1:12:3`.
final class OriginText {

  static final String SECTION = ".bpf4j.origins";

  private static final String FILE = "file ";
  private static final String FUNCTION = "function ";

  private OriginText() {}

  static ElfFile.Section write(List<LineOrigin> origins) {
    Map<String, Integer> files = new LinkedHashMap<>();
    StringBuilder body = new StringBuilder();
    String function = "";
    for (LineOrigin origin : origins) {
      if (!origin.function().equals(function)) {
        function = origin.function();
        body.append(FUNCTION).append(oneLine(function)).append('\n');
      }
      body.append(origin.at().value());
      for (Frame frame : origin.frames()) {
        int file = files.computeIfAbsent(oneLine(frame.file()), _ -> files.size());
        body.append(' ').append(file).append(':').append(frame.line());
        body.append(':').append(frame.column());
      }
      body.append('\n');
    }
    StringBuilder head = new StringBuilder();
    files.keySet().forEach(file -> head.append(FILE).append(file).append('\n'));
    return OwnSection.write(SECTION, head.toString() + body);
  }

  private static String oneLine(String text) {
    if (text.isEmpty() || text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
      throw new IllegalArgumentException("an origin's name must be one line: \"" + text + "\"");
    }
    return text;
  }

  static List<LineOrigin> parse(ElfFile.Section section) {
    List<String> files = new ArrayList<>();
    List<LineOrigin> origins = new ArrayList<>();
    String function = "";
    for (String line : OwnSection.lines(section)) {
      if (line.startsWith(FILE)) {
        files.add(line.substring(FILE.length()));
      } else if (line.startsWith(FUNCTION)) {
        function = line.substring(FUNCTION.length());
      } else {
        try {
          origins.add(origin(function, line.split(" ", -1), files));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
          throw new MalformedObjectException("the origins have the line \"" + line + "\"", e);
        }
      }
    }
    return origins;
  }

  private static LineOrigin origin(String function, String[] words, List<String> files) {
    List<Frame> frames = new ArrayList<>();
    for (int i = 1; i < words.length; i++) {
      String[] place = words[i].split(":", -1);
      String file = files.get(Integer.parseInt(place[0]));
      frames.add(new Frame(file, Integer.parseInt(place[1]), Integer.parseInt(place[2])));
    }
    return new LineOrigin(function, new InsnIndex(Integer.parseInt(words[0])), frames);
  }
}
