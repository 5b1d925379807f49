package org.bpf4j.compiler.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bpf4j.compiler.machine.MachineInsn.Base;
import org.bpf4j.compiler.machine.MachineInsn.Source;
import org.bpf4j.compiler.machine.MachineInsn.Symbol;
import org.bpf4j.compiler.ssa.Inst.CoreAccess;
import org.bpf4j.compiler.ssa.Origin;
import org.bpf4j.isa.Insn.AluOp;
import org.bpf4j.isa.Insn.AtomicOp;
import org.bpf4j.isa.Insn.JumpOp;
import org.bpf4j.isa.MemorySize;
import org.bpf4j.isa.Width;
import org.bpf4j.object.CoreRelocation;
import org.bpf4j.object.KernelFunction;
import org.bpf4j.object.Kfunc;
import org.bpf4j.object.KfuncType;

/// One instruction's text being read.
final class InsnText<R extends Register> {

  private static final Pattern PLACE = Pattern.compile("\\[(\\w+) ([+-]) (\\d+)]");
  private static final Pattern CALL = Pattern.compile("(\\S+)\\((.*)\\)");
  private static final Pattern SIZED = Pattern.compile("([a-z]+)(32|64)");

  private final String mnemonic;
  private final List<String> operands = new ArrayList<>();
  private final Origin origin;
  private final Function<String, R> register;

  InsnText(String text, Origin origin, Function<String, R> register) {
    int space = text.indexOf(' ');
    this.mnemonic = space < 0 ? text : text.substring(0, space);
    this.origin = origin;
    this.register = register;
    String rest = space < 0 ? "" : text.substring(space + 1);
    while (!rest.isEmpty()) {
      int comma = rest.indexOf(", ");
      boolean last = comma < 0 || isCall() && operands.size() == 1;
      operands.add(last ? rest : rest.substring(0, comma));
      rest = last ? "" : rest.substring(comma + 2);
    }
  }

  private boolean isCall() {
    return mnemonic.equals("helper") || mnemonic.equals("call");
  }

  /// Reads it; one line per mnemonic.
  MachineInsn<R> insn() {
    String[] parts = mnemonic.split("\\.", -1);
    return switch (parts[0]) {
      case "be16", "be32", "be64" ->
          new MachineInsn.ToBigEndian<>(
              Integer.parseInt(parts[0].substring(2)), register(0), origin);
      case "arena", "shared" ->
          new MachineInsn.ArenaCast<>(parts[0].equals("shared"), register(0), register(1), origin);
      case "load" ->
          new MachineInsn.Load<>(size(parts[1]), register(0), base(1), offset(1), origin);
      case "store" ->
          new MachineInsn.Store<>(size(parts[1]), base(0), offset(0), source(1), origin);
      case "atomic", "fetch" ->
          new MachineInsn.Atomic<>(
              size(parts[2]),
              AtomicOp.valueOf(upper(parts[1])),
              parts[0].equals("fetch"),
              base(0),
              offset(0),
              register(1),
              origin);
      case "cmpxchg" ->
          new MachineInsn.CompareExchange<>(
              size(parts[1]), register(0), base(1), offset(1), register(2), register(3), origin);
      case "map" -> address(new Symbol.MapSymbol(operands.get(1)));
      case "function" -> address(new Symbol.FunctionSymbol(operands.get(1)));
      case "kernel" -> address(kernelSymbol(false));
      case "weak" -> address(kernelSymbol(true));
      case "data" -> data();
      case "frame" ->
          new MachineInsn.FrameAddress<>(
              register(0), Integer.parseInt(place(1).group(1).substring(1)), offset(1), origin);
      case "core" -> new MachineInsn.CoreConstant<>(register(0), core(1), origin);
      case "coreload" ->
          new MachineInsn.CoreLoad<>(
              size(parts[1]), register(0), register.apply(place(1).group(1)), core(2), origin);
      case "helper" -> {
        KernelFunction helper =
            KernelFunction.helper(call().group(1)).orElseThrow(IllegalArgumentException::new);
        yield new MachineInsn.CallKernel<>(result(), helper, arguments(), origin);
      }
      case "kfunc" ->
          new MachineInsn.CallKernel<>(result(), Kfunc.parse(call().group(1)), arguments(), origin);
      case "call" -> new MachineInsn.CallFunction<>(result(), call().group(1), arguments(), origin);
      case "jump" -> new MachineInsn.Jump<>(block(0), origin);
      case "maygoto" -> new MachineInsn.MayGoto<>(block(0), block(1), origin);
      case "exit" ->
          new MachineInsn.Exit<>(
              operands.isEmpty() ? Optional.empty() : Optional.of(register(0)), origin);
      default -> sized(parts);
    };
  }

  private Symbol kernelSymbol(boolean weak) {
    Optional<KfuncType> type =
        operands.size() > 2 ? Optional.of(KfuncType.parse(operands.get(2))) : Optional.empty();
    return new Symbol.KernelSymbol(operands.get(1), weak, type);
  }

  private MachineInsn<R> sized(String[] parts) {
    Matcher matcher = SIZED.matcher(parts[0]);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("no mnemonic " + mnemonic);
    }
    Width width = matcher.group(2).equals("32") ? Width.W32 : Width.W64;
    return switch (matcher.group(1)) {
      case "const" ->
          new MachineInsn.Constant<>(width, register(0), Long.parseLong(operands.get(1)), origin);
      case "move" -> new MachineInsn.Move<>(width, register(0), register(1), origin);
      case "if" ->
          new MachineInsn.Branch<>(
              width,
              JumpOp.valueOf(upper(parts[1])),
              register(0),
              source(1),
              block(2),
              block(3),
              origin);
      default ->
          new MachineInsn.Alu<>(
              width, AluOp.valueOf(upper(matcher.group(1))), register(0), source(1), origin);
    };
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  private static MemorySize size(String text) {
    return MemorySize.valueOf(upper(text));
  }

  private R register(int index) {
    return register.apply(operands.get(index));
  }

  private int block(int index) {
    return Integer.parseInt(operands.get(index).substring(1));
  }

  private Source<R> source(int index) {
    String text = operands.get(index);
    return Character.isLetter(text.charAt(0))
        ? new Source.Reg<>(register.apply(text))
        : new Source.Imm<>(Integer.parseInt(text));
  }

  private Matcher place(int index) {
    Matcher matcher = PLACE.matcher(operands.get(index));
    if (!matcher.matches()) {
      throw new IllegalArgumentException("no place: " + operands.get(index));
    }
    return matcher;
  }

  private Base<R> base(int index) {
    String name = place(index).group(1);
    return name.startsWith("s")
        ? new Base.Slot<>(Integer.parseInt(name.substring(1)))
        : new Base.Reg<>(register.apply(name));
  }

  private int offset(int index) {
    Matcher place = place(index);
    return Integer.parseInt((place.group(2).equals("-") ? "-" : "") + place.group(3));
  }

  private MachineInsn<R> address(Symbol symbol) {
    return new MachineInsn.Address<>(register(0), symbol, origin);
  }

  private MachineInsn<R> data() {
    String[] place = operands.get(1).split(" ", -1);
    return address(new Symbol.DataSymbol(place[0], Integer.parseInt(place[1])));
  }

  private CoreAccess core(int index) {
    String[] parts = operands.get(index).split(" ", -1);
    String path = parts.length > 2 ? parts[2] : "";
    return new CoreAccess(CoreRelocation.Kind.valueOf(upper(parts[0])), parts[1], path);
  }

  private Matcher call() {
    Matcher matcher = CALL.matcher(operands.get(1));
    if (!matcher.matches()) {
      throw new IllegalArgumentException("no call: " + operands.get(1));
    }
    return matcher;
  }

  private Optional<R> result() {
    return operands.getFirst().equals("_") ? Optional.empty() : Optional.of(register(0));
  }

  private List<R> arguments() {
    String list = call().group(2);
    List<R> arguments = new ArrayList<>();
    for (String name : list.isEmpty() ? new String[0] : list.split(", ", -1)) {
      arguments.add(register.apply(name));
    }
    return arguments;
  }
}
