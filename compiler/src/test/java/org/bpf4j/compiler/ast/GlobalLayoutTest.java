package org.bpf4j.compiler.ast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bpf4j.compiler.ast.GlobalLayout.Placement;
import org.bpf4j.compiler.ast.GlobalLayout.Section;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Type.Special;
import org.bpf4j.compiler.ast.Unit.GlobalKind;
import org.bpf4j.compiler.translate.Ast;
import org.bpf4j.object.ProgramKind;
import org.junit.jupiter.api.Test;

class GlobalLayoutTest {
  private final Ast ast = new Ast();

  private GlobalLayout layout(Stmt... body) {
    ast.program(ProgramKind.XDP, "main", Special.VOID, List.of(), body);
    return new GlobalLayout(ast.link());
  }

  private static Stmt print(String format, Expr... arguments) {
    java.util.ArrayList<Expr> all = new java.util.ArrayList<>(List.of(arguments));
    all.addFirst(new Expr.Text(format, Ast.at(1)));
    return Ast.run(
        new Expr.LibraryCall(Library.PRINTK, Optional.empty(), all, Special.VOID, Ast.at(1)));
  }

  @Test
  void sectionsFollowKindAndContents() {
    ast.global("limit", Primitive.INT, GlobalKind.CONFIG, 7L);
    ast.global("seen", Primitive.LONG, GlobalKind.VARIABLE);
    ast.global("start", Primitive.SHORT, GlobalKind.VARIABLE, -2L);
    ast.global("table", new Type.ArrayType(Primitive.INT), GlobalKind.CONSTANT, 1L, -1L, 3L);
    GlobalLayout layout = layout();
    assertThat(layout.global(Ast.OWNER, "limit")).isEqualTo(new Placement(".rodata", 0));
    assertThat(layout.global(Ast.OWNER, "table")).isEqualTo(new Placement(".rodata", 8));
    assertThat(layout.global(Ast.OWNER, "seen")).isEqualTo(new Placement(".bss", 0));
    assertThat(layout.global(Ast.OWNER, "start")).isEqualTo(new Placement(".data", 0));
    assertThat(layout.sections())
        .extracting(Section::name)
        .containsExactly(".bss", ".data", ".rodata");
    assertThat(layout.sections().getLast().bytes())
        .startsWith(7, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 255, 255, 255, 255, 3, 0, 0, 0);
    assertThat(layout.sections().get(1).bytes()).startsWith(254, 255, 0);
  }

  @Test
  void formatsAreKeptOnce() {
    GlobalLayout layout = layout(print("a %d", Ast.lit(1)), print("a %d", Ast.lit(2)), print("b"));
    assertThat(layout.text("a %d")).isEqualTo(new Placement(".rodata", 0));
    assertThat(layout.text("b")).isEqualTo(new Placement(".rodata", 5));
    assertThat(layout.sections().getFirst().bytes()).startsWith('a', ' ', '%', 'd', 0, 'b', 0);
  }

  @Test
  void ringsCountWhatIsLost() {
    ast.declare(
        new Declaration.StructDecl(
            "demo.Event", Ast.at(1), List.of(Ast.member("n", Primitive.INT, 0))));
    ast.map(
        "events", new Type.MapType(MapForm.RING, Special.VOID, new Type.StructType("demo.Event")));
    GlobalLayout layout = layout();
    assertThat(layout.lost(Ast.OWNER, "events")).isEqualTo(new Placement(".bss", 0));
    assertThat(layout.sections().getFirst().variables().getFirst().symbol())
        .isEqualTo("events_lost");
  }

  @Test
  void formatsAreRewrittenByType() {
    Expr.LibraryCall call =
        new Expr.LibraryCall(
            Library.PRINTK,
            Optional.empty(),
            List.of(
                new Expr.Text("%d %x 100%% %s%n", Ast.at(1)),
                Ast.lit(5L),
                Ast.lit(6),
                Ast.truth(true)),
            Special.VOID,
            Ast.at(1));
    PrintFormat format = PrintFormat.of(call);
    assertThat(format.problem()).isEmpty();
    assertThat(format.text()).isEqualTo("%lld %x 100%% %s\n");
    assertThat(format.texts()).containsExactly("%lld %x 100%% %s\n", "true", "false");
  }

  @Test
  void formatsThatDoNotFitSayWhy() {
    assertThat(problem("%d")).contains("no argument");
    assertThat(problem("no conversion", Ast.lit(1))).contains("0 conversions for 1");
    assertThat(problem("%f", Ast.lit(1))).contains("%f");
    assertThat(problem("%d", Ast.truth(true))).contains("%d");
    Expr[] many = Stream.generate(() -> Ast.lit(1)).limit(13).toArray(Expr[]::new);
    assertThat(problem("%d ".repeat(13), many)).contains("at most 12");
    assertThat(problem("ends in %")).isNotEmpty();
  }

  private static String problem(String format, Expr... arguments) {
    Stmt.Evaluate print = (Stmt.Evaluate) print(format, arguments);
    return PrintFormat.of((Expr.LibraryCall) print.expression()).problem().orElse("");
  }

  @Test
  void symbolsAreUniqueIdentifiers() {
    ast.global("register", Primitive.INT, GlobalKind.VARIABLE);
    ast.global("größe$1", Primitive.INT, GlobalKind.VARIABLE);
    ast.function("main", Special.VOID, List.of(ast.local("x", Primitive.INT)));
    ast.program(ProgramKind.XDP, "main", Special.VOID, List.of());
    Program program = ast.link();
    Symbols symbols = new Symbols(program);
    assertThat(symbols.global(Ast.OWNER, "register")).isEqualTo("register_");
    assertThat(symbols.global(Ast.OWNER, "größe$1")).isEqualTo("gr__e_1");
    // Programs keep their names.
    assertThat(program.functions())
        .extracting(function -> symbols.function(function.ref()))
        .containsExactly("main_2", "main");
  }
}
