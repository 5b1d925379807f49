package org.bpf4j.compiler.machine;

import java.util.List;
import org.bpf4j.compiler.diagnostic.Span;
import org.bpf4j.compiler.ssa.Function.Role;

/// A function in machine shapes: blocks, the entry first.
///
/// @param name the ELF name
/// @param role what it is for
/// @param parameters where the arguments arrive; `r1` to `r5` in physical code
/// @param blocks the blocks; their order is no layout
/// @param slots the frame, from the frame pointer downwards; a slot's number is its index
/// @param span the method's declaration
public record MachineFunction<R extends Register>(
    String name,
    Role role,
    List<R> parameters,
    List<MachineBlock<R>> blocks,
    List<Slot> slots,
    Span span) {

  /// The alignment of slots: what a spilled register and the strictest access need.
  private static final int SLOT_ALIGNMENT = 8;

  /// Copies the lists.
  public MachineFunction {
    parameters = List.copyOf(parameters);
    blocks = List.copyOf(blocks);
    slots = List.copyOf(slots);
  }

  /// The block in which the function begins.
  public MachineBlock<R> entry() {
    return blocks.getFirst();
  }

  /// The bytes of stack it takes.
  public int frameBytes() {
    return slots.stream().mapToInt(Slot::roundedBytes).sum();
  }

  /// The offset of each slot's lowest byte from the frame pointer, by slot number; all negative.
  public int[] slotOffsets() {
    int[] offsets = new int[slots.size()];
    int at = 0;
    for (int i = 0; i < offsets.length; i++) {
      at -= slots.get(i).roundedBytes();
      offsets[i] = at;
    }
    return offsets;
  }

  /// Memory in the frame, 8-byte aligned.
  ///
  /// @param bytes its size
  /// @param name the Java variable or purpose, for messages
  /// @param spill whether the allocator made it
  public record Slot(int bytes, String name, boolean spill) {
    /// The size with what alignment adds.
    public int roundedBytes() {
      return (bytes + SLOT_ALIGNMENT - 1) & -SLOT_ALIGNMENT;
    }
  }
}
