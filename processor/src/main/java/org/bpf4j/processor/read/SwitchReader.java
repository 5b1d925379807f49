package org.bpf4j.processor.read;

import com.sun.source.tree.CaseLabelTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ConstantCaseLabelTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.VariableElement;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Stmt;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Type.Special;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Span;

/// Reads both forms of `switch`, as statement and as expression.
///
/// Arrow bodies become bodies that leave at their end, so that later stages know one form only.
final class SwitchReader {
  private final Source source;
  private final ExpressionReader expressions;
  private final StatementReader statements;
  private final Deque<Type> yields = new ArrayDeque<>();

  SwitchReader(Source source, ExpressionReader expressions, StatementReader statements) {
    this.source = source;
    this.expressions = expressions;
    this.statements = statements;
  }

  /// The type that the innermost switch expression wants of a `yield`.
  Type yielded() {
    return yields.element();
  }

  Stmt statement(TreePath path, SwitchTree tree) {
    Expr selector = selector(path, tree.getExpression(), tree.getCases());
    List<Stmt.Case> cases = cases(path, tree.getCases(), selector, false);
    boolean arrows =
        tree.getCases().stream().anyMatch(c -> c.getCaseKind() == CaseTree.CaseKind.RULE);
    boolean exhaustive =
        selector instanceof Expr.Bind || (arrows && coversEnum(path, tree.getExpression(), cases));
    return new Stmt.Switch(selector, cases, exhaustive && hasNoDefault(cases), source.span(tree));
  }

  Expr expression(TreePath path, SwitchExpressionTree tree) {
    Type type = expressions.type(path);
    Expr selector = selector(path, tree.getExpression(), tree.getCases());
    yields.push(type);
    try {
      return new Expr.SwitchExpr(
          selector, cases(path, tree.getCases(), selector, true), type, source.span(tree));
    } finally {
      yields.pop();
    }
  }

  private Expr selector(TreePath path, ExpressionTree tree, List<? extends CaseTree> cases) {
    Expr selector = expressions.read(Source.child(path, tree));
    if (expressions.patterns().isNeeded(cases)) {
      return expressions.patterns().selector(selector, cases);
    }
    if (selector.type() instanceof Type.EnumType || selector.type() == Special.TEXT) {
      return selector;
    }
    if (JavaTypes.unboxed(selector.type()).isPresent()) {
      return Conversions.to(Primitive.INT, selector);
    }
    throw source.reject(
        Code.BPF1006, tree, "BPF code switches over numbers, enums and texts", "use if and else");
  }

  private List<Stmt.Case> cases(
      TreePath path, List<? extends CaseTree> trees, Expr selector, boolean yields) {
    List<Stmt.Case> cases = new ArrayList<>();
    for (CaseTree tree : trees) {
      TreePath at = Source.child(path, tree);
      if (selector instanceof Expr.Bind value) {
        cases.add(ofPatterns(at, tree, value, yields));
        continue;
      }
      List<Long> labels = new ArrayList<>();
      List<String> texts = new ArrayList<>();
      boolean isDefault = false;
      for (CaseLabelTree label : tree.getLabels()) {
        switch (label) {
          case DefaultCaseLabelTree _ -> isDefault = true;
          case ConstantCaseLabelTree constant ->
              constant(Source.child(at, constant), constant, selector, labels, texts);
          default -> throw Rejected.quietly();
        }
      }
      cases.add(new Stmt.Case(labels, texts, isDefault, body(at, tree, yields)));
    }
    return cases;
  }

  private Stmt.Case ofPatterns(TreePath path, CaseTree tree, Expr.Bind selector, boolean yields) {
    boolean isDefault = tree.getLabels().stream().anyMatch(DefaultCaseLabelTree.class::isInstance);
    Optional<Expr> test =
        isDefault ? Optional.empty() : expressions.patterns().test(path, tree, selector);
    return new Stmt.Case(List.of(), List.of(), test, isDefault, body(path, tree, yields));
  }

  private void constant(
      TreePath path,
      ConstantCaseLabelTree label,
      Expr selector,
      List<Long> labels,
      List<String> texts) {
    TreePath at = Source.child(path, label.getConstantExpression());
    if (selector.type() instanceof Type.EnumType) {
      if (!(source.trees().getElement(at) instanceof VariableElement constant)
          || constant.getKind() != ElementKind.ENUM_CONSTANT) {
        throw source.reject(
            Code.BPF1006, label, "an enum is never null in BPF code", "leave this case out");
      }
      labels.add((long) Annotations.enumValue(constant));
      return;
    }
    Object value = expressions.constants().evaluate(at).orElseThrow(Rejected::quietly);
    switch (value) {
      case Number number -> labels.add(Long.valueOf(number.longValue()));
      case String text -> texts.add(text);
      default -> throw Rejected.quietly();
    }
  }

  private List<Stmt> body(TreePath path, CaseTree tree, boolean yields) {
    if (tree.getCaseKind() == CaseTree.CaseKind.STATEMENT) {
      return statements.statements(path, tree.getStatements());
    }
    Tree body = tree.getBody();
    Span span = source.span(body);
    TreePath at = Source.child(path, body);
    return switch (body) {
      case ThrowTree _ -> List.of(statements.read(at));
      case ExpressionTree _ when yields ->
          List.of(new Stmt.Yield(expressions.read(at, yielded()), span));
      case ExpressionTree _ ->
          List.of(
              new Stmt.Evaluate(expressions.read(at), span),
              new Stmt.Break(Optional.empty(), span));
      case StatementTree _ when yields -> List.of(statements.read(at));
      default -> List.of(statements.read(at), new Stmt.Break(Optional.empty(), span));
    };
  }

  private static boolean hasNoDefault(List<Stmt.Case> cases) {
    return cases.stream().noneMatch(Stmt.Case::isDefault);
  }

  /// Whether the cases name every constant of the selector's enum.
  private boolean coversEnum(TreePath path, ExpressionTree selector, List<Stmt.Case> cases) {
    if (!(expressions.mirror(Source.child(path, selector))
        instanceof javax.lang.model.type.DeclaredType type)) {
      return false;
    }
    long constants =
        type.asElement().getEnclosedElements().stream()
            .filter(member -> member.getKind() == ElementKind.ENUM_CONSTANT)
            .count();
    return constants > 0 && cases.stream().mapToLong(c -> c.labels().size()).sum() == constants;
  }
}
