package org.bpf4j.compiler.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Program;
import org.bpf4j.compiler.ast.Stmt;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Type.Special;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.ast.Unit.FunctionRef;
import org.bpf4j.compiler.ast.Unit.Global;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.translate.Ast;
import org.bpf4j.object.ObjectNote.SidecarHash;
import org.bpf4j.object.ProgramKind;
import org.junit.jupiter.api.Test;

class LinkerTest {
  private static final FunctionRef HELPER = new FunctionRef("demo.Other", "helper", "()I");

  private static Unit caller() {
    Ast ast = new Ast();
    Expr call = new Expr.Call(HELPER, List.of(), Primitive.INT, Ast.at(4));
    ast.program(ProgramKind.XDP, "main", Special.VOID, List.of(), Ast.run(call));
    return ast.unit();
  }

  /// A class with a function that reads one of its two globals, and calls a second function.
  private static Unit other() {
    Ast ast = new Ast();
    FunctionRef deeper = new FunctionRef("demo.Other", "deeper", "()I");
    List<Global> globals = List.of(global(ast, "used"), global(ast, "unused"));
    Stmt body =
        Ast.ret(
            Ast.op(
                Expr.BinaryOp.ADD,
                new Expr.GlobalPlace("demo.Other", "used", Primitive.INT, Ast.at(2)),
                new Expr.Call(deeper, List.of(), Primitive.INT, Ast.at(3))));
    return new Unit(
        "demo.Other",
        new Unit.SourceText("demo/Other.java", List.of("class Other {}")),
        Optional.empty(),
        List.of(),
        List.of(),
        globals,
        List.of(function(HELPER, body), function(deeper, Ast.ret(Ast.lit(1)))));
  }

  private static Global global(Ast ast, String name) {
    ast.global(name, Primitive.INT, Unit.GlobalKind.VARIABLE);
    Global global = ast.unit().globals().getLast();
    return new Global(
        "demo.Other",
        name,
        global.type(),
        global.storage(),
        0,
        global.kind(),
        List.of(),
        global.span());
  }

  private static Unit.Function function(FunctionRef ref, Stmt body) {
    return new Unit.Function(
        ref, new Unit.Role.Callee(false), Primitive.INT, List.of(), Ast.block(body), Ast.at(1));
  }

  @Test
  void followsCallsIntoOtherUnits() {
    Map<String, Unit> units = Map.of("demo.Other", other());
    Linker.Result result = Linker.link(caller(), name -> Optional.ofNullable(units.get(name)));
    assertThat(result.diagnostics()).isEmpty();
    Program program = result.program().orElseThrow();
    assertThat(program.functions())
        .extracting(function -> function.ref().name())
        .containsExactly("main", "deeper", "helper");
    assertThat(program.globals()).extracting(Global::name).containsExactly("used");
    assertThat(program.sources()).containsKeys("demo/Demo.java", "demo/Other.java");
    assertThat(program.sidecars()).extracting(SidecarHash::className).containsExactly("demo.Other");
  }

  @Test
  void saysWhereWhatIsMissingIsCalled() {
    Linker.Result result = Linker.link(caller(), _ -> Optional.empty());
    assertThat(result.program()).isEmpty();
    assertThat(result.diagnostics()).extracting(Diagnostic::code).containsExactly(Code.BPF3004);
    assertThat(result.diagnostics().getFirst().span()).isEqualTo(Ast.at(4));
    assertThat(result.diagnostics().getFirst().message()).contains("demo.Other.helper");
  }

  @Test
  void damagedSidecarIsNamed() {
    Linker.Result result =
        Linker.link(
            caller(),
            _ -> {
              throw new IllegalArgumentException("cut off");
            });
    assertThat(result.program()).isEmpty();
    assertThat(result.diagnostics())
        .allMatch(diagnostic -> diagnostic.code() == Code.BPF3004)
        .anyMatch(diagnostic -> diagnostic.message().contains("cut off"));
  }
}
