package org.bpf4j.sim;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.bpf4j.core.CoreOutcome;
import org.bpf4j.core.CoreResolver;
import org.bpf4j.isa.Insn;
import org.bpf4j.isa.InsnIndex;
import org.bpf4j.isa.MalformedObjectException;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.BpfFunction;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.CoreRelocation;
import org.bpf4j.object.LineRecord;
import org.bpf4j.object.Relocation;
import org.bpf4j.object.Relocation.Target;
import org.bpf4j.vm.Code;

/// Puts a program together: behind it the subprograms it reaches, and addresses where references
/// stood.
final class Linker {

  /// Where things of an object are in memory.
  interface Addresses {

    /// What programs pass to helpers for a map.
    long mapAddress(String name);

    /// The address of a byte of a data section.
    long dataAddress(String section, int offset);

    /// The address of a table, which programs may only read.
    long tableAddress(byte[] contents);

    /// The address of a function or variable of the kernel, or 0.
    long kernelAddress(String symbol);
  }

  /// A program ready to run.
  ///
  /// @param code its instructions, and those of its subprograms
  /// @param functions where each function begins, by ascending position
  record Linked(Code code, List<Placed> functions) {

    /// The source line of an instruction.
    Optional<LineRecord> line(InsnIndex at) {
      return functions.stream()
          .filter(placed -> placed.start() <= at.value())
          .reduce((_, later) -> later)
          .flatMap(placed -> placed.line(at));
    }
  }

  /// A function's place.
  ///
  /// @param function the function
  /// @param start its first slot
  record Placed(BpfFunction function, int start) {

    private Optional<LineRecord> line(InsnIndex at) {
      return function.lines().stream()
          .filter(line -> line.at().value() <= at.value() - start)
          .reduce((_, later) -> later);
    }
  }

  private final BpfObject object;
  private final Addresses addresses;
  private final CoreResolver core;

  Linker(BpfObject object, Addresses addresses, CoreResolver core) {
    this.object = object;
    this.addresses = addresses;
    this.core = core;
  }

  /// Links a program.
  Linked link(BpfFunction program) {
    List<Placed> functions = place(program);
    List<Insn> insns = new ArrayList<>();
    functions.forEach(placed -> insns.addAll(patch(placed, functions)));
    return new Linked(Code.of(insns), functions);
  }

  private List<Placed> place(BpfFunction program) {
    List<BpfFunction> reached = new ArrayList<>(List.of(program));
    List<Placed> placed = new ArrayList<>();
    int slot = 0;
    for (int i = 0; i < reached.size(); i++) {
      BpfFunction function = reached.get(i);
      placed.add(new Placed(function, slot));
      slot += function.slots();
      for (Relocation relocation : function.relocations()) {
        callee(relocation.target()).filter(f -> !reached.contains(f)).ifPresent(reached::add);
      }
    }
    return placed;
  }

  private Optional<BpfFunction> callee(Target target) {
    return switch (target) {
      case Target.SubprogramCall(String function) -> Optional.of(function(function));
      case Target.SubprogramAddress(String function) -> Optional.of(function(function));
      case Target.MapReference _, Target.DataReference _, Target.JumpTable _, Target.Extern _ ->
          Optional.empty();
    };
  }

  private BpfFunction function(String name) {
    return object
        .function(name)
        .orElseThrow(() -> new MalformedObjectException("no function `" + name + "`"));
  }

  private List<Insn> patch(Placed placed, List<Placed> functions) {
    Map<Integer, Relocation> relocations = new HashMap<>();
    placed.function().relocations().forEach(r -> relocations.put(r.at().value(), r));
    Map<Integer, CoreRelocation> questions = new HashMap<>();
    placed.function().coreRelocations().forEach(r -> questions.put(r.at().value(), r));
    List<Insn> patched = new ArrayList<>();
    int at = 0;
    for (Insn insn : placed.function().insns()) {
      Relocation relocation = relocations.get(at);
      CoreRelocation question = questions.get(at);
      if (question != null) {
        patched.addAll(answer(insn, question));
      } else if (relocation != null) {
        patched.add(relocate(insn, relocation.target(), placed.start() + at, functions));
      } else {
        patched.add(insn);
      }
      at += insn.slots();
    }
    return patched;
  }

  private List<Insn> answer(Insn insn, CoreRelocation question) {
    return switch (core.patch(insn, question)) {
      case CoreOutcome.Patched(Insn patched) -> List.of(patched);
      case CoreOutcome.Impossible impossible -> impossible.instead(insn);
    };
  }

  private Insn relocate(Insn insn, Target target, int at, List<Placed> functions) {
    return switch (target) {
      case Target.MapReference(String map) -> constant(insn, addresses.mapAddress(map));
      case Target.DataReference(String section, int offset) ->
          constant(insn, addresses.dataAddress(section, offset));
      case Target.SubprogramCall(String name) ->
          new Insn.Call(Insn.CallKind.SUBPROGRAM, start(name, functions) - at - 1);
      case Target.SubprogramAddress(String name) ->
          new Insn.LoadImm64(
              wide(insn).dst(), Insn.ImmKind.FUNCTION, start(name, functions) - at - 1);
      case Target.JumpTable(List<Integer> slots) ->
          constant(insn, addresses.tableAddress(table(slots, at, functions)));
      case Target.Extern(String name, boolean weak) ->
          insn instanceof Insn.Call ? kfunc(name, weak) : constant(insn, address(name, weak));
    };
  }

  /// The addresses of places in the function to which an instruction belongs.
  private static byte[] table(List<Integer> slots, int at, List<Placed> functions) {
    int start =
        functions.stream().mapToInt(Placed::start).filter(begin -> begin <= at).max().orElseThrow();
    ByteBuffer out = ByteBuffer.allocate(slots.size() * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    slots.forEach(slot -> out.putLong(Code.address(start + slot)));
    return out.array();
  }

  /// A call of a function that is not there is harmless as long as nothing reaches it.
  private static Insn kfunc(String name, boolean weak) {
    OptionalInt number = KfuncBodies.number(name);
    if (number.isEmpty() && !weak) {
      throw new UnsupportedFeatureException(
          "the kernel function `" + name + "`, being simulated", null);
    }
    return new Insn.Call(Insn.CallKind.HELPER, number.orElse(KfuncBodies.MISSING));
  }

  private long address(String name, boolean weak) {
    long address = addresses.kernelAddress(name);
    if (address == 0 && !weak) {
      throw new UnsupportedFeatureException(
          "the variable `" + name + "` of the kernel, being simulated: see SimulatedKernel.symbol",
          null);
    }
    return address;
  }

  private static int start(String name, List<Placed> functions) {
    return functions.stream()
        .filter(placed -> placed.function().name().equals(name))
        .findFirst()
        .orElseThrow(() -> new MalformedObjectException("no function `" + name + "`"))
        .start();
  }

  private static Insn constant(Insn insn, long address) {
    return new Insn.LoadImm64(wide(insn).dst(), Insn.ImmKind.VALUE, address);
  }

  private static Insn.LoadImm64 wide(Insn insn) {
    if (insn instanceof Insn.LoadImm64 load) {
      return load;
    }
    throw new MalformedObjectException("a relocation stands at " + insn);
  }
}
