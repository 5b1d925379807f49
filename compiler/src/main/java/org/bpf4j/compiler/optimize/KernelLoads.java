package org.bpf4j.compiler.optimize;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.bpf4j.compiler.analyze.KernelPointers;
import org.bpf4j.compiler.analyze.KernelRead;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.Definitions;
import org.bpf4j.compiler.ssa.Fact;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Inst.BinaryOp;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Inst.CoreAccess;
import org.bpf4j.compiler.ssa.Inst.UnaryOp;
import org.bpf4j.compiler.ssa.Numbers;
import org.bpf4j.compiler.ssa.Origin;
import org.bpf4j.compiler.ssa.Program;
import org.bpf4j.compiler.ssa.Region;
import org.bpf4j.compiler.ssa.Terminator;
import org.bpf4j.compiler.ssa.Terminator.Edge;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.object.CoreRelocation.Kind;
import org.bpf4j.object.ProgramKind;

/// Reads kernel structs by loads where the kernel knows what lies at an address.
///
/// Such a load gives zeroes where the address faults, as the helper does that it takes the place
/// of. Verifiers want a test first of what may be null, of more and more members from release to
/// release; so what is not surely there is tested, and null reads as zeroes. Whether a member
/// points to what the program says only the running kernel's types tell: if not, the helper reads.
/// The answer is a constant when the program is loaded, and what it excludes is no part of it then.
final class KernelLoads {

  /// What the path of a member begins with that lies in a struct without a name.
  private static final String UNNAMED = ".";

  private final ProgramKind kind;
  private final Function function;
  private final Definitions definitions;
  private final Map<String, KernelPointers> all;
  private final KernelPointers pointers;
  private final NullTests tests;
  private final Numbers numbers;
  private final Substitution numbersAnyway = new Substitution();
  private final List<Block> blocks = new ArrayList<>();

  static Program run(Program program) {
    Map<String, KernelPointers> pointers = KernelPointers.of(program);
    return program.withFunctions(
        program.functions().stream()
            .map(function -> new KernelLoads(function, program.kind(), pointers).run())
            .toList());
  }

  private KernelLoads(Function function, ProgramKind kind, Map<String, KernelPointers> all) {
    this.kind = kind;
    this.function = function;
    this.definitions = Definitions.of(function);
    this.all = all;
    this.pointers = KernelPointers.in(all, function.name());
    this.tests = new NullTests(function, definitions);
    this.numbers = Numbers.after(function);
  }

  private Function run() {
    function.blocks().forEach(block -> new Rewriting(block).run());
    return numbersAnyway.apply(function.withBlocks(blocks));
  }

  /// Whether an address that the kernel vouches for is one for sure where a block uses it:
  /// functions that are traced are taken to get what they ask for.
  private boolean isThere(Value base, Block block) {
    return isThere(base) || tests.isPassed(base, block.id());
  }

  private boolean isThere(Value base) {
    return switch (definitions.of(definitions.unrefined(base)).orElse(null)) {
      case Inst.Unary i when i.op() == UnaryOp.ADDRESS -> isThere(i.operand());
      case Inst.Load _ -> kind.isTraced();
      case Inst.CallKernel i -> !i.function().mayGiveNull();
      case null, default -> false;
    };
  }

  /// A block on its way to become several.
  private final class Rewriting {
    private final Block block;
    private int id;
    private List<Value> parameters;
    private List<Inst> insts = new ArrayList<>();

    Rewriting(Block block) {
      this.block = block;
      this.id = block.id();
      this.parameters = block.parameters();
    }

    void run() {
      for (int i = 0; i < block.insts().size(); i++) {
        Inst inst = block.insts().get(i);
        KernelRead read = KernelRead.at(block, i, definitions).orElse(null);
        if (read != null
            && pointers.read(read.load().result()).isPresent()
            && pointers.conditions(read.base()).isPresent()) {
          read(read, pointers.conditions(read.base()).get());
          i++;
        } else {
          rewrite(inst);
        }
      }
      end(leave(block.terminator()));
    }

    private void rewrite(Inst inst) {
      switch (inst) {
        case Inst.Binary add when movesWhatMayBeNull(add) -> member(add);
        case Inst.Unary i when i.op() == UnaryOp.NUMBER && pointers.isNumber(i.operand()) ->
            numbersAnyway.replace(i.result(), i.operand());
        case Inst.CallFunction i -> {
          KernelPointers callee = KernelPointers.in(all, i.function());
          List<Value> arguments =
              handedOver(i.arguments(), callee.parameters(), callee, i.origin());
          insts.add(new Inst.CallFunction(i.result(), i.function(), arguments, i.origin()));
        }
        default -> insts.add(inst);
      }
    }

    private Terminator leave(Terminator terminator) {
      return switch (terminator) {
        case Terminator.Jump t -> new Terminator.Jump(edge(t.target(), t.origin()), t.origin());
        case Terminator.Branch t ->
            new Terminator.Branch(
                t.op(),
                t.left(),
                t.right(),
                edge(t.then(), t.origin()),
                edge(t.otherwise(), t.origin()),
                t.origin());
        case Terminator.Again t ->
            new Terminator.Again(
                t.form(), edge(t.body(), t.origin()), edge(t.exhausted(), t.origin()), t.origin());
        case Terminator.Return t ->
            new Terminator.Return(
                t.value().map(v -> pointers.losesWhatItIs(v) ? asNumber(v, t.origin()) : v),
                t.origin());
        case Terminator.Abort t -> t;
      };
    }

    private Edge edge(Edge edge, Origin at) {
      List<Value> targets = pointers.parameters(edge.block());
      return new Edge(edge.block(), handedOver(edge.arguments(), targets, pointers, at));
    }

    private List<Value> handedOver(
        List<Value> arguments, List<Value> targets, KernelPointers to, Origin at) {
      List<Value> handed = new ArrayList<>();
      for (int i = 0; i < arguments.size(); i++) {
        Value argument = arguments.get(i);
        handed.add(
            to.losesWhatItIs(pointers, argument, targets.get(i))
                ? asNumber(argument, at)
                : argument);
      }
      return handed;
    }

    private Value asNumber(Value address, Origin at) {
      Value number = numbers.value(Type.I64);
      insts.add(new Inst.Unary(number, UnaryOp.NUMBER, address, at));
      return number;
    }

    private void end(Terminator terminator) {
      blocks.add(new Block(id, parameters, insts, terminator));
    }

    private void begin(int next, List<Value> with) {
      id = next;
      parameters = with;
      insts = new ArrayList<>();
    }

    /// The verifier moves no address that may be null.
    private boolean movesWhatMayBeNull(Inst.Binary add) {
      return add.op() == BinaryOp.ADD
          && definitions.of(add.right()).orElse(null) instanceof Inst.CoreConst
          && pointers.conditions(add.left()).isPresent()
          && !isThere(add.left(), block);
    }

    /// The address of a member, or null.
    private void member(Inst.Binary add) {
      Origin at = add.origin();
      int there = numbers.block();
      int absent = numbers.block();
      int join = numbers.block();
      branch(add.left(), there, absent, at);
      begin(there, List.of());
      Value moved = numbers.value(Type.I64);
      insts.add(new Inst.Binary(moved, BinaryOp.ADD, add.left(), add.right(), at));
      jump(join, moved, at);
      begin(absent, List.of());
      jump(join, number(0, at), at);
      begin(join, List.of(add.result()));
    }

    private void read(KernelRead read, SortedSet<Fact.Member> conditions) {
      Origin at = read.call().origin();
      int probe = numbers.block();
      int join = numbers.block();
      for (Fact.Member member : conditions) {
        int inner = numbers.block();
        int next = numbers.block();
        branch(core(Kind.TYPE_MATCHES, member.view(), member.path(), at), next, inner, at);
        begin(inner, List.of());
        branch(
            core(Kind.TYPE_MATCHES, member.view(), UNNAMED + member.path(), at), next, probe, at);
        begin(next, List.of());
      }
      if (!isThere(read.base(), block)) {
        int there = numbers.block();
        int absent = numbers.block();
        branch(read.base(), there, absent, at);
        begin(absent, List.of());
        Value zero = numbers.value(read.load().result().type());
        insts.add(new Inst.Const(zero, 0, at));
        jump(join, zero, at);
        begin(there, List.of());
      }
      jump(join, load(read, at), at);
      if (!conditions.isEmpty()) {
        begin(probe, List.of());
        jump(join, probe(read, at), at);
      }
      begin(join, List.of(read.load().result()));
    }

    private Value load(KernelRead read, Origin at) {
      Value address = numbers.value(Type.PTR);
      insts.add(new Inst.Unary(address, UnaryOp.POINTER, read.base(), at));
      for (CoreAccess step : read.path()) {
        Value member = numbers.value(Type.PTR);
        Value offset = core(step.kind(), step.view(), step.path(), at);
        insts.add(new Inst.PtrAdd(member, address, offset, at));
        address = member;
      }
      Inst.Load load = read.load();
      Value result = numbers.value(load.result().type());
      insts.add(new Inst.Load(result, load.size(), load.signed(), address, 0, Region.KERNEL, at));
      return result;
    }

    private Value probe(KernelRead read, Origin at) {
      Value address = asNumber(read.base(), at);
      for (CoreAccess step : read.path()) {
        Value member = numbers.value(Type.I64);
        Value offset = core(step.kind(), step.view(), step.path(), at);
        insts.add(new Inst.Binary(member, BinaryOp.ADD, address, offset, at));
        address = member;
      }
      List<Value> arguments = new ArrayList<>(read.call().arguments());
      arguments.set(2, address);
      insts.add(new Inst.CallKernel(read.call().result(), read.call().function(), arguments, at));
      Inst.Load load = read.load();
      Value result = numbers.value(load.result().type());
      insts.add(
          new Inst.Load(
              result, load.size(), load.signed(), load.base(), 0, load.region(), load.origin()));
      return result;
    }

    private Value core(Kind question, String view, String path, Origin at) {
      Value answer = numbers.value(Type.I64);
      insts.add(new Inst.CoreConst(answer, new CoreAccess(question, view, path), at));
      return answer;
    }

    private Value number(long number, Origin at) {
      Value value = numbers.value(Type.I64);
      insts.add(new Inst.Const(value, number, at));
      return value;
    }

    private void branch(Value tested, int ifSo, int otherwise, Origin at) {
      Value zero = number(0, at);
      end(new Terminator.Branch(CompareOp.NE, tested, zero, Edge.to(ifSo), Edge.to(otherwise), at));
    }

    private void jump(int target, Value argument, Origin at) {
      end(new Terminator.Jump(new Edge(target, List.of(argument)), at));
    }
  }
}
