package org.bpf4j.compiler.optimize;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpf4j.compiler.optimize.Addresses.Place;
import org.bpf4j.compiler.optimize.Addresses.Root;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.ControlFlow;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Region;
import org.bpf4j.compiler.ssa.Terminator.Edge;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.object.Helper;

/// Removes stores to private memory that nobody reads before it is written again or dies.
///
/// Memory is zeroed as a whole when it comes into being, and then filled; byte by byte, this keeps
/// only the zeroing of what is not filled, mostly padding. What a helper gets to see is read as a
/// whole; a record that is discarded is seen by nobody.
final class DeadStores {
  /// The bytes of the largest store.
  private static final int WORD = 8;

  private static final int WORD_MASK = WORD - 1;

  private final Function function;
  private final PrivateMemory memory;
  private final ControlFlow flow;
  private final Map<Root, Integer> starts = new HashMap<>();
  private final Map<Integer, BitSet> liveAtStart = new HashMap<>();

  static Function run(Function function) {
    DeadStores stores = new DeadStores(Reachable.run(function));
    return stores.starts.isEmpty() ? function : stores.swept();
  }

  private DeadStores(Function function) {
    this.function = function;
    this.memory = new PrivateMemory(function);
    this.flow = ControlFlow.of(function);
    int next = 0;
    for (Root object : memory.objects()) {
      starts.put(object, next);
      next += memory.size(object);
    }
  }

  private Function swept() {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Block block : flow.order().reversed()) {
        BitSet live = liveAtEnd(block);
        for (Inst inst : block.insts().reversed()) {
          pass(inst, live);
        }
        changed |= !live.equals(liveAtStart.put(block.id(), live));
      }
    }
    return function.withBlocks(function.blocks().stream().map(this::swept).toList());
  }

  private BitSet liveAtEnd(Block block) {
    BitSet live = new BitSet();
    for (Edge edge : block.terminator().edges()) {
      live.or(liveAtStart.getOrDefault(edge.block(), new BitSet()));
    }
    return live;
  }

  private Block swept(Block block) {
    BitSet live = liveAtEnd(block);
    List<Inst> backwards = new ArrayList<>();
    for (Inst inst : block.insts().reversed()) {
      backwards.addAll(needed(inst, live).reversed());
      pass(inst, live);
    }
    return new Block(block.id(), block.parameters(), backwards.reversed(), block.terminator());
  }

  /// The bytes of an access at a constant place within an object.
  private record Bytes(int from, int to) {}

  private Optional<Bytes> bytes(Value base, int offset, int count) {
    Optional<Place> place = memory.place(base, offset);
    if (place.isEmpty() || place.get().offset().isEmpty()) {
      return Optional.empty();
    }
    Root object = place.get().root();
    long at = place.get().offset().getAsLong();
    if (at < 0 || at + count > memory.size(object)) {
      return Optional.empty();
    }
    int from = starts.getOrDefault(object, 0) + (int) at;
    return Optional.of(new Bytes(from, from + count));
  }

  /// What remains of an instruction in front of which these bytes will be read.
  private List<Inst> needed(Inst inst, BitSet live) {
    return switch (inst) {
      case Inst.Store i -> {
        Optional<Bytes> bytes = bytes(i.base(), i.offset(), i.size().bytes());
        yield bytes.isPresent() && isDead(bytes.get(), live) ? List.of() : List.of(i);
      }
      case Inst.Copy i -> {
        Optional<Bytes> bytes = bytes(i.to(), i.toOffset(), i.bytes());
        yield bytes.isPresent() && isDead(bytes.get(), live) ? List.of() : List.of(i);
      }
      case Inst.Zero i -> {
        Optional<Bytes> bytes = bytes(i.base(), i.offset(), i.bytes());
        yield bytes.isPresent() ? trimmed(i, bytes.get(), live) : List.of(i);
      }
      default -> List.of(inst);
    };
  }

  private static boolean isDead(Bytes bytes, BitSet live) {
    int next = live.nextSetBit(bytes.from);
    return next < 0 || next >= bytes.to;
  }

  /// Zeroes the runs of bytes that are read. A word of which that would take several stores is
  /// zeroed as a whole, with one.
  private List<Inst> trimmed(Inst.Zero zero, Bytes bytes, BitSet live) {
    long at =
        memory
            .place(zero.base(), zero.offset())
            .flatMap(p -> p.offset().stream().boxed().findFirst())
            .orElse(0L);
    BitSet zeroed = live.get(bytes.from, bytes.to);
    int firstWord = (int) -(at & WORD_MASK) & WORD_MASK;
    for (int word = firstWord; word + WORD <= bytes.to - bytes.from; word += WORD) {
      BitSet part = zeroed.get(word, word + WORD);
      if (stores(part) > 1) {
        zeroed.set(word, word + WORD);
      }
    }
    List<Inst> runs = new ArrayList<>();
    for (int from = zeroed.nextSetBit(0); from >= 0; ) {
      int to = zeroed.nextClearBit(from);
      runs.add(
          new Inst.Zero(
              zero.base(), zero.offset() + from, to - from, zero.region(), zero.origin()));
      from = zeroed.nextSetBit(to);
    }
    return runs;
  }

  /// How many aligned stores it takes to write these bytes of a word.
  private static int stores(BitSet part) {
    int count = 0;
    int at = part.nextSetBit(0);
    while (at >= 0) {
      int size = WORD;
      while (at % size != 0 || part.get(at, at + size).cardinality() < size) {
        size /= 2;
      }
      count++;
      at = part.nextSetBit(at + size);
    }
    return count;
  }

  /// Passes an instruction backwards.
  private void pass(Inst inst, BitSet live) {
    switch (inst) {
      case Inst.Load i -> read(i.base(), i.offset(), i.size().bytes(), i.region(), live);
      case Inst.Store i -> written(i.base(), i.offset(), i.size().bytes(), live);
      case Inst.Zero i -> written(i.base(), i.offset(), i.bytes(), live);
      case Inst.Copy i -> {
        written(i.to(), i.toOffset(), i.bytes(), live);
        read(i.from(), i.fromOffset(), i.bytes(), i.fromRegion(), live);
      }
      case Inst.Atomic i -> read(i.base(), i.offset(), i.size().bytes(), i.region(), live);
      case Inst.StackAddress i -> {
        if (i.fresh()) {
          clear(new Root.Slot(i.slot()), live);
        }
      }
      case Inst.CallKernel i -> {
        if (i.function() == Helper.RINGBUF_RESERVE) {
          i.result().ifPresent(r -> clear(new Root.Pointee(r), live));
        }
        if (i.function() != Helper.RINGBUF_DISCARD) {
          i.arguments().forEach(a -> seen(a, live));
          if (i.function().callsBack()) {
            starts.keySet().stream().filter(memory::isLeaked).forEach(o -> set(o, live));
          }
        }
      }
      case Inst.CallFunction i -> i.arguments().forEach(a -> seen(a, live));
      case Inst.Const _,
          Inst.Binary _,
          Inst.Unary _,
          Inst.Compare _,
          Inst.Refine _,
          Inst.MapAddress _,
          Inst.GlobalAddress _,
          Inst.FunctionAddress _,
          Inst.KernelAddress _,
          Inst.PtrAdd _,
          Inst.CoreConst _ -> {}
    }
  }

  private void clear(Root object, BitSet live) {
    Integer start = starts.get(object);
    if (start != null) {
      live.clear(start, start + memory.size(object));
    }
  }

  private void set(Root object, BitSet live) {
    int start = starts.getOrDefault(object, 0);
    live.set(start, start + memory.size(object));
  }

  private void written(Value base, int offset, int count, BitSet live) {
    bytes(base, offset, count).ifPresent(bytes -> live.clear(bytes.from, bytes.to));
  }

  private void read(Value base, int offset, int count, Region region, BitSet live) {
    Optional<Bytes> bytes = bytes(base, offset, count);
    if (bytes.isPresent()) {
      live.set(bytes.get().from, bytes.get().to);
      return;
    }
    memory.place(base, offset).ifPresent(place -> set(place.root(), live));
    for (Root object : starts.keySet()) {
      if (memory.mayTouch(region, object)) {
        set(object, live);
      }
    }
  }

  /// A callee sees all that it gets the address of, and may get that of anything leaked.
  private void seen(Value argument, BitSet live) {
    Optional<Place> place = memory.place(argument, 0);
    if (place.isPresent()) {
      set(place.get().root(), live);
    } else if (argument.type() == Type.PTR) {
      starts.keySet().stream().filter(memory::isLeaked).forEach(o -> set(o, live));
    }
  }
}
