package org.bpf4j.compiler.ssa;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpf4j.compiler.diagnostic.Span;

/// A function in SSA form: blocks with parameters, the entry first.
///
/// The entry block's parameters are the function's. [Checker] says what holds of every function.
///
/// @param name the ELF name
/// @param role what it is for
/// @param result the type of its result, absent for `void`
/// @param blocks the blocks; the first is the entry, which no edge enters
/// @param slots the stack slots
/// @param span the method's declaration
public record Function(
    String name,
    Role role,
    Optional<Type> result,
    List<Block> blocks,
    List<StackSlot> slots,
    Span span) {

  /// Copies the lists.
  public Function {
    blocks = List.copyOf(blocks);
    slots = List.copyOf(slots);
  }

  /// The block in which the function begins.
  public Block entry() {
    return blocks.getFirst();
  }

  /// For each block parameter, what the edges to its block pass to it.
  public Map<Value, List<Value>> passed() {
    Map<Integer, List<Value>> parameters = new HashMap<>();
    blocks.forEach(block -> parameters.put(block.id(), block.parameters()));
    Map<Value, List<Value>> passed = new HashMap<>();
    for (Block block : blocks) {
      for (Terminator.Edge edge : block.terminator().edges()) {
        List<Value> targets = parameters.getOrDefault(edge.block(), List.of());
        for (int i = 0; i < targets.size(); i++) {
          passed
              .computeIfAbsent(targets.get(i), _ -> new ArrayList<>())
              .add(edge.arguments().get(i));
        }
      }
    }
    return passed;
  }

  /// The same function with other blocks.
  public Function withBlocks(List<Block> replacement) {
    return new Function(name, role, result, replacement, slots, span);
  }

  /// Memory on the stack, 8-byte aligned.
  ///
  /// @param id its number
  /// @param bytes its size
  /// @param name the Java variable or purpose, for messages
  public record StackSlot(int id, int bytes, String name) {}

  /// What a function is for.
  public enum Role {
    /// The kernel calls it with its context.
    PROGRAM,
    /// Called by programs; the inliner may dissolve it.
    SUBPROGRAM,
    /// As `SUBPROGRAM`, but a global symbol that is verified on its own.
    GLOBAL,
    /// Called back by the kernel. Its last parameter is the block of its captures, whose first word
    /// says whether it aborted; 0 goes on, 1 ends the calls.
    CALLBACK,
    /// As `CALLBACK`, but called at most once, so that the kernel takes no other result than 0.
    CALLED_ONCE,
    /// Called by the kernel later, when nobody waits for it: an abort just ends it. It gives 0.
    DEFERRED,
    /// Called with two objects, to tell by 1 or 0 whether the first comes before the second. It
    /// does not abort.
    ORDER;

    /// Whether the kernel calls it with what it knows by its own types only.
    public boolean isCalledBack() {
      return this == CALLBACK || this == CALLED_ONCE || this == DEFERRED || this == ORDER;
    }
  }
}
