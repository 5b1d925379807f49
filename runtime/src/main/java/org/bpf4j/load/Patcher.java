package org.bpf4j.load;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpf4j.core.CoreOutcome;
import org.bpf4j.core.CoreResolver;
import org.bpf4j.isa.Insn;
import org.bpf4j.isa.InsnIndex;
import org.bpf4j.isa.MalformedObjectException;
import org.bpf4j.object.BpfFunction;
import org.bpf4j.object.CoreRelocation;
import org.bpf4j.object.Relocation;
import org.bpf4j.sys.Descriptor;
import org.jspecify.annotations.Nullable;

/// Fills in what became known: descriptors, distances between functions, the kernel's functions,
/// variables and layout.
final class Patcher {

  /// Helpers that no kernel has, libbpf's numbers for functions that are missing: the first of
  /// them.
  private static final int MISSING_FUNCTION = 2_002_000_000;

  private final Assembly assembly;
  private final Descriptors descriptors;
  private final CoreResolver core;
  private final KernelSymbols symbols;
  private final TableMaps tables;
  private final List<Insn> insns = new ArrayList<>();
  private final Map<Integer, Descriptor> modules = new HashMap<>();
  private final Map<Integer, String> unresolved = new HashMap<>();

  private Patcher(
      CoreResolver core,
      Assembly assembly,
      Descriptors descriptors,
      KernelSymbols symbols,
      TableMaps tables) {
    this.assembly = assembly;
    this.descriptors = descriptors;
    this.core = core;
    this.symbols = symbols;
    this.tables = tables;
  }

  /// Patches a whole assembly.
  ///
  /// @param tables the assembly's tables of places
  static Patched patch(
      CoreResolver core,
      Assembly assembly,
      Descriptors descriptors,
      KernelSymbols symbols,
      TableMaps tables) {
    Patcher patcher = new Patcher(core, assembly, descriptors, symbols, tables);
    assembly.functions().forEach(patcher::function);
    return new Patched(patcher.insns, patcher.modules, patcher.unresolved);
  }

  private void function(Assembly.Placed placed) {
    BpfFunction function = placed.function();
    int slots = function.slots();
    @Nullable Relocation[] relocations = new Relocation[slots];
    function.relocations().forEach(r -> relocations[within(slots, r.at(), function)] = r);
    @Nullable CoreRelocation[] coreRelocations = new CoreRelocation[slots];
    function.coreRelocations().forEach(r -> coreRelocations[within(slots, r.at(), function)] = r);
    int slot = 0;
    for (Insn insn : function.insns()) {
      Relocation relocation = relocations[slot];
      CoreRelocation coreRelocation = coreRelocations[slot];
      int at = placed.start() + slot;
      if (coreRelocation != null) {
        patch(at, insn, coreRelocation);
      } else {
        insns.add(relocation == null ? insn : patch(at, insn, relocation));
      }
      slot += insn.slots();
      boolean inside = insn.slots() == 2;
      if (inside && (relocations[slot - 1] != null || coreRelocations[slot - 1] != null)) {
        throw notAtAnInstruction(function);
      }
    }
  }

  private static int within(int slots, InsnIndex at, BpfFunction function) {
    if (at.value() >= slots) {
      throw notAtAnInstruction(function);
    }
    return at.value();
  }

  private static MalformedObjectException notAtAnInstruction(BpfFunction function) {
    return new MalformedObjectException(
        "a relocation of `" + function.name() + "` is not at an instruction");
  }

  private Insn patch(int at, Insn insn, Relocation relocation) {
    return switch (relocation.target()) {
      case Relocation.Target.MapReference(String map) ->
          wide(insn, Insn.ImmKind.MAP_FD, descriptors.map(map));
      case Relocation.Target.DataReference(String section, int offset) ->
          wide(
              insn,
              Insn.ImmKind.MAP_VALUE,
              (long) offset << 32 | Integer.toUnsignedLong(descriptors.section(section)));
      case Relocation.Target.JumpTable _ ->
          wide(insn, Insn.ImmKind.MAP_VALUE, Integer.toUnsignedLong(tables.number(at)));
      case Relocation.Target.SubprogramAddress(String function) ->
          wide(
              insn,
              Insn.ImmKind.FUNCTION,
              Integer.toUnsignedLong(assembly.start(function) - at - 1));
      case Relocation.Target.SubprogramCall(String function) -> {
        if (!(insn instanceof Insn.Call)) {
          throw misplaced(relocation);
        }
        yield new Insn.Call(Insn.CallKind.SUBPROGRAM, assembly.start(function) - at - 1);
      }
      case Relocation.Target.Extern extern ->
          insn instanceof Insn.Call ? call(at, extern) : located(insn, extern);
    };
  }

  private Insn located(Insn insn, Relocation.Target.Extern extern) {
    KernelSymbols.Location location =
        symbols.location(extern.name(), extern.weak(), assembly.program().name());
    return wide(insn, location.kind(), location.value());
  }

  /// A call of a function that this kernel lacks is harmless as long as nothing reaches it.
  private Insn call(int at, Relocation.Target.Extern extern) {
    String name = extern.name();
    Optional<KernelSymbols.Function> function =
        symbols.function(name, extern.weak(), assembly.program().name());
    if (function.isPresent()) {
      function.get().module().ifPresent(module -> modules.put(at, module));
      return new Insn.Call(Insn.CallKind.KFUNC, function.get().id());
    }
    unresolved.put(at, "this kernel has no function `" + name + "` of that prototype");
    return new Insn.Call(Insn.CallKind.HELPER, MISSING_FUNCTION + symbols.number(name));
  }

  private static Insn wide(Insn insn, Insn.ImmKind kind, long value) {
    if (!(insn instanceof Insn.LoadImm64 load)) {
      throw new MalformedObjectException("a relocation of " + kind + " is at " + insn);
    }
    return new Insn.LoadImm64(load.dst(), kind, value);
  }

  private static MalformedObjectException misplaced(Relocation relocation) {
    return new MalformedObjectException("a relocation is at a wrong instruction: " + relocation);
  }

  private void patch(int at, Insn insn, CoreRelocation relocation) {
    switch (core.patch(insn, relocation)) {
      case CoreOutcome.Patched(Insn patched) -> insns.add(patched);
      case CoreOutcome.Impossible impossible -> {
        unresolved.put(at, impossible.reason());
        insns.addAll(impossible.instead(insn));
      }
    }
  }
}
