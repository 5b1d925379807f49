package org.bpf4j.compiler.validate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bpf4j.compiler.ast.Program;
import org.bpf4j.compiler.ast.Unit.Global;
import org.bpf4j.compiler.ast.Unit.GlobalKind;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;

/// Fields for one option of the kernel's configuration agree on its type: an object has one
/// variable for each name.
final class KernelFieldRule implements Rule {

  @Override
  public List<Diagnostic> check(Program program) {
    Map<String, Global> first = new HashMap<>();
    List<Diagnostic> found = new ArrayList<>();
    for (Global global : program.globals()) {
      if (global.kind() == GlobalKind.KERNEL_CONFIG) {
        String name = global.symbol().orElseThrow().name();
        Global other = first.putIfAbsent(name, global);
        if (other != null && !isSame(global, other)) {
          found.add(
              Diagnostic.error(
                  Code.BPF1020,
                  global.span(),
                  "`%s` and `%s` are %s with different types"
                      .formatted(global.name(), other.name(), name),
                  "read both from one field"));
        }
      }
    }
    return found;
  }

  private static boolean isSame(Global one, Global other) {
    return one.type().equals(other.type())
        && one.storage() == other.storage()
        && one.length() == other.length()
        && one.symbol().equals(other.symbol());
  }
}
