package org.bpf4j.compiler.translate;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.diagnostic.Span;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.LoopForm;
import org.bpf4j.compiler.ssa.Origin;
import org.bpf4j.object.Helper;
import org.bpf4j.object.KernelVersion;

/// Chooses how each loop of a function is to be seen to end.
///
/// A loop whose bound is proved stays plain if the verifier can afford to follow its rounds. So
/// does one whose bound the user states. For any other the kernel counts the rounds, in the newest
/// form that all kernels have which the user names; one that is neither proved nor stated makes do
/// with a budget if they have none, and one that is long, or whose budget would be tiny, takes the
/// oldest form that serves if the user names no kernel.
final class LoopPlans {

  /// A verifier looks at a loop that the kernel counts until it learns nothing new: at its first
  /// round, at one that begins as all others do, and at one more.
  static final long ROUNDS_OF_A_GRANTED_LOOP = 3;

  /// What loops may take of the million instructions after which the verifier gives up
  /// (`BPF_COMPLEXITY_LIMIT_INSNS`).
  private static final long MAX_INSNS = 700_000;

  /// What loops may take of the branches that the verifier remembers on its way
  /// (`BPF_COMPLEXITY_LIMIT_JMP_SEQ`: 8192).
  private static final long MAX_BRANCHES = 7_500;

  /// The first kernel whose verifier sees what comes of comparing two ranges.
  private static final KernelVersion RANGES = new KernelVersion(6, 8);

  /// The part of both that one loop in another may take.
  private static final long NESTED_SHARE = ROUNDS_OF_A_GRANTED_LOOP + 2;

  private final Body body;
  private long insns;
  private long branches;

  LoopPlans(Body body) {
    this.body = body;
  }

  /// Notes what a loop takes that is in no other.
  void spend(long moreInsns, long moreBranches) {
    insns += moreInsns;
    branches += moreBranches;
  }

  /// Instructions that the verifier spends on loops whose rounds it follows.
  long spent() {
    return insns;
  }

  /// The plan for a loop that is about to be closed.
  LoopPlan of(Draft head, Draft exit, Loops.Open loop, Rounds blocks, Span span) {
    SsaBuilder ssa = body.code.ssa();
    List<TripCount.Rounds> proved = new TripCount(ssa).of(head, exit, loop.conditions());
    Origin origin = body.frame().origin(span);
    Optional<TripCount.Rounds> bound =
        proved.stream()
            .filter(rounds -> isAffordable(rounds.most(), loop, blocks, origin))
            .findFirst()
            .or(() -> proved.stream().min(Comparator.comparingLong(TripCount.Rounds::most)))
            .or(this::stated);
    boolean affordable =
        bound.isPresent() && isAffordable(bound.get().most(), loop, blocks, origin);
    Optional<LoopForm> form =
        affordable && !mustCallBack(origin) ? Optional.empty() : newest(loop, origin, bound);
    if (form.isPresent()) {
      body.scope.demand(loop.demanding());
      return new LoopPlan.Granted(form.get());
    }
    if (affordable || demandsCallbacks(loop, origin, bound)) {
      boolean seen = !proved.isEmpty() && isSeen(bound.orElseThrow());
      return new LoopPlan.Plain(bound.orElseThrow().most(), !seen);
    }
    boolean free = body.scope.minKernel().isEmpty();
    if (bound.isEmpty() && !(free && body.scope.isDemanded(origin))) {
      return new LoopPlan.Budgeted();
    }
    if (free) {
      return new LoopPlan.Granted(oldest());
    }
    throw new Refusal(
        Diagnostic.error(
            org.bpf4j.compiler.diagnostic.Code.BPF3005,
            span,
            "kernels before "
                + oldest().since()
                + " follow each of up to "
                + bound.get().most()
                + " rounds of this loop, and give up",
            "@Bpf(minKernel = \"" + oldest().since() + "\"), or fewer rounds"));
  }

  /// Whether the program was found to need that the kernel calls the loop back.
  private boolean mustCallBack(Origin origin) {
    return body.scope.isDemanded(origin) && mayCallBack(origin);
  }

  /// Demands that a loop of too many rounds is called back together with the loops in it that have
  /// budgets, if all of them can be; the program is then translated again.
  private boolean demandsCallbacks(
      Loops.Open loop, Origin origin, Optional<TripCount.Rounds> bound) {
    Set<Origin> together = new LinkedHashSet<>(loop.budgeted());
    together.add(origin);
    boolean possible =
        bound.isPresent()
            && isWithinCalls(bound)
            && !loop.budgeted().isEmpty()
            && together.stream().allMatch(this::mayCallBack)
            && !together.stream().allMatch(body.scope::isDemanded);
    if (possible) {
      body.scope.demand(together);
    }
    return possible;
  }

  /// Whether every verifier sees the loop end, so that nothing needs to count its rounds. Older
  /// ones do not tell rounds apart by a counter whose number they do not know exactly, if it lies
  /// in memory or belongs to a caller.
  private boolean isSeen(TripCount.Rounds rounds) {
    return body.scope.allows(RANGES) || rounds.known();
  }

  /// Whether the verifier can follow that many rounds: knowing the counters, each with the least
  /// budget for the loops in it; and, in another loop whose rounds the kernel may count, a few
  /// times without. A loop around it that is called back demands that it is, too.
  private boolean isAffordable(long rounds, Loops.Open loop, Rounds blocks, Origin origin) {
    long insnsOfARound = loop.insns().round(body.code.ssa().cost());
    long less = loop.saved().round(body.code.ssa().saved());
    long called = body.code.ssa().called();
    long followed = loop.branches().round(blocks.parting(true) + called);
    long forgotten = loop.branches().round(blocks.parting(false) + called);
    long budgetedInsns = loop.insns().budgeted() * Loops.MIN_BUDGET;
    long budgetedBranches = loop.branches().budgeted() * Loops.MIN_BUDGET;
    boolean alone =
        insns + rounds * (insnsOfARound - less + budgetedInsns) <= MAX_INSNS
            && branches + rounds * (followed + budgetedBranches) <= MAX_BRANCHES;
    boolean inside =
        rounds * insnsOfARound <= MAX_INSNS / NESTED_SHARE
            && rounds * forgotten <= MAX_BRANCHES / NESTED_SHARE;
    if (!alone || inside || !body.loops.isInside()) {
      return alone;
    }
    if (mayBeGranted() || mustCallBack(origin)) {
      return false;
    }
    loop.demanding().add(origin);
    return true;
  }

  private boolean mayBeGranted() {
    return inPlace().isPresent() || body.scope.minKernel().isEmpty();
  }

  /// Whether the kernel calls back as often as the loop has rounds, of which the last may only find
  /// that it has ended.
  private static boolean isWithinCalls(Optional<TripCount.Rounds> bound) {
    return bound.isEmpty() || bound.get().most() < LoopForm.MAX_ROUNDS;
  }

  /// What the user says of the loop.
  private Optional<TripCount.Rounds> stated() {
    return body.frame().budget().stream()
        .mapToObj(rounds -> new TripCount.Rounds(rounds, true, false))
        .findFirst();
  }

  /// The form that serves and that the user's kernels have; of several the cheapest. What is called
  /// back has no budget to share. A loop in another that can make do with a budget does: a verifier
  /// that follows the rounds of the outer one would follow all that may come of the calls in each.
  private Optional<LoopForm> newest(
      Loops.Open loop, Origin origin, Optional<TripCount.Rounds> bound) {
    boolean repeated = body.loops.isInsideBounded() || body.role() == Function.Role.SUBPROGRAM;
    boolean outlined =
        mayCallBack(origin)
            && isWithinCalls(bound)
            && (bound.isPresent() || !repeated || body.scope.isDemanded(origin))
            && loop.insns().budgeted() == 0
            && loop.demanding().stream().allMatch(this::mayCallBack);
    return inPlace().or(() -> outlined ? Optional.of(LoopForm.CALLBACK) : Optional.empty());
  }

  /// Loops under a lock, or in a section that the kernel must see end, stay where they are.
  private boolean mayCallBack(Origin origin) {
    return body.scope.mayOutline(origin)
        && body.scope.allows(LoopForm.CALLBACK.since())
        && Helper.LOOP.since(body.scope.kind()).filter(body.scope::allows).isPresent()
        && body.role() != Function.Role.ORDER
        && body.sections.count() == 0;
  }

  /// The form that leaves the body in its place, if there is one. An iterator is begun by a call,
  /// and there are none under a lock.
  private Optional<LoopForm> inPlace() {
    if (body.scope.allows(LoopForm.MAY_GOTO.since())) {
      return Optional.of(LoopForm.MAY_GOTO);
    }
    return mayIterate() && body.scope.allows(LoopForm.ITERATOR.since())
        ? Optional.of(LoopForm.ITERATOR)
        : Optional.empty();
  }

  /// The form that serves and that most kernels have; iterators are for GPL-compatible programs.
  private LoopForm oldest() {
    return mayIterate() ? LoopForm.ITERATOR : LoopForm.MAY_GOTO;
  }

  private boolean mayIterate() {
    return body.scope.isGplCompatible() && !body.locks.isHeld();
  }
}
