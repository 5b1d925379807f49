package org.bpf4j.compiler.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpf4j.compiler.translate.Ast.at;
import static org.bpf4j.compiler.translate.Ast.block;
import static org.bpf4j.compiler.translate.Ast.call;
import static org.bpf4j.compiler.translate.Ast.declare;
import static org.bpf4j.compiler.translate.Ast.element;
import static org.bpf4j.compiler.translate.Ast.get;
import static org.bpf4j.compiler.translate.Ast.lit;
import static org.bpf4j.compiler.translate.Ast.next;
import static org.bpf4j.compiler.translate.Ast.ret;
import static org.bpf4j.compiler.translate.Ast.run;
import static org.bpf4j.compiler.translate.Ast.set;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.bpf4j.compiler.ast.Declaration;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Library;
import org.bpf4j.compiler.ast.MapForm;
import org.bpf4j.compiler.ast.Program;
import org.bpf4j.compiler.ast.Stmt;
import org.bpf4j.compiler.ast.Storage;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.ast.Unit.GlobalKind;
import org.bpf4j.compiler.ast.Unit.Local;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.diagnostic.Diagnostic.Severity;
import org.bpf4j.compiler.translate.Ast;
import org.bpf4j.object.Helper;
import org.bpf4j.object.ProgramKind;
import org.junit.jupiter.api.Test;

class ValidatorTest {
  private static final String STATS = "demo.Demo$Stats";
  private static final Type.StructType STATS_TYPE = new Type.StructType(STATS);

  private final Ast ast = new Ast();

  private List<Code> codes() {
    return codes(ast.link());
  }

  private static List<Code> codes(Program program) {
    return Validator.validate(program).stream().map(Diagnostic::code).toList();
  }

  private static Program withLicense(Program program, String license) {
    Unit unit = program.unit();
    return new Program(
        new Unit(
            unit.name(),
            unit.source(),
            Optional.of(new Unit.Options(license, Optional.empty(), Optional.empty(), at(1))),
            unit.declarations(),
            unit.maps(),
            unit.globals(),
            unit.functions()),
        program.declarations(),
        program.maps(),
        program.globals(),
        program.functions(),
        program.sources(),
        program.sidecars());
  }

  private static Expr library(Library method, Type type, Expr... arguments) {
    return new Expr.LibraryCall(method, Optional.empty(), List.of(arguments), type, at(7));
  }

  private static Expr helper(Helper helper, Expr... arguments) {
    return new Expr.KernelCall(helper, List.of(arguments), Primitive.LONG, at(7));
  }

  private void program(ProgramKind kind, Expr... body) {
    ast.program(
        kind,
        "on",
        Primitive.INT,
        List.of(),
        block(List.of(body).stream().map(Ast::run).toArray(Stmt[]::new)),
        ret(lit(0)));
  }

  @Test
  void whatIsRightHasNoDiagnostics() {
    program(ProgramKind.XDP, helper(Helper.KTIME_GET_NS));
    assertThat(codes()).isEmpty();
  }

  @Test
  void recursionIsFoundThroughOthers() {
    Unit.FunctionRef later = new Unit.FunctionRef(Ast.OWNER, "b", "(0)");
    Expr callsLater = new Expr.Call(later, List.of(), Primitive.INT, at(3));
    Unit.Function a = ast.function("a", Primitive.INT, List.of(), ret(callsLater));
    ast.function("b", Primitive.INT, List.of(), ret(call(a)));
    program(ProgramKind.XDP, call(a));
    List<Diagnostic> found = Validator.validate(ast.link());
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().code()).isEqualTo(Code.BPF2001);
    assertThat(found.getFirst().message()).contains("a → b → a");
  }

  @Test
  void helpersBelongToKinds() {
    program(ProgramKind.KPROBE, helper(Helper.REDIRECT, lit(1), lit(0)));
    assertThat(codes()).containsExactly(Code.BPF2002);
  }

  @Test
  void helpersOfCalleesCount() {
    Unit.Function callee =
        ast.function(
            "callee", Primitive.LONG, List.of(), ret(helper(Helper.REDIRECT, lit(1), lit(0))));
    program(ProgramKind.KPROBE, call(callee));
    assertThat(codes()).containsExactly(Code.BPF2002);
  }

  @Test
  void helpersNewerThanMinKernel() {
    ast.minKernel("5.10");
    program(ProgramKind.XDP, helper(Helper.KTIME_GET_TAI_NS));
    List<Diagnostic> found = Validator.validate(ast.link());
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().code()).isEqualTo(Code.BPF2003);
    assertThat(found.getFirst().help()).contains("6.1");
  }

  @Test
  void gplHelpersNeedTheLicence() {
    program(
        ProgramKind.KPROBE,
        library(Library.PRINTK, Type.Special.VOID, new Expr.Text("%d", at(1)), lit(1)));
    assertThat(codes()).isEmpty();
    assertThat(codes(withLicense(ast.link(), "MIT"))).containsExactly(Code.BPF2011);
  }

  @Test
  void licencesAreStatedAsTheKernelKnowsThem() {
    program(ProgramKind.XDP);
    assertThat(codes(withLicense(ast.link(), " "))).containsExactly(Code.BPF2012);
    assertThat(codes(withLicense(ast.link(), "x".repeat(128)))).containsExactly(Code.BPF2012);
    assertThat(codes(withLicense(ast.link(), "Proprietary"))).isEmpty();
    List<Diagnostic> found = Validator.validate(withLicense(ast.link(), "GPLv2"));
    assertThat(found).extracting(Diagnostic::severity).containsExactly(Severity.WARNING);
  }

  @Test
  void configurationIsNotStoredTo() {
    Expr.Place limit = ast.global("limit", Primitive.INT, GlobalKind.CONFIG, 1L);
    Expr.Place table =
        ast.global("table", new Type.ArrayType(Primitive.INT), GlobalKind.CONSTANT, 1L, 2L);
    Expr.Place seen = ast.global("seen", Primitive.LONG, GlobalKind.VARIABLE);
    program(ProgramKind.XDP, set(limit, lit(2)), set(element(table, lit(0)), lit(5)), next(seen));
    assertThat(codes()).containsExactly(Code.BPF2010, Code.BPF2010);
  }

  @Test
  void formatsFitTheirArguments() {
    program(
        ProgramKind.KPROBE,
        library(Library.PRINTK, Type.Special.VOID, new Expr.Text("%d %d", at(1)), lit(1)),
        library(Library.PRINTK, Type.Special.VOID, new Expr.Text("%f", at(2)), lit(1)),
        library(Library.PRINTK, Type.Special.VOID, new Expr.Text("%s", at(3)), lit(1)),
        library(Library.PRINTK, Type.Special.VOID, new Expr.Text("100%% %x", at(4)), lit(1)));
    assertThat(Validator.validate(ast.link()))
        .hasSizeBetween(1, 3)
        .extracting(Diagnostic::code)
        .containsOnly(Code.BPF1019);
  }

  @Test
  void scratchIsNotForProgramsThatSleep() {
    ast.declare(stats());
    Expr scratch =
        ast.map("scratch", new Type.MapType(MapForm.PER_CPU, Type.Special.VOID, STATS_TYPE));
    Expr get =
        new Expr.LibraryCall(
            Library.SCRATCH_GET, Optional.of(scratch), List.of(), STATS_TYPE, at(5));
    program(ProgramKind.SYSCALL, get);
    assertThat(codes()).containsExactly(Code.BPF2014);
  }

  private static Declaration stats() {
    return new Declaration.StructDecl(
        STATS, at(1), List.of(Ast.member("packets", Primitive.LONG, 0)));
  }

  private List<Diagnostic> increment(MapForm form) {
    ast.declare(stats());
    Expr map = ast.map("stats", new Type.MapType(form, Primitive.INT, STATS_TYPE));
    Expr get =
        new Expr.LibraryCall(Library.MAP_GET, Optional.of(map), List.of(lit(1)), STATS_TYPE, at(5));
    Local local = ast.local("s", STATS_TYPE);
    Expr.Place packets = new Expr.FieldPlace(get(local), STATS, "packets", Primitive.LONG, at(6));
    ast.program(
        ProgramKind.XDP,
        "on",
        Primitive.INT,
        List.of(),
        declare(local, get),
        run(next(packets)),
        ret(lit(0)));
    return Validator.validate(ast.link());
  }

  @Test
  void sharedCountersAreWarnedOf() {
    List<Diagnostic> found = increment(MapForm.HASH);
    assertThat(found).extracting(Diagnostic::code).containsExactly(Code.BPF2016);
    assertThat(found).extracting(Diagnostic::severity).containsExactly(Severity.WARNING);
  }

  @Test
  void countersOfEachCpuAreNot() {
    assertThat(increment(MapForm.LRU_PERCPU_HASH)).isEmpty();
  }

  @Test
  void globalFunctionsTakeFiveArguments() {
    Unit.Function six =
        new Unit.Function(
            new Unit.FunctionRef(Ast.OWNER, "six", "(6)"),
            new Unit.Role.Callee(true),
            Primitive.INT,
            List.of(
                ast.local("a", Primitive.INT),
                ast.local("b", Primitive.INT),
                ast.local("c", Primitive.INT),
                ast.local("d", Primitive.INT),
                ast.local("e", Primitive.INT),
                ast.local("f", Primitive.INT)),
            block(ret(lit(0))),
            at(2));
    program(ProgramKind.XDP);
    Program linked = ast.link();
    Program program =
        new Program(
            linked.unit(),
            linked.declarations(),
            linked.maps(),
            linked.globals(),
            List.of(linked.functions().getFirst(), six),
            linked.sources(),
            linked.sidecars());
    assertThat(codes(program)).containsExactly(Code.BPF3002);
  }

  @Test
  void contextsAreMostlyReadOnly() {
    String view = "org.bpf4j.lang.TcContext";
    ast.declare(
        new Declaration.ViewDecl(
            view,
            at(1),
            Declaration.ViewKind.CONTEXT,
            0,
            "__sk_buff",
            List.of(accessor("mark", 8), accessor("ifindex", 40))));
    Local context = ast.local("ctx", new Type.ViewType(view));
    ast.program(
        ProgramKind.TC,
        "on",
        Primitive.INT,
        List.of(context),
        run(new Expr.ViewWrite(get(context), view, "mark", lit(1), at(4))),
        run(new Expr.ViewWrite(get(context), view, "ifindex", lit(1), at(5))),
        ret(lit(0)));
    List<Diagnostic> found = Validator.validate(ast.link());
    assertThat(found).extracting(Diagnostic::code).containsExactly(Code.BPF2015);
    assertThat(found.getFirst().span()).isEqualTo(at(5));
  }

  private static Declaration.Accessor accessor(String name, int offset) {
    return new Declaration.Accessor(
        name,
        Primitive.INT,
        Storage.U32,
        OptionalInt.of(offset),
        0,
        true,
        Declaration.Shape.SCALAR,
        List.of(name),
        at(1));
  }
}
