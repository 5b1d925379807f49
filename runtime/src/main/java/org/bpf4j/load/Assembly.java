package org.bpf4j.load;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.bpf4j.isa.Insn;
import org.bpf4j.isa.InsnPrinter;
import org.bpf4j.isa.MalformedObjectException;
import org.bpf4j.object.BpfFunction;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.LineRecord;
import org.bpf4j.object.ObjectBtf;
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

  /// Collects what a program uses: each function stands behind the one that mentions it first, with
  /// all that it uses itself behind it, as libbpf has it. A function that is called when the
  /// program throws is mentioned by the types alone, and comes last.
  static Assembly of(BpfObject object, BpfFunction program) {
    Map<String, BpfFunction> found = new LinkedHashMap<>();
    collect(object, program, found);
    ObjectBtf.exceptionCallback(object.btf(), program.btfType())
        .ifPresent(name -> collect(object, function(object, program, name), found));
    List<Placed> placed = new ArrayList<>();
    int start = 0;
    for (BpfFunction function : found.values()) {
      placed.add(new Placed(function, start));
      start += function.slots();
    }
    return new Assembly(placed);
  }

  private static void collect(BpfObject object, BpfFunction first, Map<String, BpfFunction> found) {
    Deque<Iterator<Relocation>> open = new ArrayDeque<>();
    BpfFunction function = first;
    while (true) {
      if (found.putIfAbsent(function.name(), function) == null) {
        open.push(function.relocations().iterator());
      }
      BpfFunction next = null;
      while (next == null && !open.isEmpty()) {
        if (open.peek().hasNext()) {
          String callee = callee(open.peek().next().target());
          next = callee.isEmpty() ? null : function(object, function, callee);
        } else {
          open.pop();
        }
      }
      if (next == null) {
        return;
      }
      function = next;
    }
  }

  private static BpfFunction function(BpfObject object, BpfFunction user, String name) {
    return object
        .function(name)
        .orElseThrow(
            () ->
                new MalformedObjectException(
                    "`" + user.name() + "` uses `" + name + "`, which is missing"));
  }

  private static String callee(Relocation.Target target) {
    return switch (target) {
      case Relocation.Target.SubprogramCall(String function) -> function;
      case Relocation.Target.SubprogramAddress(String function) -> function;
      case Relocation.Target.MapReference _,
          Relocation.Target.DataReference _,
          Relocation.Target.JumpTable _,
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

  /// The instruction at a slot, behind its number; `""` if there is none.
  String text(OptionalInt slot) {
    return slot.stream()
        .boxed()
        .flatMap(number -> at(number).stream().map(placed -> number + ": " + text(placed, number)))
        .findFirst()
        .orElse("");
  }

  private static String text(Placed placed, int slot) {
    int at = placed.start();
    for (Insn insn : placed.function().insns()) {
      if (slot < at + insn.slots()) {
        return InsnPrinter.print(insn);
      }
      at += insn.slots();
    }
    return "";
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
