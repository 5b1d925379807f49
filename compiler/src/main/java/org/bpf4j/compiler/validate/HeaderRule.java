package org.bpf4j.compiler.validate;

import java.util.ArrayList;
import java.util.List;
import org.bpf4j.compiler.ast.Declaration;
import org.bpf4j.compiler.ast.Declaration.Accessor;
import org.bpf4j.compiler.ast.Declaration.ViewDecl;
import org.bpf4j.compiler.ast.Declaration.ViewKind;
import org.bpf4j.compiler.ast.Layouts;
import org.bpf4j.compiler.ast.Program;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;

/// No field of a header lies behind the bytes that it states: its bounds are checked once, for
/// these.
final class HeaderRule implements Rule {

  @Override
  public List<Diagnostic> check(Program program) {
    Layouts layouts = new Layouts(program.declarations());
    List<Diagnostic> found = new ArrayList<>();
    for (Declaration declaration : program.declarations().values()) {
      if (declaration instanceof ViewDecl view && view.kind() == ViewKind.HEADER) {
        Layouts.ViewLayout layout = layouts.view(view.name());
        for (Accessor accessor : view.accessors()) {
          int end =
              layout.offset(accessor.name())
                  + layouts.size(accessor.type(), accessor.storage(), accessor.length());
          if (end > view.bytes()) {
            found.add(breach(view, accessor, end));
          }
        }
      }
    }
    return found;
  }

  private static Diagnostic breach(ViewDecl view, Accessor accessor, int end) {
    return Diagnostic.error(
        Code.BPF1013,
        accessor.span(),
        "`" + accessor.name() + "` ends at byte " + end + ", but the header has " + view.bytes(),
        "@Header(bytes = " + end + ")");
  }
}
