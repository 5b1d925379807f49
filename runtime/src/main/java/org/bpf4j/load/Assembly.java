package org.bpf4j.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpf4j.isa.MalformedObjectException;
import org.bpf4j.object.BpfFunction;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.LineRecord;
import org.bpf4j.object.Relocation;

/// A program with the subprograms that it uses, directly or not, one behind the other: the kernel
/// takes each program as one piece of code.
///
/// @param functions the functions with their places, the program first
record Assembly(List<Placed> functions) {

  /// A function and the slot at which it begins.
  record Placed(BpfFunction function, int start) {}

  /// Copies the list.
  Assembly {
    functions = List.copyOf(functions);
  }

  /// Collects what a program uses, in the order in which it is first mentioned.
  static Assembly of(BpfObject object, BpfFunction program) {
    Map<String, BpfFunction> found = new LinkedHashMap<>();
    found.put(program.name(), program);
    List<BpfFunction> pending = new ArrayList<>(List.of(program));
    List<Placed> placed = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < pending.size(); i++) {
      BpfFunction function = pending.get(i);
      placed.add(new Placed(function, start));
      start += function.slots();
      for (Relocation relocation : function.relocations()) {
        String callee = callee(relocation.target());
        if (!callee.isEmpty() && !found.containsKey(callee)) {
          BpfFunction used =
              object
                  .function(callee)
                  .orElseThrow(
                      () ->
                          new MalformedObjectException(
                              "`" + function.name() + "` uses `" + callee + "`, which is missing"));
          found.put(callee, used);
          pending.add(used);
        }
      }
    }
    return new Assembly(placed);
  }

  private static String callee(Relocation.Target target) {
    return switch (target) {
      case Relocation.Target.SubprogramCall(String function) -> function;
      case Relocation.Target.SubprogramAddress(String function) -> function;
      case Relocation.Target.MapReference _,
          Relocation.Target.DataReference _,
          Relocation.Target.Extern _ ->
          "";
    };
  }

  /// The program itself.
  BpfFunction program() {
    return functions.getFirst().function();
  }

  /// The slot at which a function begins.
  int start(String function) {
    return functions.stream()
        .filter(placed -> placed.function().name().equals(function))
        .findFirst()
        .orElseThrow()
        .start();
  }

  /// The function that a slot belongs to.
  Optional<Placed> at(int slot) {
    return functions.stream()
        .filter(p -> slot >= p.start() && slot < p.start() + p.function().slots())
        .findFirst();
  }

  /// The source line of a slot.
  Optional<LineRecord> line(int slot) {
    return at(slot)
        .flatMap(
            placed ->
                placed.function().lines().stream()
                    .filter(line -> line.at().value() <= slot - placed.start())
                    .reduce((_, later) -> later));
  }
}
