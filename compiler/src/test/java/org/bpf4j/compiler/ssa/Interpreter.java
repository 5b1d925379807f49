package org.bpf4j.compiler.ssa;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bpf4j.isa.MemorySize;
import org.bpf4j.object.Helper;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.object.Signature;

/// Runs SSA programs, so that tests can compare what a program does before and after a pass.
///
/// What it reports is what the outside sees: calls of helpers with the memory they read, the data
/// sections, and the result. A fact that does not hold, or memory that is read before it is
/// written, is an error of the program.
public final class Interpreter {
  private static final int STEPS = 200_000;

  /// What a run did.
  ///
  /// @param result what was returned, `void` as 0
  /// @param calls the calls of helpers, with arguments
  /// @param sections the data sections' bytes
  public record Outcome(long result, List<String> calls, Map<String, String> sections) {}

  private sealed interface Word {
    record Number(long value) implements Word {}

    record Address(Memory memory, long offset) implements Word {}
  }

  private static final class Memory {
    final String name;
    final ByteBuffer bytes;
    final boolean[] written;

    Memory(String name, int size, boolean written) {
      this.name = name;
      this.bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
      this.written = new boolean[size];
      Arrays.fill(this.written, written);
    }
  }

  private final Program program;
  private final Map<String, Memory> sections = new TreeMap<>();
  private final List<String> calls = new ArrayList<>();
  private final List<Memory> held = new ArrayList<>();
  private int steps;
  private long random = 0x9E3779B97F4A7C15L;

  private Interpreter(Program program) {
    this.program = program;
  }

  /// Runs the program; its context holds these bytes.
  public static Outcome run(Program program, byte[] context) {
    Interpreter interpreter = new Interpreter(program);
    Memory memory = new Memory("context", context.length, true);
    memory.bytes.put(0, context);
    long result =
        interpreter.call(program.main(), List.of(new Word.Address(memory, 0)))
                instanceof Word.Number n
            ? n.value
            : 0;
    Map<String, String> contents = new TreeMap<>();
    interpreter.sections.forEach((name, m) -> contents.put(name, Arrays.toString(m.bytes.array())));
    return new Outcome(result, List.copyOf(interpreter.calls), contents);
  }

  private static final class AbortException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private Word call(Function function, List<Word> arguments) {
    try {
      return new Frame(function).run(arguments);
    } catch (AbortException e) {
      if (function.role() != Function.Role.PROGRAM) {
        throw e;
      }
      held.forEach(record -> calls.add("ringbuf_discard" + List.of(record.name, "0")));
      return new Word.Number(program.kind().abortValue());
    }
  }

  private static String all(Memory memory) {
    return Arrays.toString(memory.bytes.array());
  }

  private Memory section(String name) {
    return sections.computeIfAbsent(name, n -> new Memory(n, 256, true));
  }

  private final class Frame {
    private final Function function;
    private final Map<Integer, Block> blocks = new HashMap<>();
    private final Map<Integer, Memory> slots = new HashMap<>();
    private final Map<Value, Word> values = new HashMap<>();

    Frame(Function function) {
      this.function = function;
      function.blocks().forEach(block -> blocks.put(block.id(), block));
      function
          .slots()
          .forEach(s -> slots.put(s.id(), new Memory("slot " + s.id(), s.bytes(), false)));
    }

    Word run(List<Word> arguments) {
      Block block = function.entry();
      List<Word> passed = arguments;
      while (true) {
        for (int i = 0; i < block.parameters().size(); i++) {
          values.put(block.parameters().get(i), passed.get(i));
        }
        block.insts().forEach(this::step);
        if (++steps > STEPS) {
          throw new AssertionError("runs too long");
        }
        Terminator.Edge edge;
        switch (block.terminator()) {
          case Terminator.Jump t -> edge = t.target();
          case Terminator.Branch t ->
              edge = compare(t.op(), get(t.left()), get(t.right())) ? t.then() : t.otherwise();
          case Terminator.Again t -> edge = t.body();
          case Terminator.Return t -> {
            return t.value().map(this::get).orElse(new Word.Number(0));
          }
          case Terminator.Abort _ -> throw new AbortException();
        }
        passed = edge.arguments().stream().map(this::get).toList();
        block = blocks.get(edge.block());
      }
    }

    private Word get(Value value) {
      Word word = values.get(value);
      if (word == null) {
        throw new AssertionError(value + " has no value");
      }
      return word;
    }

    private long number(Value value) {
      return ((Word.Number) get(value)).value;
    }

    private void set(Value value, long number) {
      if (value.type() == Type.I32 && number != (int) number) {
        throw new AssertionError(value + " is no I32: " + number);
      }
      values.put(value, new Word.Number(number));
    }

    private void step(Inst inst) {
      switch (inst) {
        case Inst.Const i -> set(i.result(), i.value());
        case Inst.Binary i ->
            set(
                i.result(),
                Arithmetic.binary(i.op(), i.result().type(), number(i.left()), number(i.right()))
                    .orElseThrow(() -> new AssertionError("division by zero")));
        case Inst.Unary i ->
            set(i.result(), Arithmetic.unary(i.op(), i.result().type(), number(i.operand())));
        case Inst.Compare i ->
            set(i.result(), compare(i.op(), get(i.left()), get(i.right())) ? 1 : 0);
        case Inst.Refine i -> {
          checkFact(i);
          values.put(i.result(), get(i.value()));
        }
        case Inst.Load i -> {
          Word.Address at = address(i.base(), i.offset());
          set(i.result(), read(at, i.size(), i.signed()));
        }
        case Inst.Store i -> write(address(i.base(), i.offset()), i.size(), number(i.value()));
        case Inst.Zero i -> {
          for (int k = 0; k < i.bytes(); k++) {
            write(address(i.base(), i.offset() + k), MemorySize.B, 0);
          }
        }
        case Inst.Copy i -> {
          for (int k = 0; k < i.bytes(); k++) {
            long b = read(address(i.from(), i.fromOffset() + k), MemorySize.B, false);
            write(address(i.to(), i.toOffset() + k), MemorySize.B, b);
          }
        }
        case Inst.Atomic i -> atomic(i);
        case Inst.StackAddress i ->
            values.put(i.result(), new Word.Address(slots.get(i.slot()), 0));
        case Inst.MapAddress i ->
            values.put(i.result(), new Word.Address(new Memory("map " + i.map(), 0, true), 0));
        case Inst.GlobalAddress i ->
            values.put(i.result(), new Word.Address(section(i.section()), i.offset()));
        case Inst.KernelAddress i ->
            values.put(i.result(), new Word.Address(new Memory(i.symbol(), 0, true), 0));
        case Inst.FunctionAddress i ->
            values.put(i.result(), new Word.Address(new Memory(i.function(), 0, true), 0));
        case Inst.PtrAdd i -> {
          Word.Address base = address(i.base(), 0);
          values.put(i.result(), new Word.Address(base.memory, base.offset + number(i.offset())));
        }
        case Inst.CallKernel i -> helper(i);
        case Inst.CallFunction i -> {
          Function callee =
              program.functions().stream()
                  .filter(f -> f.name().equals(i.function()))
                  .findFirst()
                  .orElseThrow();
          Word result = call(callee, i.arguments().stream().map(this::get).toList());
          i.result().ifPresent(r -> values.put(r, result));
        }
        case Inst.CoreConst i -> set(i.result(), i.access().hashCode() & 0xff);
      }
    }

    private void checkFact(Inst.Refine i) {
      boolean holds =
          switch (i.fact()) {
            case Fact.Range(long min, long max) -> {
              long n = number(i.value()) & (i.value().type() == Type.I32 ? 0xffff_ffffL : -1);
              yield Long.compareUnsigned(n, min) >= 0 && Long.compareUnsigned(n, max) <= 0;
            }
            case Fact.NonNull _, Fact.PacketBytes _ -> get(i.value()) instanceof Word.Address;
            case Fact.Present(Value flag, _) -> number(flag) == 1;
            case Fact.Trusted _, Fact.Member _ -> true;
          };
      if (!holds) {
        throw new AssertionError("does not hold: " + Printer.print(i) + ": " + get(i.value()));
      }
    }

    private boolean compare(Inst.CompareOp op, Word left, Word right) {
      if (left instanceof Word.Number(long a) && right instanceof Word.Number(long b)) {
        return Arithmetic.compare(op, a, b);
      } else if (left instanceof Word.Address(Memory m, long a)
          && right instanceof Word.Address(Memory n, long b)
          && m == n) {
        return Arithmetic.compare(op, a, b);
      }
      return switch (op) {
        case EQ -> false;
        case NE -> true;
        default -> throw new AssertionError("addresses of different memory compared");
      };
    }

    private Word.Address address(Value base, long offset) {
      if (get(base) instanceof Word.Address(Memory memory, long start)) {
        return new Word.Address(memory, start + offset);
      }
      throw new AssertionError("null dereferenced: " + base);
    }

    private long read(Word.Address at, MemorySize size, boolean signed) {
      int offset = (int) at.offset;
      for (int k = 0; k < size.bytes(); k++) {
        if (!at.memory.written[offset + k]) {
          throw new AssertionError("read before written: " + at.memory.name + " + " + offset);
        }
      }
      return switch (size) {
        case B -> signed ? at.memory.bytes.get(offset) : at.memory.bytes.get(offset) & 0xff;
        case H -> {
          short s = at.memory.bytes.getShort(offset);
          yield signed ? s : s & 0xffff;
        }
        case W -> at.memory.bytes.getInt(offset);
        case DW -> at.memory.bytes.getLong(offset);
      };
    }

    private void write(Word.Address at, MemorySize size, long value) {
      int offset = (int) at.offset;
      Arrays.fill(at.memory.written, offset, offset + size.bytes(), true);
      switch (size) {
        case B -> at.memory.bytes.put(offset, (byte) value);
        case H -> at.memory.bytes.putShort(offset, (short) value);
        case W -> at.memory.bytes.putInt(offset, (int) value);
        case DW -> at.memory.bytes.putLong(offset, value);
      }
    }

    private void atomic(Inst.Atomic i) {
      Word.Address at = address(i.base(), i.offset());
      long old = read(at, i.size(), false);
      long operand = number(i.operand());
      long next =
          switch (i.op()) {
            case ADD -> old + operand;
            case AND -> old & operand;
            case OR -> old | operand;
            case XOR -> old ^ operand;
            case XCHG -> operand;
            case CMPXCHG -> old == number(i.expected().orElseThrow()) ? operand : old;
          };
      write(at, i.size(), next);
      i.result().ifPresent(r -> set(r, old));
    }

    /// Numbers are logged, and so is the memory that the helper reads; a lookup finds a value every
    /// other time.
    private void helper(Inst.CallKernel i) {
      List<String> logged = new ArrayList<>();
      Signature signature = i.function().signature().orElseThrow();
      for (int k = 0; k < i.arguments().size(); k++) {
        logged.add(
            switch (get(i.arguments().get(k))) {
              case Word.Number(long value) -> Long.toString(value);
              case Word.Address at ->
                  switch (signature.arguments().get(k)) {
                    case MAP_KEY, MAP_VALUE -> content(at, 8);
                    case RING_RECORD ->
                        i.function() == Helper.RINGBUF_SUBMIT ? all(at.memory) : at.memory.name;
                    default -> at.memory.name + "+" + at.offset;
                  };
            });
      }
      calls.add(i.function().kernelName() + logged);
      random = random * 6364136223846793005L + 1442695040888963407L;
      boolean address = i.result().map(r -> r.type() == Type.PTR).orElse(false);
      if (i.function() == Helper.RINGBUF_SUBMIT || i.function() == Helper.RINGBUF_DISCARD) {
        held.remove(((Word.Address) get(i.arguments().getFirst())).memory);
      } else if (address) {
        Memory memory = new Memory("found " + calls.size(), 16, true);
        boolean found = calls.size() % 2 != 0;
        if (found && i.function() == Helper.RINGBUF_RESERVE) {
          held.add(memory);
        } else if (found) {
          sections.put(memory.name, memory);
        }
        values.put(
            i.result().orElseThrow(), found ? new Word.Address(memory, 0) : new Word.Number(0));
      } else {
        i.result().ifPresent(r -> set(r, random >>> 32));
      }
    }

    private String content(Word.Address at, int bytes) {
      StringBuilder text = new StringBuilder();
      for (int k = 0; k < bytes; k++) {
        Word.Address place = new Word.Address(at.memory, at.offset + k);
        text.append("%02x".formatted(read(place, MemorySize.B, false)));
      }
      return text.toString();
    }
  }

  /// The little-endian context of a run: numbers one after another.
  public static byte[] contextOf(long... numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(numbers.length * 8).order(ByteOrder.LITTLE_ENDIAN);
    for (long number : numbers) {
      bytes.putLong(number);
    }
    return bytes.array();
  }

  /// A program of one function.
  public static Program programOf(Function function) {
    return new Program(ProgramKind.TC, "tc", List.of(function), Requirement.CORE);
  }
}
