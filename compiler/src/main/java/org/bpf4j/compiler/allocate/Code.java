package org.bpf4j.compiler.allocate;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpf4j.compiler.machine.MachineFunction;
import org.bpf4j.compiler.machine.MachineFunction.Slot;
import org.bpf4j.compiler.machine.MachineInsn;
import org.bpf4j.compiler.machine.Register;
import org.bpf4j.compiler.machine.Register.Content;
import org.bpf4j.compiler.machine.Register.Physical;
import org.bpf4j.compiler.machine.Register.Virtual;

/// A function whose registers are being assigned; it changes until all have a colour.
///
/// Registers are nodes: 0 to 9 the machine's, then the virtual ones by id.
final class Code {

  /// The machine's registers that code may write.
  static final int COLORS = 10;

  /// Calls destroy `r0` to `r5` (RFC 9669 §2.2).
  static final int CALL_CLOBBERED = 6;

  /// A block's lines; the last one leaves it.
  record LineBlock(int id, List<Line> lines) {}

  final MachineFunction<Virtual> source;
  final List<LineBlock> blocks = new ArrayList<>();
  final List<Slot> slots;

  /// Registers that exist between a spill slot and one instruction: spilling them gains nothing.
  final BitSet standIns = new BitSet();

  /// The slots of stand-ins that serve several instructions: those can be spilled, once.
  final Map<Integer, Integer> homes = new HashMap<>();

  private final List<Content> contents = new ArrayList<>();

  Code(MachineFunction<Virtual> source) {
    this.source = source;
    this.slots = new ArrayList<>(source.slots());
  }

  /// The number of nodes.
  int nodes() {
    return COLORS + contents.size();
  }

  static int node(Register register) {
    return switch (register) {
      case Physical physical -> physical.number();
      case Virtual virtual -> COLORS + virtual.id();
    };
  }

  /// Notes that a virtual register exists.
  void know(Virtual register) {
    while (contents.size() <= register.id()) {
      contents.add(Content.NUMBER);
    }
    contents.set(register.id(), register.content());
  }

  /// The register of a node.
  Register register(int node) {
    return node < COLORS
        ? Physical.of(node)
        : new Virtual(node - COLORS, contents.get(node - COLORS));
  }

  /// What a node holds.
  Content content(int node) {
    return node < COLORS ? Content.NUMBER : contents.get(node - COLORS);
  }

  /// A new register that stands for another at one instruction.
  Virtual standIn(Content content) {
    Virtual register = new Virtual(contents.size(), content);
    contents.add(content);
    standIns.set(node(register));
    return register;
  }

  /// A new slot for a spilled register.
  int spillSlot(String name) {
    slots.add(new Slot(Long.BYTES, name, true));
    return slots.size() - 1;
  }

  /// The instruction of a line.
  static Optional<MachineInsn<Register>> insn(Line line) {
    return switch (line) {
      case Line.Kept kept -> Optional.of(kept.insn());
      case Line.Inserted inserted -> Optional.of(inserted.insn());
      case Line.Dropped _ -> Optional.empty();
    };
  }
}
