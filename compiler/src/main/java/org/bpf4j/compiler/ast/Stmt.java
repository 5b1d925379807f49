package org.bpf4j.compiler.ast;

import java.util.List;
import java.util.Optional;
import org.bpf4j.compiler.ast.Unit.Local;
import org.bpf4j.compiler.diagnostic.Span;
import org.bpf4j.object.CriticalSection;
import org.bpf4j.object.Iteration;

/// A statement of the accepted subset.
public sealed interface Stmt {

  /// Where it stands.
  Span span();

  /// Statements in order.
  record Block(List<Stmt> statements, Span span) implements Stmt {
    /// Copies the list.
    public Block {
      statements = List.copyOf(statements);
    }
  }

  /// Declares a local, with its first value if it has one.
  record Declare(Local local, Optional<Expr> value, Span span) implements Stmt {}

  /// Evaluates an expression for its effect.
  record Evaluate(Expr expression, Span span) implements Stmt {}

  /// `if (condition) then else otherwise`.
  record If(Expr condition, Stmt then, Optional<Stmt> otherwise, Span span) implements Stmt {}

  /// `while (condition) body`.
  record While(Expr condition, Stmt body, Span span) implements Stmt {}

  /// `do body while (condition)`.
  record DoWhile(Stmt body, Expr condition, Span span) implements Stmt {}

  /// `for (init; condition; update) body`; an absent condition is true.
  record For(List<Stmt> init, Optional<Expr> condition, List<Expr> update, Stmt body, Span span)
      implements Stmt {
    /// Copies the lists.
    public For {
      init = List.copyOf(init);
      update = List.copyOf(update);
    }
  }

  /// `for (item : iterator) body`, over objects of the kernel, or numbers.
  ///
  /// @param begin what begins the iterator, with the arguments that the source gives
  record Each(Expr.KernelCall begin, Iteration iterator, Local item, Stmt body, Span span)
      implements Stmt {}

  /// `@LoopBudget(rounds)`: each loop in the body whose end cannot be proved may run that long.
  record Budgeted(int rounds, Stmt body, Span span) implements Stmt {}

  /// A statement that `break` and `continue` can name.
  record Labeled(String label, Stmt body, Span span) implements Stmt {}

  /// Leaves the innermost loop or switch, or the labelled statement.
  record Break(Optional<String> label, Span span) implements Stmt {}

  /// Goes on with the innermost loop, or the labelled one.
  record Continue(Optional<String> label, Span span) implements Stmt {}

  /// Leaves the function.
  record Return(Optional<Expr> value, Span span) implements Stmt {}

  /// `throw new …`: the program aborts.
  record Throw(Span span) implements Stmt {}

  /// `try (var _ = lock.lock()) body`: the lock is released wherever the body is left.
  record Locked(Expr lock, Stmt body, Span span) implements Stmt {}

  /// `try (var _ = Critical.rcu()) body`: the section is left wherever the body is.
  record Guarded(CriticalSection section, Stmt body, Span span) implements Stmt {}

  /// A switch statement. Cases fall through unless they end in a [Break], which `read` adds behind
  /// arrow bodies; without a matching case and a default nothing happens, or, if `exhaustive`, the
  /// program aborts as Java throws `MatchException`.
  record Switch(Expr selector, List<Case> cases, boolean exhaustive, Span span) implements Stmt {
    /// Copies the list.
    public Switch {
      cases = List.copyOf(cases);
    }
  }

  /// Gives the innermost [Expr.SwitchExpr] its value.
  record Yield(Expr value, Span span) implements Stmt {}

  /// The body of a case.
  ///
  /// @param labels the selector values that lead here; for text selectors the texts are in `texts`
  /// @param texts the texts that lead here
  /// @param test what leads here if it holds: a pattern with its guard, which may declare locals of
  ///   the body; a switch of patterns has tests only, which are made in order
  /// @param isDefault whether everything else leads here too
  /// @param body the statements
  record Case(
      List<Long> labels,
      List<String> texts,
      Optional<Expr> test,
      boolean isDefault,
      List<Stmt> body) {
    /// A case of constants.
    public Case(List<Long> labels, List<String> texts, boolean isDefault, List<Stmt> body) {
      this(labels, texts, Optional.empty(), isDefault, body);
    }

    /// Copies the lists.
    public Case {
      labels = List.copyOf(labels);
      texts = List.copyOf(texts);
      body = List.copyOf(body);
    }
  }
}
