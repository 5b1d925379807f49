package org.bpf4j.compiler.select;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bpf4j.compiler.select.Uses.Fixed;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Region;
import org.bpf4j.compiler.ssa.Terminator.Edge;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.isa.MemorySize;

/// The words of the stack that are written at an index as well as at fixed places.
///
/// Verifiers take a register that is stored at the start of a word for a spilled one, and newer
/// ones a constant, too (`check_stack_write_fixed_off`). A write at an index forgets what was
/// spilled; unless the kernel has the correction of `check_stack_write_var_off` that came with
/// Linux 7.0 and some stable kernels, the bytes that it cannot reach keep their marks, and what
/// reads them is rejected ("invalid size of register fill", "invalid read from stack"). If the
/// upper half is stored by itself after the lower one, the word is plain memory. A byte has no
/// halves: it is taken for spilled.
final class SharedWords {

  /// A write at an index.
  ///
  /// @param offset where it is if the index is 0, in bytes from the start of the slot
  /// @param stride a power of two that the index is a multiple of
  record Write(int offset, int stride, int bytes) {

    /// Whether it may be in the word that begins there, and not be all of it.
    boolean reachesPart(int word) {
      int into = Math.floorMod(word - offset, stride);
      boolean reaches = into < bytes || into > stride - Long.BYTES;
      boolean words = stride >= Long.BYTES && (offset | bytes) % Long.BYTES == 0;
      return reaches && !words;
    }
  }

  private final Uses uses;

  /// Those at each slot.
  private final Map<Integer, List<Write>> writes = new HashMap<>();

  /// The first byte of each slot that is written at an index.
  private final Map<Integer, Integer> starts = new HashMap<>();

  /// Whether memory whose address the function got from elsewhere may be written at an index.
  private boolean elsewhere;

  private SharedWords(Uses uses) {
    this.uses = uses;
  }

  /// @param elsewhere whether some function of the program [writes at an index][#writesElsewhere]
  ///   what others gave it
  static SharedWords of(Function function, Uses uses, boolean elsewhere) {
    SharedWords words = new SharedWords(uses);
    words.findWrites(function);
    words.elsewhere |= elsewhere;
    if (words.elsewhere) {
      words.leaked(function).forEach(slot -> words.starts.put(slot, 0));
    }
    return words;
  }

  /// Whether a function writes at an index to memory that may be the stack of another function.
  static boolean writesElsewhere(Function function) {
    SharedWords words = new SharedWords(Uses.of(function));
    words.findWrites(function);
    return words.elsewhere;
  }

  private void findWrites(Function function) {
    for (Block block : function.blocks()) {
      for (Inst inst : block.insts()) {
        switch (inst) {
          case Inst.Store i when i.size() != MemorySize.DW ->
              write(i.base(), i.offset(), i.size().bytes(), i.region());
          case Inst.Atomic i when i.size() != MemorySize.DW ->
              write(i.base(), i.offset(), i.size().bytes(), i.region());
          case Inst.Zero i -> write(i.base(), i.offset(), i.bytes(), i.region());
          case Inst.Copy i -> write(i.to(), i.toOffset(), i.bytes(), i.toRegion());
          default -> {}
        }
      }
    }
  }

  private void write(Value base, int offset, int bytes, Region region) {
    boolean indexed = false;
    int stride = Integer.MAX_VALUE;
    int distance = offset;
    Value at = base;
    while (uses.fixed(at).isEmpty()
        && uses.definition(at).orElse(null) instanceof Inst.PtrAdd add) {
      if (uses.distance(add).isPresent()) {
        distance += uses.distance(add).getAsInt();
      } else {
        indexed = true;
        stride = Math.min(stride, Strides.of(uses, add.offset()));
      }
      at = add.base();
    }
    if (indexed && uses.fixed(at).orElse(null) instanceof Fixed.Frame(int slot, int start)) {
      starts.merge(slot, start, Math::min);
      writes
          .computeIfAbsent(slot, _ -> new ArrayList<>())
          .add(new Write(start + distance, stride, bytes));
    } else if (indexed && mayBeStack(region)) {
      elsewhere = true;
    }
  }

  private static boolean mayBeStack(Region region) {
    return switch (region.kind()) {
      case STACK, CAPTURED, ANY -> true;
      case MAP, GLOBAL, RING, CONTEXT, PACKET, KERNEL, ARENA, OBJECT -> false;
    };
  }

  /// The slots whose addresses go where they are not followed.
  private Set<Integer> leaked(Function function) {
    Set<Integer> slots = new HashSet<>();
    for (Block block : function.blocks()) {
      for (Inst inst : block.insts()) {
        switch (inst) {
          case Inst.Store i -> leak(i.value(), slots);
          case Inst.CallFunction i -> i.arguments().forEach(value -> leak(value, slots));
          case Inst.CallKernel i when callsBack(i.arguments()) ->
              i.arguments().forEach(value -> leak(value, slots));
          default -> {}
        }
      }
      for (Edge edge : block.terminator().edges()) {
        edge.arguments().forEach(value -> leak(value, slots));
      }
    }
    return slots;
  }

  private boolean callsBack(List<Value> arguments) {
    return arguments.stream()
        .anyMatch(value -> uses.definition(value).orElse(null) instanceof Inst.FunctionAddress);
  }

  private void leak(Value value, Set<Integer> slots) {
    if (uses.fixed(value).orElse(null) instanceof Fixed.Frame(int slot, int _)) {
      slots.add(slot);
    }
  }

  /// Whether a constant that is stored there would be taken for spilled in a word of which a write
  /// at an index reaches a part. What a word holds that is plain memory is not known to verifiers
  /// any more, so others are left as they are.
  boolean beginsConstant(Value base, int offset, Region region, int bytes) {
    if (!begins(base, offset, region, bytes)) {
      return false;
    }
    return !(uses.fixed(base).orElse(null) instanceof Fixed.Frame(int slot, int at))
        || !writes.containsKey(slot)
        || writes.get(slot).stream().anyMatch(write -> write.reachesPart(at + offset));
  }

  /// Whether a register that is stored there would be taken for spilled in such a word, and has
  /// halves.
  boolean begins(Value base, int offset, Region region, int bytes) {
    if (bytes == 1) {
      return false;
    }
    if (uses.fixed(base).orElse(null) instanceof Fixed.Frame(int slot, int at)) {
      int start = starts.getOrDefault(slot, Integer.MAX_VALUE);
      return (at + offset) % Long.BYTES == 0 && at + offset > start - Long.BYTES;
    }
    return elsewhere && mayBeStack(region);
  }
}
