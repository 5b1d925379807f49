package org.bpf4j.compiler;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.bpf4j.compiler.BpfCompiler.Dump;
import org.bpf4j.compiler.ast.Unit;

/// Records the text of each stage of one program, if somebody asked for it.
final class Trace {
  private final Optional<String> program;
  private final String simpleName;
  private final List<Dump> stages = new ArrayList<>();

  Trace(Unit unit, Optional<String> program) {
    this.program = program;
    String name = unit.name();
    this.simpleName = name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
  }

  /// Records a stage of a program.
  void record(String function, String stage, Supplier<String> text) {
    String full = simpleName + "." + function;
    if (program.isPresent() && program.get().equals(full)) {
      stages.add(new Dump("%s/%02d-%s".formatted(full, stages.size(), stage), text.get()));
    }
  }

  /// The recorded stages, and a page that shows them side by side.
  List<Dump> dumps() {
    if (stages.isEmpty()) {
      return List.of();
    }
    List<Dump> dumps = new ArrayList<>(stages);
    dumps.add(new Dump(simpleName + "." + function() + "/index.html", page()));
    return dumps;
  }

  private String function() {
    String full = program.orElseThrow();
    return full.substring(full.indexOf('.') + 1);
  }

  /// A column for each stage; clicking a value lights it up in all of them.
  private String page() {
    StringBuilder columns = new StringBuilder();
    for (Dump stage : stages) {
      String title = stage.path().substring(stage.path().lastIndexOf('/') + 1);
      columns
          .append("<section><h2>")
          .append(escaped(title))
          .append("</h2><pre>")
          .append(escaped(stage.text()).replaceAll("\\b(v\\d+|r\\d+)\\b", "<b>$1</b>"))
          .append("</pre></section>\n");
    }
    return """
        <!doctype html>
        <meta charset="utf-8">
        <title>%s</title>
        <style>
        main { display: flex; gap: 2em; align-items: flex-start; }
        h2 { font: bold 1em sans-serif; position: sticky; top: 0; background: white; }
        pre { font: 12px monospace; }
        b { font-weight: normal; cursor: pointer; }
        b.lit { background: gold; }
        </style>
        <main>
        %s</main>
        <script>
        document.onclick = event => {
          if (event.target.tagName !== 'B') return;
          const name = event.target.textContent;
          document.querySelectorAll('b').forEach(
              b => b.classList.toggle('lit', b.textContent === name));
        };
        </script>
        """
        .formatted(escaped(program.orElseThrow()), columns);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
