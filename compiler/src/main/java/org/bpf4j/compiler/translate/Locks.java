package org.bpf4j.compiler.translate;

import java.util.Optional;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Stmt;
import org.bpf4j.compiler.ssa.Fact;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.object.Helper;

/// Spin locks: taken before a block, and released wherever it is left. There is at most one at a
/// time, since regions neither nest nor call.
final class Locks {
  private final Body body;
  private final Code code;
  private Optional<Held> held = Optional.empty();

  /// A lock that is held.
  ///
  /// @param lock its address
  /// @param inside how many jump targets were known when it was taken: later ones are in the region
  private record Held(Value lock, int inside) {}

  Locks(Body body) {
    this.body = body;
    this.code = body.code;
  }

  void region(Stmt.Locked stmt) {
    Expr lock = stmt.lock();
    Value address = body.expressions.value(lock).only();
    body.at(lock.span());
    Value there = code.refine(address, new Fact.NonNull(Subjects.of(lock)));
    code.run(Helper.SPIN_LOCK, there);
    held = Optional.of(new Held(there, body.frame().targets()));
    code.ssa().holds(Optional.of(there));
    body.statements.run(stmt.body());
    body.at(stmt.span());
    release();
    held = Optional.empty();
    code.ssa().holds(Optional.empty());
  }

  /// Leaves the function.
  void release() {
    held.ifPresent(h -> code.run(Helper.SPIN_UNLOCK, h.lock()));
  }

  /// Jumps to a target that so many others are around.
  void releaseBefore(int outer) {
    held.filter(h -> outer < h.inside()).ifPresent(_ -> release());
  }
}
