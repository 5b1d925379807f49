package org.bpf4j.compiler.analyze;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.Definitions;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Program;
import org.bpf4j.object.Helper;
import org.bpf4j.object.Kfunc;
import org.bpf4j.object.MapKind;
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

  /// `BPF_NOEXIST`: an update that leaves entries alone.
  private static final long IF_ABSENT = 1;

  private final Map<String, Summary> summaries = new HashMap<>();
  private final Map<String, MapKind> keyedMaps;
  private final boolean packetDynptrs;

  /// @param keyedMaps the maps whose elements come and go, by name
  Effects(Program program, Map<String, MapKind> keyedMaps) {
    this.keyedMaps = keyedMaps;
    packetDynptrs = hasPacketDynptrs(program);
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Function function : program.functions()) {
        Summary summary = summarize(function);
        changed |= !summary.equals(summaries.put(function.name(), summary));
      }
    }
  }

  /// Whether a dynptr may be of a packet: helpers make others, functions of the kernel any.
  private static boolean hasPacketDynptrs(Program program) {
    return program.functions().stream()
        .flatMap(function -> function.blocks().stream())
        .flatMap(block -> block.insts().stream())
        .anyMatch(
            inst ->
                inst instanceof Inst.CallKernel call
                    && call.function() instanceof Kfunc
                    && Reservation.dynptrOf(call).isPresent());
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
        boolean moves =
            call.function().movesPacket()
                || packetDynptrs && call.function() == Helper.DYNPTR_WRITE;
        Summary own = new Summary(moves, changed(call, sources));
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

  private Set<String> changed(Inst.CallKernel call, Sources sources) {
    return switch (call.function()) {
      case Helper.MAP_UPDATE_ELEM ->
          sources.mapsOf(call).stream()
              .filter(map -> replaces(call, sources, map))
              .collect(Collectors.toSet());
      case Helper.MAP_DELETE_ELEM,
          Helper.TASK_STORAGE_DELETE,
          Helper.SK_STORAGE_DELETE,
          Helper.INODE_STORAGE_DELETE,
          Helper.CGRP_STORAGE_DELETE ->
          sources.mapsOf(call);
      default -> Set.of();
    };
  }

  /// Whether an update of a map may put another entry where one was: the kernel writes values of
  /// CPUs in place, and makes room for a new key only where the least recently used goes.
  private boolean replaces(Inst.CallKernel call, Sources sources, String map) {
    MapKind kind = keyedMaps.getOrDefault(map, MapKind.HASH);
    OptionalLong flags = sources.constant(call.arguments().getLast());
    return switch (kind) {
      case LRU_HASH, LRU_PERCPU_HASH -> true;
      case PERCPU_HASH -> false;
      default -> flags.isEmpty() || flags.getAsLong() != IF_ABSENT;
    };
  }
}
