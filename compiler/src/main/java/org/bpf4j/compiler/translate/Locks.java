package org.bpf4j.compiler.translate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Stmt;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.diagnostic.Span;
import org.bpf4j.compiler.ssa.Fact;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Inst.UnaryOp;
import org.bpf4j.compiler.ssa.Terminator.AbortReason;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.object.MapLock;

/// Spin locks: taken before a block, and released wherever it is left. Of those that fail where
/// others would wait for ever there may be several.
final class Locks {
  private final Body body;
  private final Code code;
  private final Deque<Value> held = new ArrayDeque<>();

  Locks(Body body) {
    this.body = body;
    this.code = body.code;
  }

  void region(Stmt.Locked stmt) {
    Expr lock = stmt.lock();
    Value address = body.expressions.value(lock).only();
    body.at(lock.span());
    Value there = code.refine(address, new Fact.NonNull(Subjects.of(lock)));
    MapLock kind =
        Type.lock(lock.type())
            .orElseThrow(() -> new CompilerBug(lock.type() + " is no lock at " + lock.span()));
    take(kind, there);
    held.push(there);
    body.sections.enter(() -> code.run(kind.release(), there));
    body.statements.run(stmt.body());
    body.at(stmt.span());
    body.sections.end();
    held.pop();
  }

  private void take(MapLock kind, Value lock) {
    if (kind.mayFail()) {
      Value error = code.call(kind.take(), org.bpf4j.compiler.ssa.Type.I64, lock);
      code.ssa()
          .check(CompareOp.EQ, code.unary(UnaryOp.TRUNC, error), code.i32(0), AbortReason.DEADLOCK);
    } else {
      code.run(kind.take(), lock);
    }
  }

  /// Whether a lock is held here.
  boolean isHeld() {
    return !held.isEmpty();
  }

  /// Refuses to touch a list or tree if the lock that lies beside it is not held.
  void guard(Value collection, Span span) {
    if (held.stream().map(this::root).noneMatch(root(collection)::equals)) {
      throw new Refusal(
          Diagnostic.error(
              org.bpf4j.compiler.diagnostic.Code.BPF2020,
              span,
              "the lock beside this list or tree is not held here",
              "try (var _ = queue.lock.lock()) { queue.jobs.offerLast(job); }"));
    }
  }

  private Value root(Value address) {
    return root(address, new HashMap<>()).orElse(address);
  }

  /// The address of the value that an address lies in: the same one wherever a variable that does
  /// not change is read. Nothing where it only comes from itself.
  ///
  /// @param known what was found for others, nothing for those that are being looked at
  private Optional<Value> root(Value address, Map<Value, Optional<Value>> known) {
    Optional<Value> before = known.putIfAbsent(address, Optional.empty());
    if (before != null) {
      return before;
    }
    Optional<Draft> home = code.ssa().home(address).filter(Draft::isSealed);
    Optional<Value> found;
    if (home.isPresent()) {
      Set<Value> roots = new HashSet<>();
      for (Draft.Arc arc : home.get().arrivals()) {
        Value argument = arc.arguments().getOrDefault(address, address);
        root(argument, known).ifPresent(roots::add);
      }
      found = Optional.of(roots.size() == 1 ? roots.iterator().next() : address);
    } else {
      found =
          switch (code.ssa().definition(address).orElse(null)) {
            case Inst.Refine inst -> root(inst.value(), known);
            case Inst.PtrAdd inst -> root(inst.base(), known);
            case null, default -> Optional.of(address);
          };
    }
    known.put(address, found);
    return found;
  }
}
