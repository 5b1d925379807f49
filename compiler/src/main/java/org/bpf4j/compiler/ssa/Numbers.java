package org.bpf4j.compiler.ssa;

/// Gives out the numbers of new values, blocks and slots of a function.
///
/// Mutable, and the only way to get a number, so that no two things share one.
public final class Numbers {
  private int nextValue;
  private int nextBlock;
  private int nextSlot;

  /// Starts behind the numbers that the function uses.
  public static Numbers after(Function function) {
    Numbers numbers = new Numbers();
    for (Block block : function.blocks()) {
      numbers.nextBlock = Math.max(numbers.nextBlock, block.id() + 1);
      block.parameters().forEach(numbers::see);
      block.insts().forEach(inst -> inst.defined().ifPresent(numbers::see));
    }
    for (Function.StackSlot slot : function.slots()) {
      numbers.nextSlot = Math.max(numbers.nextSlot, slot.id() + 1);
    }
    return numbers;
  }

  private Numbers() {}

  private void see(Value value) {
    nextValue = Math.max(nextValue, value.id() + 1);
  }

  /// A new value.
  public Value value(Type type) {
    return new Value(nextValue++, type);
  }

  /// A new block's id.
  public int block() {
    return nextBlock++;
  }

  /// A new slot's id.
  public int slot() {
    return nextSlot++;
  }
}
