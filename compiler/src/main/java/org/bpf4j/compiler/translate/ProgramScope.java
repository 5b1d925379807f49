package org.bpf4j.compiler.translate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bpf4j.btf.BtfNames;
import org.bpf4j.compiler.ast.Declaration.Accessor;
import org.bpf4j.compiler.ast.Declaration.ViewDecl;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Extension;
import org.bpf4j.compiler.ast.GlobalLayout;
import org.bpf4j.compiler.ast.Layouts;
import org.bpf4j.compiler.ast.Library;
import org.bpf4j.compiler.ast.MapFamily;
import org.bpf4j.compiler.ast.Program;
import org.bpf4j.compiler.ast.Symbols;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.ast.Unit.FunctionRef;
import org.bpf4j.compiler.ast.Walk;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Origin;
import org.bpf4j.compiler.ssa.Requirement;
import org.bpf4j.compiler.ssa.Terminator;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.object.ProgramResult;
import org.bpf4j.object.WritableMember;

/// What the functions of one kernel program share: declarations, names and layouts, and the
/// subprograms that calls become.
///
/// A callee is a subprogram if it only takes and gives numbers, is called more than once, is worth
/// a call, and, as its translation shows, cannot abort: only a program can.
final class ProgramScope {

  /// Arguments are passed in `r1` to `r5`.
  private static final int MAX_ARGUMENTS = 5;

  /// Smaller bodies cost less than a call: five registers saved, and what the caller forgets.
  private static final int SMALL = 24;

  /// `MAX_CALL_FRAMES` is 8; one is the program's, one is left for callbacks.
  private static final int MAX_DEPTH = 6;

  private record Subprogram(Function function, int depth) {}

  private final Program program;
  private final ProgramKind kind;
  private final boolean sleepable;
  private final String name;
  private final Layouts layouts;
  private final Shapes shapes;
  private final GlobalLayout globals;
  private final Symbols symbols;
  private final Map<FunctionRef, Unit.Function> functions = new HashMap<>();
  private final Map<FunctionRef, Integer> calls = new HashMap<>();
  private final Map<FunctionRef, Boolean> takesContext = new HashMap<>();
  private final Map<FunctionRef, Optional<Subprogram>> subprograms = new HashMap<>();
  private final Set<FunctionRef> open = new HashSet<>();
  private final Set<String> asked = new HashSet<>();
  private final Set<Type.EnumType> nullEnums = new HashSet<>();
  private final Map<String, Subprogram> callbacks = new HashMap<>();
  private final Map<String, Effort> efforts = new HashMap<>();
  private final LoopChoice loops;
  private final Set<Origin> demanded = new HashSet<>();
  private Requirement requirement = Requirement.CORE;

  /// @param kind the kernel program's kind
  /// @param sleepable whether it may sleep
  /// @param name its name, with which names of callbacks begin
  /// @param loops which loops may become functions
  ProgramScope(
      Program program,
      ProgramKind kind,
      boolean sleepable,
      String name,
      GlobalLayout globals,
      Symbols symbols,
      LoopChoice loops) {
    this.program = program;
    this.kind = kind;
    this.sleepable = sleepable;
    this.name = name;
    this.globals = globals;
    this.symbols = symbols;
    this.loops = loops;
    layouts = new Layouts(program.declarations());
    shapes = new Shapes(layouts);
    for (Unit.Function function : program.functions()) {
      functions.put(function.ref(), function);
      Walk.expressions(
          function.body(),
          expr -> {
            if (expr instanceof Expr.Call call) {
              calls.merge(call.function(), 1, Integer::sum);
            } else if (expr instanceof Expr.LibraryCall call
                && call.method() == Library.KERNEL_HAS
                && call.arguments().getFirst() instanceof Expr.Text symbol) {
              asked.add(symbol.value());
            } else if (expr instanceof Expr.Convert(Expr.Null _, Type.EnumType type, _)) {
              nullEnums.add(type);
            }
          });
    }
  }

  /// Whether some program asks if the kernel has a function or variable of that name.
  boolean asksFor(String symbol) {
    return asked.contains(symbol);
  }

  Layouts layouts() {
    return layouts;
  }

  Shapes shapes() {
    return shapes;
  }

  GlobalLayout globals() {
    return globals;
  }

  Symbols symbols() {
    return symbols;
  }

  ProgramKind kind() {
    return kind;
  }

  /// The oldest kernel to support, if the user says.
  Optional<KernelVersion> minKernel() {
    return program.unit().options().flatMap(Unit.Options::minKernel);
  }

  /// Whether functions of the kernel for GPL-compatible programs may be called.
  boolean sleepable() {
    return sleepable;
  }

  /// Whether its licence lets it call what is for GPL-compatible programs.
  boolean isGplCompatible() {
    return program.unit().options().map(Unit.Options::isGplCompatible).orElse(false);
  }

  /// Whether every kernel that the program is for is at least that one.
  boolean allows(KernelVersion version) {
    return minKernel().map(least -> least.compareTo(version) >= 0).orElse(false);
  }

  /// Whether the loop there may become a function that is called back.
  boolean mayOutline(Origin loop) {
    return loops.mayOutline(loop);
  }

  /// Whether the loop there must not stay in its place if it need not.
  boolean isDemanded(Origin loop) {
    return loops.demanded().contains(loop);
  }

  /// Demands that loops become functions.
  void demand(Set<Origin> more) {
    more.stream().filter(loop -> !isDemanded(loop)).forEach(demanded::add);
  }

  /// The loops of which that was not known when the translation began.
  Set<Origin> demanded() {
    return demanded;
  }

  /// Notes what the program needs of a kernel, beyond what its instructions say.
  void require(Requirement another) {
    requirement = requirement.max(another);
  }

  /// Notes that the program may return an action, which not every kernel may know.
  void requireAction(String type, long value, Origin place) {
    if (kind().result() instanceof ProgramResult.Action action
        && type.endsWith("." + action.type())) {
      KernelVersion since =
          action.newer().getOrDefault(Math.toIntExact(value), KernelVersion.FLOOR);
      require(new Requirement(since, "this action of " + action.type(), Optional.of(place)));
    }
  }

  /// Notes that the program writes a member of a kernel struct, which some kernels let it read
  /// only.
  void requireWritable(ViewDecl view, Accessor accessor, Origin place) {
    String operations =
        program.unit().options().flatMap(Unit.Options::operations).orElseThrow().type();
    String struct = BtfNames.essential(view.kernelType());
    accessor.paths().stream()
        .flatMap(path -> WritableMember.of(operations, struct, path).stream())
        .map(WritableMember::since)
        .forEach(since -> require(new Requirement(since, "such writes", Optional.of(place))));
  }

  Requirement required() {
    return requirement;
  }

  Unit.Function function(FunctionRef ref) {
    Unit.Function function = functions.get(ref);
    if (function == null) {
      throw new CompilerBug("no function " + ref);
    }
    return function;
  }

  Unit.Global global(String owner, String name) {
    return program.globals().stream()
        .filter(global -> global.owner().equals(owner) && global.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new CompilerBug("no global " + owner + "." + name));
  }

  /// The oldest kernels that let the program use each map, by symbol.
  Map<String, Requirement> mapFloors() {
    Map<String, Requirement> floors = new HashMap<>();
    for (Unit.MapDeclaration map : program.maps()) {
      floors.put(symbols.map(map.owner(), map.name()), MapFloor.of(map, program, sleepable));
    }
    return floors;
  }

  /// The pages of the program's arena, of which it has one at most.
  int arenaPages() {
    return program.maps().stream()
        .filter(map -> map.type().form().family() == MapFamily.ARENA)
        .mapToInt(Unit.MapDeclaration::size)
        .findFirst()
        .orElseThrow(() -> new CompilerBug("no arena"));
  }

  /// Whether a value of that enum may be null: maps give such values, and code that says `null`.
  boolean mayBeNull(Type.EnumType type) {
    return nullEnums.contains(type)
        || program.maps().stream()
            .anyMatch(map -> map.type().value().equals(type) && !map.type().form().neverNull());
  }

  /// The name of the subprogram that calls of a function go to; empty if they are inlined.
  Optional<String> subprogram(Unit.Function callee) {
    Optional<Subprogram> known = subprograms.get(callee.ref());
    if (known == null) {
      if (!(isGlobal(callee) || isCandidate(callee)) || !open.add(callee.ref())) {
        return Optional.empty();
      }
      Function function = Translator.subprogram(this, callee);
      open.remove(callee.ref());
      known =
          Optional.of(new Subprogram(function, depth(function)))
              .filter(subprogram -> isGlobal(callee) || isUsable(subprogram));
      subprograms.put(callee.ref(), known);
    }
    return known.map(subprogram -> subprogram.function().name());
  }

  /// Notes what the verifier spends on a function, by the name of its symbol.
  void spends(String symbol, Effort effort) {
    efforts.put(symbol, effort);
  }

  /// What the verifier spends on a call of a function.
  Effort effort(String symbol) {
    return efforts.getOrDefault(symbol, Effort.NONE);
  }

  /// Whether a function is verified on its own, and so never inlined.
  static boolean isGlobal(Unit.Function function) {
    return Extension.is(function)
        || function.role() instanceof Unit.Role.Callee(boolean global) && global;
  }

  /// Whether the function of that name may abort.
  boolean aborts(String symbol) {
    return called(symbol)
        .flatMap(function -> function.blocks().stream())
        .anyMatch(block -> block.terminator() instanceof Terminator.Abort);
  }

  /// Whether the function of that name, or one that it calls, is verified on its own.
  boolean isGlobalOrCallsSuch(String symbol) {
    return called(symbol)
        .anyMatch(
            function ->
                function.role() == Function.Role.GLOBAL
                    || function.blocks().stream()
                        .flatMap(block -> block.insts().stream())
                        .anyMatch(
                            inst ->
                                inst instanceof Inst.CallFunction call
                                    && isGlobalOrCallsSuch(call.function())));
  }

  /// The function of that name, if it has been translated.
  private Stream<Function> called(String symbol) {
    return subprograms.values().stream()
        .flatMap(Optional::stream)
        .map(Subprogram::function)
        .filter(function -> function.name().equals(symbol));
  }

  /// A name for another callback.
  String callbackName() {
    return name + "_callback" + (callbacks.size() + 1);
  }

  /// Takes in a function that the kernel calls back.
  void addCallback(Function callback) {
    callbacks.put(callback.name(), new Subprogram(callback, depth(callback)));
  }

  private boolean isCandidate(Unit.Function callee) {
    int[] weight = {0};
    Walk.expressions(callee.body(), _ -> weight[0]++);
    return !takesContext(callee)
        && calls.getOrDefault(callee.ref(), 0) > 1
        && weight[0] > SMALL
        && callee.parameters().size() <= MAX_ARGUMENTS
        && callee.parameters().stream().allMatch(parameter -> isNumber(parameter.type()))
        && (isNumber(callee.result()) || callee.result() == Type.Special.VOID);
  }

  /// Whether the function or what it calls needs the program's context, which only inlined code
  /// has. Asked once for each function, since the ways through calls can double with each; what
  /// calls itself is refused elsewhere.
  private boolean takesContext(Unit.Function function) {
    Boolean known = takesContext.get(function.ref());
    if (known != null) {
      return known;
    }
    boolean[] found = {false};
    takesContext.put(function.ref(), false);
    Walk.expressions(
        function.body(),
        expr -> {
          switch (expr) {
            case Expr.LibraryCall call -> found[0] |= call.method().takesContext();
            case Expr.KernelCall call -> found[0] |= call.function().takesContext();
            case Expr.Call call -> found[0] |= takesContext(function(call.function()));
            default -> {}
          }
        });
    takesContext.put(function.ref(), found[0]);
    return found[0];
  }

  private static boolean isNumber(Type type) {
    return type instanceof Type.Primitive || type instanceof Type.EnumType;
  }

  /// What holds RCU is inlined: where it is called, RCU may be held already, and most kernels do
  /// not count how often.
  private boolean isUsable(Subprogram subprogram) {
    return subprogram.depth() <= MAX_DEPTH
        && subprogram.function().blocks().stream()
            .flatMap(block -> block.insts().stream())
            .noneMatch(Sections::holdsRcu)
        && subprogram.function().blocks().stream()
            .noneMatch(block -> block.terminator() instanceof Terminator.Abort);
  }

  private Subprogram callback(String symbol) {
    Subprogram callback = callbacks.get(symbol);
    if (callback == null) {
      throw new CompilerBug("no callback " + symbol);
    }
    return callback;
  }

  private int depth(Function function) {
    return 1 + callees(function).stream().mapToInt(Subprogram::depth).max().orElse(0);
  }

  private List<Subprogram> callees(Function function) {
    List<Subprogram> callees = new ArrayList<>();
    for (Block block : function.blocks()) {
      for (Inst inst : block.insts()) {
        switch (inst) {
          case Inst.CallFunction call ->
              subprograms.values().stream()
                  .flatMap(Optional::stream)
                  .filter(other -> other.function().name().equals(call.function()))
                  .forEach(callees::add);
          case Inst.FunctionAddress address -> callees.add(callback(address.function()));
          default -> {}
        }
      }
    }
    return callees;
  }

  /// The main function, and every subprogram that it reaches, sorted by name.
  List<Function> reachable(Function main) {
    Map<String, Function> found = new TreeMap<>();
    List<Function> open = new ArrayList<>(List.of(main));
    while (!open.isEmpty()) {
      for (Subprogram callee : callees(open.removeLast())) {
        if (found.put(callee.function().name(), callee.function()) == null) {
          open.add(callee.function());
        }
      }
    }
    List<Function> all = new ArrayList<>(List.of(main));
    all.addAll(found.values());
    return all;
  }
}
