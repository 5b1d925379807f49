package org.bpf4j.compiler.optimize;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bpf4j.compiler.analyze.Outline;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Numbers;
import org.bpf4j.compiler.ssa.Origin;
import org.bpf4j.compiler.ssa.Region;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.isa.MemorySize;

/// Where in the memory that a loop and its caller share each value lies.
///
/// Verifiers follow whole words of the stack, so each value has one: the word that says whether the
/// loop aborted, as every callback has it; the number of the way out; what the loop needs, as it is
/// before each round; what it leaves. When it leaves something it needs nothing any more, so
/// numbers take the words of numbers.
final class LoopContext {
  private static final int WORD = 8;
  private static final int EXIT = WORD;

  private final Map<Value, Integer> before = new LinkedHashMap<>();
  private final Map<Integer, Integer> slots = new LinkedHashMap<>();
  private final Map<Value, Integer> results = new HashMap<>();
  private final List<Integer> fresh = new ArrayList<>();
  private int bytes = 2 * WORD;

  LoopContext(Outline loop) {
    Map<Type, Deque<Integer>> free = new HashMap<>();
    for (Value value : loop.captured()) {
      before.put(value, word());
    }
    for (int slot : loop.kept()) {
      slots.put(slot, word());
    }
    for (Value value : loop.carried()) {
      int word = word();
      before.put(value, word);
      free.computeIfAbsent(value.type(), _ -> new ArrayDeque<>()).add(word);
    }
    for (Value value : loop.results()) {
      Integer word = free.getOrDefault(value.type(), new ArrayDeque<>()).poll();
      if (word == null || value.type() == Type.PTR) {
        word = word();
        fresh.add(word);
      }
      results.put(value, word);
    }
  }

  private int word() {
    bytes += WORD;
    return bytes - WORD;
  }

  int bytes() {
    return bytes;
  }

  /// The slots whose addresses the loop needs, with their words.
  Map<Integer, Integer> slots() {
    return slots;
  }

  /// The words in which nothing is before the loop.
  List<Integer> fresh() {
    return fresh;
  }

  /// Zeroes a word.
  static void clear(Value block, int word, Region region, List<Inst> insts, Origin at) {
    insts.add(new Inst.Zero(block, word, WORD, region, at));
  }

  /// Accesses from one of the two functions.
  ///
  /// @param block the memory's address there
  /// @param region what it is there
  record Side(
      LoopContext context,
      Value block,
      Region region,
      Numbers numbers,
      List<Inst> insts,
      Origin at) {

    /// Writes a value that the loop needs.
    ///
    /// @param key the loop's name of it
    void give(Value key, Value value) {
      store(word(context.before, key), value);
    }

    /// Writes a value that the loop leaves.
    void leave(Value value) {
      store(word(context.results, value), value);
    }

    /// A number that verifiers may take for an address is made one for sure.
    void store(int word, Value value) {
      Value stored = value;
      if (value.type() == Type.I64) {
        stored = numbers.value(Type.I64);
        insts.add(new Inst.Unary(stored, Inst.UnaryOp.NUMBER, value, at));
      }
      insts.add(new Inst.Store(size(value.type()), block, word, stored, region, at));
    }

    /// Reads what the loop needs.
    void take(Value key, Value result) {
      load(word(context.before, key), result);
    }

    /// Reads what the loop left.
    void receive(Value result) {
      load(word(context.results, result), result);
    }

    void load(int word, Value result) {
      insts.add(new Inst.Load(result, size(result.type()), false, block, word, region, at));
    }

    /// Writes the number of a way out, which verifiers must know.
    void exit(int number) {
      Value exit = constant(Type.I64, number);
      insts.add(new Inst.Store(MemorySize.DW, block, EXIT, exit, region, at));
    }

    /// Reads it.
    Value exit() {
      Value exit = numbers.value(Type.I64);
      load(EXIT, exit);
      return exit;
    }

    Value constant(Type type, long number) {
      Value value = numbers.value(type);
      insts.add(new Inst.Const(value, number, at));
      return value;
    }

    private static int word(Map<Value, Integer> words, Value value) {
      return Objects.requireNonNull(words.get(value), "a word for each value that passes");
    }

    private static MemorySize size(Type type) {
      return type == Type.I32 ? MemorySize.W : MemorySize.DW;
    }
  }
}
