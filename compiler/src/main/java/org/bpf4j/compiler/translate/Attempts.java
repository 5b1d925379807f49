package org.bpf4j.compiler.translate;

import org.bpf4j.compiler.ssa.Inst.BinaryOp;
import org.bpf4j.compiler.ssa.Terminator.AbortReason;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;

/// A loop that computes a word from what was seen of it and exchanges the two, until nobody else
/// has changed it meanwhile; so often at most. Where nothing runs there is no loop: nothing would
/// enter it but itself.
final class Attempts {
  private final Code code;
  private final Variable seen;
  private final Variable left = new Variable(Type.I32);
  private final Draft head;
  private final boolean dead;

  /// Enters the loop's head.
  ///
  /// @param first the word as it is before the loop
  Attempts(Code code, Value first, int count) {
    this.code = code;
    this.seen = new Variable(first.type());
    this.head = code.ssa().newBlock();
    this.dead = code.ssa().isDead();
    code.ssa().write(seen, first);
    code.ssa().write(left, code.i32(count));
    code.ssa().jump(head);
    if (dead) {
      code.ssa().enterSealed(head);
    } else {
      code.ssa().enter(head);
    }
  }

  /// What was seen of the word last.
  Value seen() {
    return code.ssa().read(seen);
  }

  /// Notes that the word was something else; gives how many attempts are left.
  Value failed(Value now) {
    code.ssa().write(seen, now);
    Value rest = code.binary(BinaryOp.SUB, code.ssa().read(left), 1);
    code.ssa().write(left, rest);
    return rest;
  }

  /// Goes back to the head, from the one place from which the loop goes on.
  void again() {
    if (dead) {
      code.ssa().abort(AbortReason.LOOP_BUDGET);
    } else {
      code.ssa().jump(head);
      code.ssa().seal(head);
    }
  }
}
