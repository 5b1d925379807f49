package org.bpf4j.compiler.translate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.GlobalLayout;
import org.bpf4j.compiler.ast.Stmt;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.diagnostic.Span;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.Fact;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Inst.BinaryOp;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.LoopForm;
import org.bpf4j.compiler.ssa.Origin;
import org.bpf4j.compiler.ssa.Region;
import org.bpf4j.compiler.ssa.Terminator;
import org.bpf4j.compiler.ssa.Terminator.AbortReason;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.isa.MemorySize;

/// Loops, each of which the kernel's verifier must see end.
///
/// [LoopPlans] says how. A loop that is bounded by a constant is left as it is; one that is bounded
/// by a range, which kernels before 6.8 do not see, counts its rounds down and never comes to the
/// end of them. So does one that calls functions unless its counter starts with a constant, too: in
/// a function those kernels compared registers of its own frame and numbers that had decided
/// something, and took the next round's call for an infinite loop. The rounds of another are
/// granted by the kernel, if it has a way; or it spends from a budget of rounds and aborts when
/// that is used up. It shares the budget with the loops in it and around it, but not with loops
/// around it that need none: each of their rounds begins with a new budget, so that rounds do not
/// differ in what is left of it.
///
/// A loop that nothing reaches is left out: its head would have no way in but its own way back.
///
/// The verifier follows each round of each path. Paths meet again only if what it knows then
/// agrees, so a number that they leave different is made unknown at the loop's head, by an
/// exclusive or with a zero that the verifier cannot know. Without, paths double in each round.
final class Loops {

  /// A program with rounds so long that fewer would be left is the verifier's to refuse.
  static final int MIN_BUDGET = 32;

  /// How many of the branches that the verifier remembers on its way loops with a budget may take
  /// (`BPF_COMPLEXITY_LIMIT_JMP_SEQ` is 8192).
  private static final long BRANCH_SHARE = 6_000;

  /// What the verifier may spend on loops, of the million instructions after which it gives up
  /// (`BPF_COMPLEXITY_LIMIT_INSNS`).
  private static final long ALL_INSNS = 900_000;

  /// What of it loops with a budget may have.
  private static final long INSN_SHARE = 600_000;

  /// What they have however long the others are.
  private static final long MIN_INSN_SHARE = 300_000;

  /// How often the verifier follows a round, paths into it and out of it included.
  private static final int PATHS = 2;

  /// How often if paths part in a round of at most so many instructions: in a loop it keeps a state
  /// to compare with only after 20 jumps or 100 instructions.
  private static final int PATHS_OF_A_SHORT_ROUND = 3;

  private static final int SHORT_ROUND = 32;

  /// How often a function is called whose loops have a budget; loops that call it more often count
  /// with what they spend.
  private static final int EXPECTED_CALLS = 8;

  /// Fewer rounds than a text has characters surprise people: rather than with such a budget, loops
  /// make do with the kernels that count rounds, if the user names none.
  private static final int LEAST_BUDGET = 256;

  /// A loop of so few rounds that it does not matter how often what is behind it is followed.
  private static final int FEW_ROUNDS = 32;

  private final Body body;
  private final Code code;
  private final Variable budget = new Variable(Type.I32);
  private final Deque<Open> open = new ArrayDeque<>();
  private final Map<Value, Draft> budgets = new LinkedHashMap<>();
  private final Set<Origin> budgeted = new LinkedHashSet<>();
  private final Map<Type, Value> zeroes = new EnumMap<>(Type.class);
  private final LoopPlans plans;
  private final Forgetting forgetting;
  private final Cost insns = new Cost(0);
  private final Cost branches = new Cost(0);
  private List<Variable> changed = List.of();
  private boolean ungranted;
  private long settled;
  private long budgetInsns;
  private long budgetBranches;

  /// A loop that is being translated.
  ///
  /// @param before the block that enters it
  /// @param conditions how many ways out of it its condition has that stands before its body
  /// @param bounded whether it is known already that it needs no budget
  /// @param demanding loops in it that stay in their places, if it does: a verifier could not
  ///   follow them without knowing numbers
  /// @param budgeted loops in it that make do with a budget
  record Open(
      Draft before,
      int conditions,
      boolean bounded,
      Cost insns,
      Cost saved,
      Cost branches,
      Set<Origin> demanding,
      Set<Origin> budgeted) {

    Open with(int conditionsBefore) {
      return new Open(
          before, conditionsBefore, bounded, insns, saved, branches, demanding, budgeted);
    }

    Open asBounded() {
      return new Open(before, conditions, true, insns, saved, branches, demanding, budgeted);
    }
  }

  Loops(Body body) {
    this.body = body;
    this.code = body.code;
    this.plans = new LoopPlans(body);
    this.forgetting = new Forgetting(body, this);
  }

  /// Sets the budgets, now that all loops are known.
  void settle() {
    long calls = body.role() == Function.Role.SUBPROGRAM ? EXPECTED_CALLS : 1;
    long affordable =
        Math.min(
            insnShare() / calls / Math.max(budgetInsns, 1),
            BRANCH_SHARE / calls / Math.max(budgetBranches, 1));
    settled = Long.highestOneBit(Math.max(affordable, MIN_BUDGET));
    if (settled < LEAST_BUDGET && body.scope.minKernel().isEmpty()) {
      body.scope.demand(budgeted);
    }
    budgets.forEach((value, block) -> code.ssa().settle(block, value, settled));
  }

  private long insnShare() {
    return Math.clamp(ALL_INSNS - plans.spent(), MIN_INSN_SHARE, INSN_SHARE);
  }

  /// What the verifier spends on the function that has come of it.
  Effort effort(Function function) {
    Set<Integer> aborts =
        function.blocks().stream()
            .filter(block -> block.terminator() instanceof Terminator.Abort)
            .map(Block::id)
            .collect(Collectors.toSet());
    long parting =
        function.blocks().stream()
            .map(Block::terminator)
            .filter(Terminator.Branch.class::isInstance)
            .filter(end -> end.edges().stream().noneMatch(e -> aborts.contains(e.block())))
            .count();
    return new Effort(
        insns.round(code.ssa().cost()) + settled * budgetInsns,
        branches.round(parting + code.ssa().called()) + settled * budgetBranches);
  }

  /// Whether a loop is open whose end is seen.
  boolean isInsideBounded() {
    return open.stream().anyMatch(Open::bounded);
  }

  /// Whether a loop is open.
  boolean isInside() {
    return !open.isEmpty();
  }

  private void enter(Draft head) {
    SsaBuilder ssa = code.ssa();
    open.push(
        new Open(
            ssa.current(),
            0,
            false,
            new Cost(ssa.cost()),
            new Cost(ssa.saved()),
            new Cost(ssa.called()),
            new LinkedHashSet<>(),
            new LinkedHashSet<>()));
    code.ssa().jump(head);
    code.ssa().enter(head);
  }

  void whileLoop(Stmt.While stmt, Set<String> labels) {
    loop(Optional.of(stmt.condition()), List.of(), stmt.body(), labels, stmt.span(), List.of());
  }

  void forLoop(Stmt.For stmt, Set<String> labels) {
    stmt.init().forEach(body.statements::run);
    loop(stmt.condition(), stmt.update(), stmt.body(), labels, stmt.span(), Counter.of(body, stmt));
  }

  /// Runs code so many times, with the number of the round; counting down if `fromEnd`.
  void repeat(int rounds, boolean fromEnd, Span span, Consumer<Value> round) {
    SsaBuilder ssa = code.ssa();
    if (ssa.isDead()) {
      return;
    }
    Draft head = ssa.newBlock();
    Draft exit = ssa.newBlock();
    Draft inside = ssa.newBlock();
    Variable counter = new Variable(Type.I32);
    ssa.write(counter, code.i32(fromEnd ? rounds - 1 : 0));
    enter(head);
    Value number = ssa.read(counter);
    if (fromEnd) {
      ssa.branch(CompareOp.SGE, number, code.i32(0), inside, exit);
    } else {
      ssa.branch(CompareOp.SLT, number, code.i32(rounds), inside, exit);
    }
    ssa.enterSealed(inside);
    open.push(open.pop().with(exit.arrivals().size()).asBounded());
    round.accept(code.refine(number, new Fact.Range(0, rounds - 1)));
    ssa.write(counter, code.binary(BinaryOp.ADD, ssa.read(counter), fromEnd ? -1 : 1));
    again(head, exit, span);
    leave(exit);
  }

  private void loop(
      Optional<Expr> condition,
      List<Expr> update,
      Stmt inner,
      Set<String> labels,
      Span span,
      List<Counter> counters) {
    if (code.ssa().isDead()) {
      return;
    }
    Draft head = code.ssa().newBlock();
    Draft exit = code.ssa().newBlock();
    Draft next = code.ssa().newBlock();
    enter(head);
    test(condition, exit);
    open.push(open.pop().with(exit.arrivals().size()));
    for (Counter each : counters) {
      if (each.promise(code.ssa(), head, counters)) {
        open.push(open.pop().asBounded());
      }
    }
    body(inner, labels, exit, next);
    code.ssa().jump(next);
    code.ssa().enterSealed(next);
    update.forEach(body.expressions::run);
    again(head, exit, span);
    leave(exit);
  }

  void doWhile(Stmt.DoWhile stmt, Set<String> labels) {
    if (code.ssa().isDead()) {
      return;
    }
    Draft head = code.ssa().newBlock();
    Draft exit = code.ssa().newBlock();
    Draft condition = code.ssa().newBlock();
    enter(head);
    body(stmt.body(), labels, exit, condition);
    code.ssa().jump(condition);
    code.ssa().enterSealed(condition);
    test(Optional.of(stmt.condition()), exit);
    again(head, exit, stmt.span());
    leave(exit);
  }

  /// A loop of which an iterator gives the rounds.
  ///
  /// @param step begins a round: goes on in it, or to the exit
  void iterated(Draft exit, Runnable step, Stmt inner, Set<String> labels, Span span) {
    if (code.ssa().isDead()) {
      return;
    }
    Draft head = code.ssa().newBlock();
    Draft next = code.ssa().newBlock();
    enter(head);
    open.push(open.pop().asBounded());
    step.run();
    body(inner, labels, exit, next);
    code.ssa().jump(next);
    code.ssa().enterSealed(next);
    again(head, exit, span, Optional.of(new LoopPlan.Iterated()));
    leave(exit);
  }

  /// Goes on behind the condition, or to the exit.
  private void test(Optional<Expr> condition, Draft exit) {
    if (condition.isPresent()) {
      Draft inside = code.ssa().newBlock();
      body.conditions.branch(condition.get(), inside, exit);
      code.ssa().enterSealed(inside);
    }
  }

  private void body(Stmt stmt, Set<String> labels, Draft exit, Draft next) {
    body.frame().push(new Frame.Target(labels, true, exit, Optional.of(next)));
    body.statements.run(stmt);
    body.frame().pop();
  }

  /// Closes the loop: back to its head, as long as rounds are granted if its end is not seen.
  private void again(Draft head, Draft exit, Span span) {
    again(head, exit, span, Optional.empty());
  }

  /// @param planned how the loop ends, if that is known
  private void again(Draft head, Draft exit, Span span, Optional<LoopPlan> planned) {
    body.at(span);
    Open loop = open.pop();
    if (code.ssa().isDead()) {
      close(loop, 0, 0);
      code.ssa().jump(head);
      code.ssa().seal(head);
      return;
    }
    Rounds blocks = new Rounds(head, code.ssa().current());
    LoopPlan plan = planned.orElseGet(() -> plans.of(head, exit, loop, blocks, span));
    boolean nested = loop.insns().budgeted() > 0 || isInside();
    switch (plan) {
      case LoopPlan.Plain(long most, boolean counted) -> {
        close(loop, most, blocks.parting(true));
        if (counted) {
          Variable left = new Variable(Type.I32);
          code.ssa().settle(loop.before(), code.ssa().writeLater(loop.before(), left), most);
          spend(left);
        }
        code.ssa().jump(head);
        forgetting.at(head, Forgetting.What.PATHS_CHANGE);
        changed = most > FEW_ROUNDS ? forgetting.changed(head) : List.of();
      }
      case LoopPlan.Budgeted _ -> {
        Variable spent = granted(loop);
        loop.budgeted().add(body.frame().origin(span));
        closeBudgeted(loop, blocks.parting(false));
        spend(spent);
        code.ssa().jump(head);
        forgetting.at(
            head, nested ? Forgetting.What.A_ROUND_CHANGES : Forgetting.What.PATHS_CHANGE);
        changed = nested ? List.of() : forgetting.changed(head);
      }
      case LoopPlan.Iterated _ -> {
        close(loop, LoopPlans.ROUNDS_OF_A_GRANTED_LOOP, blocks.parting(false));
        code.ssa().jump(head);
        forgetting.at(head, Forgetting.What.A_ROUND_CHANGES);
      }
      case LoopPlan.Granted(LoopForm form) -> {
        close(loop, LoopPlans.ROUNDS_OF_A_GRANTED_LOOP, blocks.parting(false));
        Draft exhausted = code.ssa().newBlock();
        code.ssa().again(form, head, exhausted);
        code.ssa().enterSealed(exhausted);
        code.ssa().abort(AbortReason.LOOP_BUDGET);
        forgetting.at(head, Forgetting.What.A_ROUND_CHANGES);
      }
    }
    code.ssa().seal(head);
  }

  private void close(Open loop, long rounds, long parting) {
    loop.insns().close(code.ssa().cost(), rounds);
    loop.saved().close(code.ssa().saved(), rounds);
    loop.branches().close(parting + code.ssa().called(), rounds);
    add(loop);
  }

  private void closeBudgeted(Open loop, long parting) {
    long now = code.ssa().cost();
    boolean often = parting > 0 && loop.insns().round(now) <= SHORT_ROUND;
    loop.insns().closeBudgeted(now, often ? PATHS_OF_A_SHORT_ROUND : PATHS);
    loop.saved().closeBudgeted(code.ssa().saved(), 1);
    loop.branches().closeBudgeted(parting + code.ssa().called(), 1);
    add(loop);
  }

  /// Adds the costs of a loop to those of what is around it.
  private void add(Open loop) {
    if (!open.isEmpty()) {
      open.element().insns().contains(loop.insns());
      open.element().saved().contains(loop.saved());
      open.element().branches().contains(loop.branches());
      open.element().demanding().addAll(loop.demanding());
      open.element().budgeted().addAll(loop.budgeted());
      return;
    }
    insns.contains(loop.insns());
    branches.contains(loop.branches());
    plans.spend(loop.insns().total() - loop.saved().total(), loop.branches().total());
    budgeted.addAll(loop.budgeted());
    budgetInsns += loop.insns().budgeted();
    budgetBranches += loop.branches().budgeted();
    if (ungranted) {
      grant(loop, budget);
    }
  }

  /// The budget that a loop spends: one of its own if its end is near, or else that of all, which
  /// is granted where no other loop around it spends it.
  private Variable granted(Open loop) {
    Variable spent = loop.bounded() ? new Variable(Type.I32) : budget;
    if (loop.bounded() || open.stream().allMatch(Open::bounded)) {
      grant(loop, spent);
    } else {
      ungranted = true;
    }
    return spent;
  }

  /// A loop begins with a budget.
  private void grant(Open loop, Variable rounds) {
    budgets.put(code.ssa().writeLater(loop.before(), rounds), loop.before());
    ungranted &= rounds != budget;
  }

  /// Takes a round from a budget, and aborts when there is none left.
  private void spend(Variable rounds) {
    Value left = code.ssa().read(rounds);
    code.ssa().check(CompareOp.NE, left, code.i32(0), AbortReason.LOOP_BUDGET);
    code.ssa().write(rounds, code.binary(BinaryOp.SUB, left, 1));
  }

  /// Goes on behind a loop.
  private void leave(Draft exit) {
    List<Variable> before = changed;
    changed = List.of();
    code.ssa().enterSealed(exit);
    forgetting.behind(before);
  }

  /// Zero, in memory that the verifier takes to be anything.
  Value zero(Type type) {
    if (!zeroes.containsKey(type)) {
      GlobalLayout.Placement at =
          body.scope
              .globals()
              .zero()
              .orElseThrow(() -> new CompilerBug("a loop branches, and there is no zero"));
      Value address = code.ssa().newValue(Type.PTR);
      Value number = code.ssa().newValue(type);
      MemorySize size = type == Type.I32 ? MemorySize.W : MemorySize.DW;
      Origin origin = code.ssa().origin();
      code.ssa().addFirst(new Inst.Load(number, size, false, address, 0, Region.ANY, origin));
      code.ssa().addFirst(new Inst.GlobalAddress(address, at.section(), at.offset(), origin));
      zeroes.put(type, number);
    }
    return zeroes.get(type);
  }
}
