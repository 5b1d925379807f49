package org.bpf4j.compiler.validate;

import java.util.ArrayList;
import java.util.List;
import org.bpf4j.compiler.ast.Declaration.ViewDecl;
import org.bpf4j.compiler.ast.Declaration.ViewKind;
import org.bpf4j.compiler.ast.Extension;
import org.bpf4j.compiler.ast.Program;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;

/// The types of a global function's signature: the kernel verifies it without its callers, and
/// knows of its arguments what their types say.
final class GlobalRule implements Rule {

  @Override
  public List<Diagnostic> check(Program program) {
    List<Diagnostic> found = new ArrayList<>();
    for (Unit.Function function : program.functions()) {
      if (Extension.is(function)
          || function.role() instanceof Unit.Role.Callee(boolean global) && global) {
        check(function, program, found);
      }
    }
    return found;
  }

  private static void check(Unit.Function function, Program program, List<Diagnostic> found) {
    for (Unit.Local parameter : function.parameters()) {
      if (!isPassed(parameter.type(), program)) {
        found.add(
            Diagnostic.error(
                Code.BPF1008,
                function.span(),
                "parameter `"
                    + parameter.name()
                    + "` of a global function is neither a number, a struct nor the context",
                "leave out `global = true`: other functions are inlined and take anything"));
      }
    }
    if (!isNumber(function.result()) && function.result() != Type.Special.VOID) {
      found.add(
          Diagnostic.error(
              Code.BPF1008,
              function.span(),
              "a global function gives a number or nothing",
              "let it fill a struct that the caller passes"));
    }
  }

  private static boolean isPassed(Type type, Program program) {
    return isNumber(type)
        || type instanceof Type.StructType
        || (type instanceof Type.ViewType view
            && program.declarations().get(view.name()) instanceof ViewDecl declaration
            && declaration.kind() == ViewKind.CONTEXT);
  }

  private static boolean isNumber(Type type) {
    return type instanceof Type.Primitive || type instanceof Type.EnumType;
  }
}
