package org.bpf4j.compiler.machine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bpf4j.compiler.machine.MachineInsn.Base;
import org.bpf4j.compiler.machine.MachineInsn.Source;
import org.bpf4j.isa.Insn.AluOp;
import org.bpf4j.isa.Insn.AtomicOp;
import org.bpf4j.isa.Insn.JumpOp;
import org.bpf4j.isa.MemorySize;
import org.bpf4j.isa.Width;

/// Runs machine functions before and after allocation, so that tests can compare them.
///
/// What a call gives is up to the test; it destroys `r0` to `r5`. An address is the number of a
/// region in its upper half and an offset in its lower; a slot's depends on its number alone, so
/// that it is the same on both sides.
public final class MachineInterpreter {

  /// The region of the context; data sections and maps come behind it.
  private static final int CONTEXT = 1000;

  private static final int SECTION_BYTES = 256;

  /// What functions and helpers do.
  public interface Calls {
    /// What the call gives.
    long call(String name, List<Long> arguments, MachineInterpreter machine);
  }

  /// Gives numbers that depend on the call, and notes it in the trace.
  private static final Calls NUMBERS =
      (name, arguments, machine) -> {
        machine.trace.add(name + arguments);
        return 0x1234_5678_9abcL * (name.hashCode() + 31L * arguments.hashCode());
      };

  private final MachineFunction<?> function;
  private final Map<Register, Long> registers = new HashMap<>();
  private final Map<Integer, ByteBuffer> regions = new HashMap<>();
  private final Map<MachineInsn.Symbol, Integer> symbols = new HashMap<>();
  private final Calls calls;
  private final List<String> trace = new ArrayList<>();
  private int blocksLeft;

  private MachineInterpreter(MachineFunction<?> function, int blocks, Calls calls) {
    this.function = function;
    this.blocksLeft = blocks;
    this.calls = calls;
    for (int i = 0; i < function.slots().size(); i++) {
      allot(i + 1, function.slots().get(i).roundedBytes());
    }
  }

  private void allot(int region, int bytes) {
    regions.put(region, ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN));
  }

  /// Runs a function for at most so many blocks and tells what it did: calls, result, and what is
  /// in the slots that it began with.
  public static List<String> run(MachineFunction<?> function, List<Long> arguments, int blocks) {
    MachineInterpreter machine = new MachineInterpreter(function, blocks, NUMBERS);
    for (int i = 0; i < function.parameters().size(); i++) {
      machine.set(function.parameters().get(i), arguments.get(i));
    }
    machine.run();
    for (int i = 0; i < function.slots().size(); i++) {
      if (!function.slots().get(i).spill()) {
        machine.trace.add("slot " + i + " " + hex(machine.regions.get(i + 1).array()));
      }
    }
    return machine.trace;
  }

  /// Runs a program on a context; the last line is its result.
  public static List<String> run(MachineFunction<?> function, byte[] context, Calls calls) {
    MachineInterpreter machine = new MachineInterpreter(function, 1_000_000, calls);
    machine.allot(CONTEXT, context.length);
    machine.regions.get(CONTEXT).put(0, context);
    function.parameters().forEach(register -> machine.set(register, (long) CONTEXT << 32));
    machine.run();
    machine.symbols.entrySet().stream()
        .filter(entry -> entry.getKey() instanceof MachineInsn.Symbol.DataSymbol)
        .map(entry -> hex(machine.regions.get(entry.getValue()).array()))
        .sorted()
        .forEach(machine.trace::add);
    return machine.trace;
  }

  /// The bytes at an address, in hex.
  public String content(long address, int bytes) {
    byte[] copy = new byte[bytes];
    regions.get((int) (address >> 32)).get((int) address, copy);
    return hex(copy);
  }

  /// The address of new memory.
  public long allot(int bytes) {
    int region = CONTEXT + 1_000_000 + regions.size();
    allot(region, bytes);
    return (long) region << 32;
  }

  /// The name of the map at an address.
  public String map(long address) {
    return symbols.entrySet().stream()
        .filter(entry -> (long) entry.getValue() << 32 == address)
        .map(entry -> ((MachineInsn.Symbol.MapSymbol) entry.getKey()).name())
        .findFirst()
        .orElseThrow();
  }

  private void run() {
    Map<Integer, MachineBlock<?>> blocks = new HashMap<>();
    function.blocks().forEach(block -> blocks.put(block.id(), block));
    int at = function.entry().id();
    while (at >= 0 && blocksLeft-- > 0) {
      MachineBlock<?> block = blocks.get(at);
      block.insns().forEach(this::step);
      at = leave(block.end());
    }
  }

  private static String hex(byte[] bytes) {
    return java.util.HexFormat.of().formatHex(bytes);
  }

  private int leave(MachineInsn.End<?> end) {
    return switch (end) {
      case MachineInsn.Jump<?> i -> i.target();
      case MachineInsn.Branch<?> i ->
          holds(i.width(), i.op(), get(i.left()), source(i.right())) ? i.then() : i.otherwise();
      case MachineInsn.MayGoto<?> i -> i.body();
      case MachineInsn.Exit<?> i -> {
        trace.add("exit " + i.value().map(this::get).orElse(null));
        yield -1;
      }
    };
  }

  private long get(Register register) {
    return Objects.requireNonNull(registers.get(register), () -> register + " is not written");
  }

  private void set(Register register, long value) {
    registers.put(register, value);
  }

  private long source(Source<?> source) {
    return switch (source) {
      case Source.Reg<?>(Register register) -> get(register);
      case Source.Imm<?>(int value) -> value;
    };
  }

  private static boolean holds(Width width, JumpOp op, long a, long b) {
    long left = width == Width.W32 ? (int) a : a;
    long right = width == Width.W32 ? (int) b : b;
    int signed = Long.compare(left, right);
    int unsigned = Long.compareUnsigned(left, right);
    return switch (op) {
      case EQ -> left == right;
      case NE -> left != right;
      case GT -> unsigned > 0;
      case GE -> unsigned >= 0;
      case LT -> unsigned < 0;
      case LE -> unsigned <= 0;
      case SGT -> signed > 0;
      case SGE -> signed >= 0;
      case SLT -> signed < 0;
      case SLE -> signed <= 0;
      case SET -> (left & right) != 0;
    };
  }

  private record Place(ByteBuffer memory, int offset) {}

  private Place place(Base<?> base, int offset) {
    return switch (base) {
      case Base.Slot<?>(int slot) -> new Place(regions.get(slot + 1), offset);
      case Base.Reg<?>(Register register) -> {
        long address = get(register) + offset;
        yield new Place(regions.get((int) (address >> 32)), (int) address);
      }
    };
  }

  private long address(MachineInsn.Symbol symbol) {
    if (symbol instanceof MachineInsn.Symbol.DataSymbol(String section, int offset)) {
      return start(new MachineInsn.Symbol.DataSymbol(section, 0)) + offset;
    }
    return start(symbol);
  }

  private long start(MachineInsn.Symbol start) {
    Integer region = symbols.get(start);
    if (region == null) {
      region = CONTEXT + 1 + symbols.size();
      symbols.put(start, region);
      allot(region, SECTION_BYTES);
    }
    return (long) region << 32;
  }

  private static long read(Place place, MemorySize size) {
    return switch (size) {
      case B -> place.memory.get(place.offset) & 0xffL;
      case H -> place.memory.getShort(place.offset) & 0xffffL;
      case W -> place.memory.getInt(place.offset) & 0xffff_ffffL;
      case DW -> place.memory.getLong(place.offset);
    };
  }

  private static void write(Place place, MemorySize size, long value) {
    switch (size) {
      case B -> place.memory.put(place.offset, (byte) value);
      case H -> place.memory.putShort(place.offset, (short) value);
      case W -> place.memory.putInt(place.offset, (int) value);
      case DW -> place.memory.putLong(place.offset, value);
    }
  }

  private static long low(Width width, long value) {
    return width == Width.W32 ? value & 0xffff_ffffL : value;
  }

  private void step(MachineInsn<?> insn) {
    switch (insn) {
      case MachineInsn.Constant<?> i -> set(i.dst(), low(i.width(), i.value()));
      case MachineInsn.Move<?> i -> set(i.dst(), low(i.width(), get(i.src())));
      case MachineInsn.Alu<?> i ->
          set(i.dst(), alu(i.width(), i.op(), get(i.dst()), source(i.src())));
      case MachineInsn.ToBigEndian<?> i -> set(i.dst(), swap(i.bits(), get(i.dst())));
      case MachineInsn.ArenaCast<?> _ -> throw new IllegalStateException("no arena");
      case MachineInsn.Load<?> i -> set(i.dst(), read(place(i.base(), i.offset()), i.size()));
      case MachineInsn.Store<?> i -> write(place(i.base(), i.offset()), i.size(), source(i.src()));
      case MachineInsn.Atomic<?> i -> {
        Place place = place(i.base(), i.offset());
        long old = read(place, i.size());
        write(place, i.size(), combine(i.op(), old, get(i.src())));
        if (i.fetch()) {
          set(i.src(), old);
        }
      }
      case MachineInsn.CompareExchange<?> i -> {
        Place place = place(i.base(), i.offset());
        long old = read(place, i.size());
        long expected =
            i.size() == MemorySize.W ? low(Width.W32, get(i.expected())) : get(i.expected());
        if (old == expected) {
          write(place, i.size(), get(i.replacement()));
        }
        set(i.result(), old);
      }
      case MachineInsn.Address<?> i -> set(i.dst(), address(i.symbol()));
      case MachineInsn.FrameAddress<?> i -> set(i.dst(), ((long) i.slot() + 1 << 32) + i.offset());
      case MachineInsn.CoreConstant<?> i -> set(i.dst(), i.access().path().hashCode());
      case MachineInsn.CoreLoad<?> i ->
          set(i.dst(), 31 * get(i.base()) + i.access().path().hashCode());
      case MachineInsn.CallKernel<?> i ->
          call(i.function().kernelName(), i.arguments(), i.result().orElse(null));
      case MachineInsn.CallFunction<?> i ->
          call(i.function(), i.arguments(), i.result().orElse(null));
      case MachineInsn.End<?> _ -> throw new IllegalStateException("an end inside a block");
    }
  }

  private void call(String name, List<? extends Register> arguments, Register result) {
    List<Long> values = arguments.stream().map(this::get).toList();
    long given = calls.call(name, values, this);
    for (int i = 0; i < 6; i++) {
      set(Register.Physical.of(i), 0xdead_0000L + i);
    }
    if (result != null) {
      set(result, given);
    }
  }

  private static long swap(int bits, long value) {
    return switch (bits) {
      case 16 -> Short.reverseBytes((short) value) & 0xffffL;
      case 32 -> Integer.reverseBytes((int) value) & 0xffff_ffffL;
      default -> Long.reverseBytes(value);
    };
  }

  private static long combine(AtomicOp op, long old, long value) {
    return switch (op) {
      case ADD -> old + value;
      case OR -> old | value;
      case AND -> old & value;
      case XOR -> old ^ value;
      case XCHG -> value;
      case CMPXCHG -> throw new IllegalStateException("compare-exchange has its own record");
    };
  }

  private static long alu(Width width, AluOp op, long left, long right) {
    boolean narrow = width == Width.W32;
    long a = low(width, left);
    long b = low(width, right);
    long result =
        switch (op) {
          case ADD -> a + b;
          case SUB -> a - b;
          case MUL -> a * b;
          case DIV -> b == 0 ? 0 : Long.divideUnsigned(a, b);
          case MOD -> b == 0 ? a : Long.remainderUnsigned(a, b);
          case OR -> a | b;
          case AND -> a & b;
          case XOR -> a ^ b;
          case NEG -> -a;
          case LSH -> a << (b & (narrow ? 31 : 63));
          case RSH -> a >>> (b & (narrow ? 31 : 63));
          case ARSH -> narrow ? (int) a >> (b & 31) : a >> (b & 63);
          case MOV, SDIV, SMOD -> throw new IllegalStateException("no such operation");
        };
    return low(width, result);
  }
}
