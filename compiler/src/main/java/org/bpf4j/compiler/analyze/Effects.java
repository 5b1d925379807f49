package org.bpf4j.compiler.analyze;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.Definitions;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Program;
import org.bpf4j.object.Helper;
import org.bpf4j.object.WorkQueue;

/// What calls may invalidate: which functions move the packet or change which maps, callees
/// included.
final class Effects {
  /// What a piece of code does to references that exist.
  ///
  /// @param movesPacket whether packet views die
  /// @param changes the maps of which an element may be replaced or removed
  record Summary(boolean movesPacket, Set<String> changes) {
    static final Summary NONE = new Summary(false, Set.of());

    Summary and(Summary other) {
      Set<String> both = new HashSet<>(changes);
      both.addAll(other.changes);
      return new Summary(movesPacket || other.movesPacket, Set.copyOf(both));
    }
  }

  private final Map<String, Summary> summaries = new HashMap<>();

  Effects(Program program) {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Function function : program.functions()) {
        Summary summary = summarize(function);
        changed |= !summary.equals(summaries.put(function.name(), summary));
      }
    }
  }

  private Summary summarize(Function function) {
    Sources sources = new Sources(function, Definitions.of(function));
    Summary summary = Summary.NONE;
    for (Block block : function.blocks()) {
      for (Inst inst : block.insts()) {
        summary = summary.and(of(inst, sources));
      }
    }
    return summary;
  }

  /// What one instruction does.
  Summary of(Inst inst, Sources sources) {
    return switch (inst) {
      case Inst.CallKernel call -> {
        boolean changes =
            call.function() instanceof Helper helper
                && switch (helper) {
                  case MAP_UPDATE_ELEM,
                      MAP_DELETE_ELEM,
                      TASK_STORAGE_DELETE,
                      SK_STORAGE_DELETE,
                      INODE_STORAGE_DELETE,
                      CGRP_STORAGE_DELETE ->
                      true;
                  default -> false;
                };
        Summary own =
            new Summary(call.function().movesPacket(), changes ? sources.mapsOf(call) : Set.of());
        boolean later =
            call.function() == Helper.TIMER_SET_CALLBACK
                || call.function().equals(WorkQueue.SET_CALLBACK)
                || call.function().equals(WorkQueue.SET_CALLBACK_BEFORE);
        yield later
            ? own
            : sources.callbacks(call).stream()
                .map(callback -> summaries.getOrDefault(callback, Summary.NONE))
                .reduce(own, Summary::and);
      }
      case Inst.CallFunction call -> summaries.getOrDefault(call.function(), Summary.NONE);
      default -> Summary.NONE;
    };
  }
}
