package org.bpf4j.processor.read;

import com.sun.source.tree.AssertTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.BreakTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ContinueTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EmptyStatementTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LabeledStatementTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.tree.YieldTree;
import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Stmt;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Unit.Local;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.diagnostic.Span;
import org.bpf4j.object.CriticalSection;
import org.bpf4j.object.NumberIterator;

/// Reads the statements of one method.
///
/// A statement that cannot be read is reported and left out, and reading goes on behind it; the
/// unit is then never compiled.
final class StatementReader {
  private static final String CRITICAL = "org.bpf4j.lang.Critical";

  private final Source source;
  private final JavaTypes types;
  private final Scope scope;
  private final Type result;
  private final ExpressionReader expressions;
  private final ThrowReader throwing;
  private final SwitchReader switches;
  private final ResourceReader resources;
  private final EnhancedForReader enhanced;
  private Optional<Expr> given = Optional.empty();

  StatementReader(Source source, JavaTypes types, Scope scope, Type result) {
    this.source = source;
    this.types = types;
    this.scope = scope;
    this.result = result;
    this.expressions = new ExpressionReader(source, types, scope, this);
    this.throwing = new ThrowReader(source, types);
    this.switches = new SwitchReader(source, expressions, this);
    this.resources = new ResourceReader(source, types, scope, expressions.calls());
    this.enhanced = new EnhancedForReader(source, types, scope, expressions, this);
  }

  SwitchReader switches() {
    return switches;
  }

  Stmt.Block block(TreePath path) {
    BlockTree tree = (BlockTree) path.getLeaf();
    return new Stmt.Block(statements(path, tree.getStatements()), source.span(tree));
  }

  /// Says what a `return` without value gives: in a constructor the record.
  void gives(Expr made) {
    given = Optional.of(made);
  }

  ExpressionReader expressions() {
    return expressions;
  }

  List<Stmt> statements(TreePath parent, List<? extends StatementTree> trees) {
    List<Stmt> statements = new ArrayList<>();
    for (StatementTree tree : trees) {
      statements.add(read(Source.child(parent, tree)));
    }
    return statements;
  }

  /// Reads a statement; one that is rejected becomes an empty block.
  Stmt read(TreePath path) {
    try {
      return accepted(path);
    } catch (Rejected rejected) {
      source.leaveOut(rejected);
      if (path.getLeaf() instanceof VariableTree) {
        declareRejected(path);
      }
      return new Stmt.Block(List.of(), source.span(path.getLeaf()));
    }
  }

  /// Keeps a variable known whose initialiser was rejected, so that its uses are not errors too.
  private void declareRejected(TreePath path) {
    Element element = source.trees().getElement(path);
    if (element != null && scope.local(element) == null) {
      types.of(element.asType()).ifPresent(type -> scope.declare(element, type));
    }
  }

  private Stmt accepted(TreePath path) {
    StatementTree tree = (StatementTree) path.getLeaf();
    Span span = source.span(tree);
    return switch (tree) {
      case BlockTree _ -> block(path);
      case EmptyStatementTree _ -> new Stmt.Block(List.of(), span);
      case VariableTree variable -> declare(path, variable);
      case ExpressionStatementTree e ->
          new Stmt.Evaluate(expressions.read(Source.child(path, e.getExpression())), span);
      case IfTree i ->
          new Stmt.If(
              condition(path, i.getCondition()),
              read(Source.child(path, i.getThenStatement())),
              Optional.ofNullable(i.getElseStatement()).map(e -> read(Source.child(path, e))),
              span);
      case WhileLoopTree w ->
          new Stmt.While(
              condition(path, w.getCondition()), read(Source.child(path, w.getStatement())), span);
      case DoWhileLoopTree d ->
          new Stmt.DoWhile(
              read(Source.child(path, d.getStatement())), condition(path, d.getCondition()), span);
      case ForLoopTree f -> forLoop(path, f);
      case EnhancedForLoopTree f -> enhanced.read(path, f);
      case LabeledStatementTree l ->
          new Stmt.Labeled(
              l.getLabel().toString(), read(Source.child(path, l.getStatement())), span);
      case BreakTree b -> {
        Optional<String> label = Optional.ofNullable(b.getLabel()).map(Object::toString);
        yield after(resources.atBreak(path, label), new Stmt.Break(label, span));
      }
      case ContinueTree c -> {
        Optional<String> label = Optional.ofNullable(c.getLabel()).map(Object::toString);
        yield after(resources.atContinue(path, label), new Stmt.Continue(label, span));
      }
      case ReturnTree r -> returned(path, r);
      case YieldTree y ->
          with(
              resources.atYield(path),
              expressions.read(Source.child(path, y.getValue()), switches.yielded()),
              v -> new Stmt.Yield(v, span));
      case TryTree t -> locked(path, t);
      case ThrowTree t -> throwing.read(path, t);
      case ClassTree c when isValueType(c) -> new Stmt.Block(List.of(), span);
      case SwitchTree s -> switches.statement(path, s);
      default -> throw refused(tree);
    };
  }

  private static boolean isValueType(ClassTree tree) {
    return tree.getKind() == Tree.Kind.RECORD || tree.getKind() == Tree.Kind.ENUM;
  }

  private Stmt returned(TreePath path, ReturnTree tree) {
    Span span = source.span(tree);
    if (tree.getExpression() == null) {
      return after(resources.atReturn(), new Stmt.Return(given, span));
    }
    Expr value = expressions.read(Source.child(path, tree.getExpression()), result);
    return with(resources.atReturn(), value, kept -> new Stmt.Return(Optional.of(kept), span));
  }

  /// What closes resources, and then a jump.
  private static Stmt after(List<Stmt> closing, Stmt jump) {
    if (closing.isEmpty()) {
      return jump;
    }
    List<Stmt> statements = new ArrayList<>(closing);
    statements.add(jump);
    return new Stmt.Block(statements, jump.span());
  }

  /// A jump with a value, which is computed before resources are closed.
  private Stmt with(List<Stmt> closing, Expr value, Function<Expr, Stmt> jump) {
    if (closing.isEmpty()) {
      return jump.apply(value);
    }
    Local kept = scope.temporary("result", value.type());
    List<Stmt> statements = new ArrayList<>();
    statements.add(new Stmt.Declare(kept, Optional.of(value), value.span()));
    statements.addAll(closing);
    statements.add(jump.apply(new Expr.LocalPlace(kept, value.span())));
    return new Stmt.Block(statements, value.span());
  }

  /// `try (var task = …) {…}`, of objects of the kernel.
  private Stmt closed(TreePath path, TryTree tree) {
    if (!ResourceReader.isPlain(tree)) {
      throw refused(tree);
    }
    List<Stmt> statements = new ArrayList<>();
    for (Tree resource : tree.getResources()) {
      TreePath declaration = Source.child(path, resource);
      statements.add(declare(declaration, (VariableTree) resource));
      resources.open(declaration, tree);
    }
    statements.add(block(Source.child(path, tree.getBlock())));
    statements.addAll(resources.end(tree));
    return new Stmt.Block(statements, source.span(tree));
  }

  /// `try (var _ = b.lock.lock()) {…}`.
  private Stmt locked(TreePath path, TryTree tree) {
    boolean plain =
        tree.getResources().size() == 1
            && tree.getCatches().isEmpty()
            && tree.getFinallyBlock() == null;
    if (plain
        && tree.getResources().getFirst() instanceof VariableTree variable
        && variable.getInitializer() instanceof MethodInvocationTree call
        && call.getMethodSelect() instanceof MemberSelectTree select
        && select.getIdentifier().contentEquals("lock")) {
      TreePath receiver =
          Source.child(
              Source.child(Source.child(Source.child(path, variable), call), select),
              select.getExpression());
      Expr lock = expressions.read(receiver);
      if (Type.lock(lock.type()).isPresent()) {
        return new Stmt.Locked(lock, block(Source.child(path, tree.getBlock())), source.span(call));
      }
    }
    return sections(path, tree);
  }

  /// `try (var _ = Critical.rcu()) {…}`, the first resource around the others.
  private Stmt sections(TreePath path, TryTree tree) {
    List<CriticalSection> sections = new ArrayList<>();
    for (Tree resource : tree.getResources()) {
      section(Source.child(path, resource)).ifPresent(sections::add);
    }
    if (!ResourceReader.isPlain(tree) || sections.size() < tree.getResources().size()) {
      return closed(path, tree);
    }
    Stmt inner = block(Source.child(path, tree.getBlock()));
    for (CriticalSection section : sections.reversed()) {
      inner = new Stmt.Guarded(section, inner, source.span(tree));
    }
    return inner;
  }

  private Optional<CriticalSection> section(TreePath path) {
    return path.getLeaf() instanceof VariableTree variable
            && variable.getInitializer() instanceof MethodInvocationTree call
            && source.trees().getElement(Source.child(path, call))
                instanceof ExecutableElement method
            && JavaTypes.owner(method).getQualifiedName().contentEquals(CRITICAL)
        ? CriticalSection.ofMethod(method.getSimpleName().toString())
        : Optional.empty();
  }

  private Rejected refused(StatementTree tree) {
    return switch (tree) {
      case TryTree _ ->
          source.reject(
              Code.BPF1002,
              tree,
              "BPF code catches no exceptions: where Java would throw, the program aborts",
              "test before, and return an error value");
      case SynchronizedTree _ ->
          source.reject(
              Code.BPF1005,
              tree,
              "`synchronized` locks Java objects, which BPF does not have",
              "use AtomicLong, or a per-CPU map");
      case AssertTree _ ->
          source.reject(
              Code.BPF1005,
              tree,
              "whether `assert` tests is decided when a JVM starts: BPF code has no such switch",
              "test it and return, or throw");
      case ClassTree _ ->
          source.reject(
              Code.BPF1005,
              tree,
              "a local class cannot be declared in BPF code",
              "a local record or enum, or a @Struct in the class");
      default -> source.reject(Code.BPF1005, tree, "this statement cannot be compiled to BPF", "");
    };
  }

  private Expr condition(TreePath path, Tree tree) {
    return expressions.read(Source.child(path, tree), Primitive.BOOLEAN);
  }

  /// Whether a variable is a name for a constant text, which it then is from now on.
  private boolean isNamed(TreePath path, VariableTree tree, Element element) {
    if (tree.getInitializer() == null) {
      throw source.reject(
          Code.BPF1008,
          tree,
          "a variable of type String that gets its value later is none in BPF code",
          "initialize it, or name the text where it is used");
    }
    Optional<Object> constant =
        expressions.constants().evaluate(Source.child(path, tree.getInitializer()));
    constant.ifPresent(text -> expressions.constants().bind(element, text));
    return constant.isPresent();
  }

  private Stmt declare(TreePath path, VariableTree tree) {
    Element element = source.trees().getElement(path);
    if (element == null) {
      throw Rejected.quietly();
    }
    expressions.refuseFloatingPoint(element.asType(), tree);
    if (tree.getInitializer() instanceof LambdaExpressionTree
        || tree.getInitializer() instanceof MemberReferenceTree) {
      expressions.read(Source.child(path, tree.getInitializer()));
    }
    Type type =
        types
            .of(element.asType())
            .filter(found -> found != Type.Special.COMPONENT)
            .orElseThrow(
                () ->
                    source.reject(
                        Code.BPF1008,
                        tree,
                        "BPF code cannot have a variable of type " + element.asType(),
                        "use " + StandardLibrary.insteadOf(element.asType())));
    if (type == Type.Special.TEXT && isNamed(path, tree, element)) {
      return new Stmt.Block(List.of(), source.span(tree));
    }
    Optional<Expr> value =
        Optional.ofNullable(tree.getInitializer())
            .map(initializer -> expressions.read(Source.child(path, initializer), type));
    return new Stmt.Declare(scope.declare(element, type), value, source.span(tree));
  }

  private Stmt forLoop(TreePath path, ForLoopTree tree) {
    List<Stmt> init = statements(path, tree.getInitializer());
    Optional<Expr> condition =
        Optional.ofNullable(tree.getCondition()).map(c -> condition(path, c));
    List<Expr> update = new ArrayList<>();
    for (ExpressionStatementTree statement : tree.getUpdate()) {
      TreePath at = Source.child(path, statement);
      update.add(expressions.read(Source.child(at, statement.getExpression())));
    }
    Stmt loop =
        new Stmt.For(
            init,
            condition,
            update,
            read(Source.child(path, tree.getStatement())),
            source.span(tree));
    for (StatementTree variable : tree.getInitializer()) {
      Element element = source.trees().getElement(Source.child(path, variable));
      if (variable instanceof VariableTree && element != null) {
        loop = budgeted(element, variable, loop);
      }
    }
    return loop;
  }

  /// A statement whose loops may have the rounds that an annotation of an element says.
  Stmt budgeted(Element element, Tree tree, Stmt loops) {
    Optional<Integer> rounds = Annotations.number(element, "LoopBudget");
    if (rounds.isEmpty()) {
      return loops;
    }
    if (rounds.get() < 1 || rounds.get() > NumberIterator.MAX_ROUNDS) {
      source.report(
          Diagnostic.error(
              Code.BPF3005,
              source.span(tree),
              "a loop has 1 to " + NumberIterator.MAX_ROUNDS + " rounds",
              "@LoopBudget(100_000)"));
      return loops;
    }
    return new Stmt.Budgeted(rounds.get(), loops, loops.span());
  }
}
