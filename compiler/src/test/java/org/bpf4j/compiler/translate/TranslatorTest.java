package org.bpf4j.compiler.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpf4j.compiler.translate.Ast.argument;
import static org.bpf4j.compiler.translate.Ast.call;
import static org.bpf4j.compiler.translate.Ast.declare;
import static org.bpf4j.compiler.translate.Ast.get;
import static org.bpf4j.compiler.translate.Ast.lit;
import static org.bpf4j.compiler.translate.Ast.op;
import static org.bpf4j.compiler.translate.Ast.ret;
import static org.bpf4j.compiler.translate.Ast.run;
import static org.bpf4j.compiler.translate.Ast.set;
import static org.bpf4j.compiler.translate.Ast.when;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.bpf4j.compiler.ast.Declaration.Accessor;
import org.bpf4j.compiler.ast.Declaration.Shape;
import org.bpf4j.compiler.ast.Declaration.ViewDecl;
import org.bpf4j.compiler.ast.Declaration.ViewKind;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Expr.BinaryOp;
import org.bpf4j.compiler.ast.Library;
import org.bpf4j.compiler.ast.MapForm;
import org.bpf4j.compiler.ast.Storage;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Type.Special;
import org.bpf4j.compiler.ast.Unit.GlobalKind;
import org.bpf4j.compiler.ast.Unit.Local;
import org.bpf4j.compiler.ssa.Fact;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Interpreter;
import org.bpf4j.compiler.ssa.Program;
import org.bpf4j.compiler.ssa.Region;
import org.bpf4j.object.CoreRelocation;
import org.bpf4j.object.Helper;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.object.ProgramKind;
import org.junit.jupiter.api.Test;

class TranslatorTest {
  private static final String HEADER = "demo.Header";
  private static final String CONTEXT = "org.bpf4j.lang.XdpContext";

  private final Ast ast = new Ast();

  private static Stream<Inst> insts(Program program) {
    return program.main().blocks().stream().flatMap(block -> block.insts().stream());
  }

  private static <T extends Inst> List<T> all(Program program, Class<T> kind) {
    return insts(program).filter(kind::isInstance).map(kind::cast).toList();
  }

  private static Accessor accessor(String name, Storage storage, Shape shape, String... paths) {
    return new Accessor(
        name,
        Primitive.INT,
        storage,
        OptionalInt.empty(),
        0,
        true,
        shape,
        List.of(paths),
        Ast.at(1));
  }

  private static Expr library(Library method, Expr receiver, Type type, Expr... arguments) {
    return new Expr.LibraryCall(method, Optional.of(receiver), List.of(arguments), type, Ast.at(7));
  }

  private Program packetProgram() {
    ast.declare(new ViewDecl(CONTEXT, Ast.at(1), ViewKind.CONTEXT, 0, "xdp_md", List.of()));
    ast.declare(
        new ViewDecl(
            HEADER,
            Ast.at(1),
            ViewKind.HEADER,
            4,
            "",
            List.of(
                accessor("a", Storage.U8, Shape.SCALAR),
                accessor("b", Storage.BE24, Shape.SCALAR))));
    Local context = ast.local("ctx", new Type.ViewType(CONTEXT));
    Type view = new Type.ViewType(HEADER);
    Local header = ast.local("h", view);
    Expr lookup =
        library(
            Library.CONTEXT_HEADER,
            get(context),
            view,
            new Expr.ClassLiteral(HEADER, Ast.at(7)),
            lit(14));
    ast.program(
        ProgramKind.XDP,
        "main",
        Primitive.INT,
        List.of(context),
        declare(header, lookup),
        when(new Expr.IsNull(get(header), Ast.at(8)), ret(lit(1))),
        run(
            new Expr.ViewWrite(
                get(header),
                HEADER,
                "a",
                new Expr.ViewRead(get(header), HEADER, "b", Primitive.INT, Ast.at(9)),
                Ast.at(9))),
        ret(lit(2)));
    return ast.translate().getFirst();
  }

  @Test
  void headerChecksTheAddressThatIsUsed() {
    Program program = packetProgram();
    assertThat(program.section()).isEqualTo("xdp");
    Inst.Refine bounds =
        all(program, Inst.Refine.class).stream()
            .filter(refine -> refine.fact().equals(new Fact.PacketBytes(4)))
            .findFirst()
            .orElseThrow();
    assertThat(all(program, Inst.PtrAdd.class))
        .anyMatch(add -> add.result().equals(bounds.value()));
    assertThat(all(program, Inst.Load.class))
        .filteredOn(load -> load.region().equals(Region.PACKET))
        .isNotEmpty();
    assertThat(all(program, Inst.Store.class))
        .singleElement()
        .matches(store -> store.region().equals(Region.PACKET));
    assertThat(all(program, Inst.Refine.class))
        .filteredOn(refine -> refine.fact() instanceof Fact.Present)
        .allMatch(refine -> ((Fact.Present) refine.fact()).subject().equals("h"));
  }

  @Test
  void kernelFieldsAreReadWhereTheRunningKernelHasThem() {
    ast.declare(
        new ViewDecl(
            "demo.Task",
            Ast.at(1),
            ViewKind.KERNEL_STRUCT,
            0,
            "task_struct",
            List.of(accessor("state", Storage.S32, Shape.SCALAR, "__state", "state"))));
    Type view = new Type.ViewType("demo.Task");
    Expr task =
        new Expr.LibraryCall(
            Library.CURRENT_TASK,
            Optional.empty(),
            List.of(new Expr.ClassLiteral("demo.Task", Ast.at(2))),
            view,
            Ast.at(2));
    ast.program(
        ProgramKind.KPROBE,
        "main",
        Primitive.INT,
        List.of(ast.local("first", Primitive.SHORT)),
        ret(new Expr.ViewRead(task, "demo.Task", "state", Primitive.INT, Ast.at(3))));
    Program program = ast.translate().getFirst();
    List<Inst.CoreAccess> accesses =
        all(program, Inst.CoreConst.class).stream().map(Inst.CoreConst::access).toList();
    assertThat(accesses)
        .contains(
            new Inst.CoreAccess(CoreRelocation.Kind.FIELD_EXISTS, "pt_regs", "di"),
            new Inst.CoreAccess(CoreRelocation.Kind.FIELD_BYTE_OFFSET, "user_pt_regs", "regs[0]"),
            new Inst.CoreAccess(CoreRelocation.Kind.FIELD_EXISTS, "demo.Task", "__state"),
            new Inst.CoreAccess(CoreRelocation.Kind.FIELD_BYTE_OFFSET, "demo.Task", "state"));
    assertThat(all(program, Inst.CallKernel.class))
        .extracting(Inst.CallKernel::function)
        .contains(Helper.GET_CURRENT_TASK, Helper.PROBE_READ_KERNEL);
  }

  @Test
  void mapReferencesHaveTheirMapsRegion() {
    ast.declare(
        new org.bpf4j.compiler.ast.Declaration.StructDecl(
            "demo.Value", Ast.at(1), List.of(Ast.member("n", Primitive.LONG, 0))));
    Type value = new Type.StructType("demo.Value");
    Local args = ast.arguments(1);
    Local entry = ast.local("v", value);
    Expr map = ast.map("counts", new Type.MapType(MapForm.HASH, Primitive.INT, value));
    Expr.Place field =
        new Expr.FieldPlace(get(entry), "demo.Value", "n", Primitive.LONG, Ast.at(4));
    ast.program(
        ProgramKind.SYSCALL,
        "main",
        Primitive.INT,
        List.of(args),
        declare(entry, library(Library.MAP_GET, map, value, lit(1))),
        when(new Expr.IsNull(get(entry), Ast.at(3)), ret(lit(0))),
        run(set(field, lit(5L))),
        ret(lit(1)));
    Program program = ast.translate().getFirst();
    assertThat(all(program, Inst.Store.class))
        .extracting(Inst.Store::region)
        .containsExactly(Region.stack(0), Region.map("counts"));
  }

  @Test
  void assignmentFollowsTheJavaOrder() {
    Local args = ast.arguments(2);
    Type ints = new Type.ArrayType(Primitive.INT);
    Local array = ast.local("a", ints);
    Local i = ast.local("i", Primitive.INT);
    Expr.Place out = ast.global("out", Primitive.LONG, GlobalKind.VARIABLE);
    Expr inner = set(get(i), lit(2));
    ast.program(
        ProgramKind.SYSCALL,
        "main",
        Primitive.INT,
        List.of(args),
        declare(array, new Expr.NewArray(4, List.of(), ints, Ast.at(2))),
        declare(i, lit(1)),
        run(set(Ast.element(get(array), get(i)), inner)),
        run(
            set(
                out,
                Ast.cast(
                    Primitive.LONG,
                    op(
                        BinaryOp.ADD,
                        op(BinaryOp.MUL, Ast.element(get(array), lit(1)), lit(10)),
                        get(i))))),
        ret(lit(1)));
    Interpreter.Outcome outcome =
        Interpreter.run(ast.translate().getFirst(), Interpreter.contextOf(0, 0));
    assertThat(Ast.firstLong(outcome, ".bss")).isEqualTo(22);
  }

  @Test
  void indexOutOfRangeAbortsBehindTheValue() {
    Local args = ast.arguments(1);
    Type ints = new Type.ArrayType(Primitive.INT);
    Local array = ast.local("a", ints);
    Expr.Place out = ast.global("out", Primitive.LONG, GlobalKind.VARIABLE);
    Expr index = Ast.cast(Primitive.INT, argument(args, 0));
    Expr value = Ast.cast(Primitive.INT, set(out, lit(9L)));
    ast.program(
        ProgramKind.SYSCALL,
        "main",
        Primitive.INT,
        List.of(args),
        declare(array, new Expr.NewArray(4, List.of(), ints, Ast.at(2))),
        run(set(Ast.element(get(array), index), value)),
        ret(lit(1)));
    Program program = ast.translate().getFirst();
    assertThat(Interpreter.run(program, Interpreter.contextOf(3)).result()).isEqualTo(1);
    for (long bad : new long[] {4, -1, Integer.MIN_VALUE}) {
      Interpreter.Outcome outcome = Interpreter.run(program, Interpreter.contextOf(bad));
      assertThat(outcome.result()).isZero();
      assertThat(Ast.firstLong(outcome, ".bss")).isEqualTo(9);
    }
    assertThat(program.floor()).isGreaterThanOrEqualTo(KernelVersion.parse("5.14"));
  }

  @Test
  void shortCircuitSkipsEffects() {
    Local args = ast.arguments(1);
    Expr.Place out = ast.global("out", Primitive.LONG, GlobalKind.VARIABLE);
    var touch =
        ast.function(
            "touch",
            Primitive.BOOLEAN,
            List.of(ast.local("x", Primitive.LONG)),
            run(set(out, lit(5L))),
            ret(Ast.truth(true)));
    Expr positive = op(BinaryOp.GT, argument(args, 0), lit(0L));
    Expr both = new Expr.Logical(true, positive, call(touch, lit(1L)), Ast.at(2));
    ast.program(
        ProgramKind.SYSCALL,
        "main",
        Primitive.INT,
        List.of(args),
        ret(new Expr.Conditional(both, lit(1), lit(2), Primitive.INT, Ast.at(2))));
    Program program = ast.translate().getFirst();
    Interpreter.Outcome yes = Interpreter.run(program, Interpreter.contextOf(1));
    assertThat(yes.result()).isEqualTo(1);
    assertThat(Ast.firstLong(yes, ".bss")).isEqualTo(5);
    Interpreter.Outcome no = Interpreter.run(program, Interpreter.contextOf(-1));
    assertThat(no.result()).isEqualTo(2);
    assertThat(no.sections().getOrDefault(".bss", "")).doesNotContain("5");
  }

  @Test
  void programsWithoutResultGiveZero() {
    ast.program(ProgramKind.TRACEPOINT, "main", Special.VOID, List.of());
    Program program = ast.translate().getFirst();
    assertThat(program.main().result()).contains(org.bpf4j.compiler.ssa.Type.I32);
    assertThat(Interpreter.run(program, new byte[8]).result()).isZero();
  }
}
