package org.bpf4j.compiler.translate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.bpf4j.compiler.ast.Checker;
import org.bpf4j.compiler.ast.Declaration;
import org.bpf4j.compiler.ast.Declaration.Member;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Layouts;
import org.bpf4j.compiler.ast.Program;
import org.bpf4j.compiler.ast.Stmt;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.ast.Unit.FunctionRef;
import org.bpf4j.compiler.ast.Unit.Local;
import org.bpf4j.compiler.ast.Unit.Role;
import org.bpf4j.compiler.diagnostic.Span;
import org.bpf4j.compiler.ssa.Interpreter;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.object.ProgramKind;

/// Builds programs of the subset for tests, with a line number for each node.
public final class Ast {
  public static final String OWNER = "demo.Demo";
  private static final String ARGS = "demo.Demo$Args";

  private final List<Unit.Function> functions = new ArrayList<>();
  private final List<Unit.MapDeclaration> maps = new ArrayList<>();
  private final List<Unit.Global> globals = new ArrayList<>();
  private final TreeMap<String, Declaration> declarations = new TreeMap<>();
  private Optional<KernelVersion> minKernel = Optional.empty();
  private int locals;

  public static Span at(int line) {
    return new Span("demo/Demo.java", line, 1, line, 9);
  }

  private static Span here() {
    return at(1);
  }

  // Expressions.

  public static Expr lit(int value) {
    return new Expr.Literal(Primitive.INT, value, here());
  }

  public static Expr lit(long value) {
    return new Expr.Literal(Primitive.LONG, value, here());
  }

  public static Expr truth(boolean value) {
    return new Expr.Literal(Primitive.BOOLEAN, value ? 1 : 0, here());
  }

  public static Expr.Place get(Local local) {
    return new Expr.LocalPlace(local, here());
  }

  public static Expr op(Expr.BinaryOp op, Expr left, Expr right) {
    Type type = op.isComparison() ? Primitive.BOOLEAN : left.type();
    return new Expr.Binary(op, left, right, type, here());
  }

  public static Expr cast(Type type, Expr value) {
    return new Expr.Convert(value, type, here());
  }

  public static Expr set(Expr.Place target, Expr value) {
    return new Expr.Assign(target, value, target.type(), here());
  }

  public static Expr add(Expr.Place target, Expr value) {
    return new Expr.CompoundAssign(
        Expr.BinaryOp.ADD, target, value, target.type(), target.type(), here());
  }

  public static Expr next(Expr.Place target) {
    return new Expr.Increment(target, true, 1, target.type(), here());
  }

  public static Expr call(Unit.Function function, Expr... arguments) {
    return new Expr.Call(function.ref(), List.of(arguments), function.result(), here());
  }

  public static Expr.Place element(Expr array, Expr index) {
    return new Expr.ElementPlace(array, index, ((Type.ArrayType) array.type()).element(), here());
  }

  // Statements.

  public static Stmt.Block block(Stmt... statements) {
    return new Stmt.Block(List.of(statements), here());
  }

  public static Stmt run(Expr expr) {
    return new Stmt.Evaluate(expr, here());
  }

  public static Stmt declare(Local local, Expr value) {
    return new Stmt.Declare(local, Optional.of(value), here());
  }

  public static Stmt ret(Expr value) {
    return new Stmt.Return(Optional.of(value), here());
  }

  public static Stmt when(Expr condition, Stmt then) {
    return new Stmt.If(condition, then, Optional.empty(), here());
  }

  public static Stmt loop(Expr condition, Stmt body) {
    return new Stmt.While(condition, body, here());
  }

  public static Stmt count(Local counter, Expr from, Expr to, Stmt body) {
    return new Stmt.For(
        List.of(declare(counter, from)),
        Optional.of(op(Expr.BinaryOp.LT, get(counter), to)),
        List.of(next(get(counter))),
        body,
        here());
  }

  // Declarations.

  public Local local(String name, Type type) {
    return new Local(locals++, name, type);
  }

  public Unit.Function function(String name, Type result, List<Local> parameters, Stmt... body) {
    Unit.Function function =
        new Unit.Function(
            new FunctionRef(OWNER, name, "(" + parameters.size() + ")"),
            new Role.Callee(false),
            result,
            parameters,
            block(body),
            here());
    functions.add(function);
    return function;
  }

  public Unit.Function program(
      ProgramKind kind, String name, Type result, List<Local> parameters, Stmt... body) {
    Unit.Function function =
        new Unit.Function(
            new FunctionRef(OWNER, name, "()"),
            new Role.Program(kind, List.of(), List.of()),
            result,
            parameters,
            block(body),
            here());
    functions.add(function);
    return function;
  }

  /// A syscall program's argument: 64-bit numbers `a0`, `a1`, … which are where
  /// `ssa.Interpreter.contextOf` puts them.
  public Local arguments(int count) {
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      members.add(member("a" + i, Primitive.LONG, 0));
    }
    declare(new Declaration.StructDecl(ARGS, here(), members));
    return local("args", new Type.StructType(ARGS));
  }

  public static Expr.Place argument(Local args, int index) {
    return new Expr.FieldPlace(get(args), ARGS, "a" + index, Primitive.LONG, here());
  }

  public static Member member(String name, Type type, int length) {
    return new Member(
        name, type, Layouts.defaultStorage(type), OptionalInt.empty(), length, here());
  }

  public void declare(Declaration declaration) {
    declarations.put(declaration.name(), declaration);
  }

  public Expr map(String name, Type.MapType type) {
    maps.add(new Unit.MapDeclaration(OWNER, name, type, 8, here()));
    return new Expr.MapRef(OWNER, name, type, here());
  }

  public Expr.Place global(String name, Type type, Unit.GlobalKind kind, Long... initial) {
    int length = type instanceof Type.ArrayType ? initial.length : 0;
    globals.add(
        new Unit.Global(
            OWNER,
            name,
            type,
            type instanceof Type.ArrayType(Type element)
                ? Layouts.defaultStorage(element)
                : Layouts.defaultStorage(type),
            length,
            kind,
            Arrays.asList(initial),
            here()));
    return new Expr.GlobalPlace(OWNER, name, type, here());
  }

  public void minKernel(String version) {
    minKernel = Optional.of(KernelVersion.parse(version));
  }

  public Unit unit() {
    return new Unit(
        OWNER,
        new Unit.SourceText("demo/Demo.java", List.of("class Demo {}")),
        Optional.of(new Unit.Options("GPL", minKernel, Optional.empty(), here())),
        List.copyOf(declarations.values()),
        maps,
        globals,
        functions);
  }

  public Program link() {
    Unit unit = unit();
    Checker.check(unit);
    return new Program(unit, declarations, maps, globals, functions, new TreeMap<>(), List.of());
  }

  /// Translates what has been built, which must be accepted, and checks the result.
  public List<org.bpf4j.compiler.ssa.Program> translate() {
    Translator.Translation translation = Translator.translate(link());
    if (!translation.diagnostics().isEmpty()) {
      throw new AssertionError(translation.diagnostics().toString());
    }
    translation.programs().forEach(org.bpf4j.compiler.ssa.Checker::check);
    return translation.programs();
  }

  /// The first eight bytes of a section after a run, as a number.
  public static long firstLong(Interpreter.Outcome outcome, String section) {
    String[] bytes =
        outcome.sections().getOrDefault(section, "").replaceAll("[\\[\\] ]", "").split(",");
    long number = 0;
    for (int i = Long.BYTES - 1; i >= 0; i--) {
      number = (number << Byte.SIZE) | (Integer.parseInt(bytes[i]) & 0xff);
    }
    return number;
  }
}
