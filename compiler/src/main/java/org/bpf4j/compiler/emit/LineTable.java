package org.bpf4j.compiler.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.bpf4j.compiler.ast.Unit.SourceText;
import org.bpf4j.compiler.diagnostic.Span;
import org.bpf4j.compiler.ssa.Origin;
import org.bpf4j.isa.Insn;
import org.bpf4j.isa.InsnIndex;
import org.bpf4j.object.LineOrigin;
import org.bpf4j.object.LineRecord;

/// Which source line each instruction of a function comes from.
///
/// The first instruction always has one, as the kernel demands; an instruction without a place in
/// the source belongs to what stands before it.
final class LineTable {

  /// `bpf_line_info.line_col` keeps 10 bits for the column.
  private static final int MAX_COLUMN = 1023;

  private final SortedMap<String, SourceText> sources;

  LineTable(SortedMap<String, SourceText> sources) {
    this.sources = sources;
  }

  /// The kernel's line information.
  List<LineRecord> lines(List<Insn> insns, List<Origin> origins, Span function) {
    List<LineRecord> lines = new ArrayList<>();
    Optional<LineRecord> last = Optional.empty();
    int slot = 0;
    for (int i = 0; i < insns.size(); i++) {
      Span span = origins.get(i).span();
      if (isNowhere(span) && i == 0) {
        span = function;
      }
      if (!isNowhere(span)) {
        LineRecord line = line(slot, span);
        if (last.isEmpty() || !isSamePlace(last.get(), line)) {
          lines.add(line);
          last = Optional.of(line);
        }
      }
      slot += insns.get(i).slots();
    }
    return lines;
  }

  private static boolean isNowhere(Span span) {
    return span.file().isEmpty();
  }

  private LineRecord line(int slot, Span span) {
    SourceText source = sources.get(span.file());
    String text = source == null ? "" : source.line(span.line());
    int column = Math.min(span.column(), MAX_COLUMN);
    return new LineRecord(new InsnIndex(slot), span.file(), text, span.line(), column);
  }

  private static boolean isSamePlace(LineRecord a, LineRecord b) {
    return a.file().equals(b.file()) && a.line() == b.line() && a.column() == b.column();
  }

  /// The places with the calls that they were inlined through.
  List<LineOrigin> origins(String function, List<Insn> insns, List<Origin> origins) {
    List<LineOrigin> runs = new ArrayList<>();
    Optional<Origin> last = Optional.empty();
    int slot = 0;
    for (int i = 0; i < insns.size(); i++) {
      Origin origin = origins.get(i);
      if (!isNowhere(origin.span()) && !last.equals(Optional.of(origin))) {
        runs.add(new LineOrigin(function, new InsnIndex(slot), frames(origin)));
        last = Optional.of(origin);
      }
      slot += insns.get(i).slots();
    }
    return runs;
  }

  private static List<LineOrigin.Frame> frames(Origin origin) {
    List<LineOrigin.Frame> frames = new ArrayList<>();
    Optional<Origin> at = Optional.of(origin);
    while (at.isPresent()) {
      Span span = at.get().span();
      frames.add(new LineOrigin.Frame(span.file(), span.line(), span.column()));
      at = at.get().inlinedAt();
    }
    return frames;
  }
}
