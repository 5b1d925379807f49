package org.bpf4j.compiler.analyze;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.Definitions;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Region;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.object.Helper;
import org.bpf4j.object.MapFlag;
import org.bpf4j.object.MapLock;
import org.bpf4j.object.PacketSlices;
import org.bpf4j.object.PointerExchange;

/// Finds accesses that a map's flags forbid to programs, writes to one that they may only read and
/// reads of one that they may only write, writes to slices, and locks and pointers that are in no
/// map.
final class GuardedMaps {
  private final Map<String, Integer> flags;
  private final Advice advice;
  private final Definitions definitions;
  private final Sources sources;

  private GuardedMaps(Function function, Map<String, Integer> flags, Advice advice) {
    this.flags = flags;
    this.advice = advice;
    this.definitions = Definitions.of(function);
    this.sources = new Sources(function, definitions);
  }

  /// @param flags the flags of the maps that have some, by name
  static List<Diagnostic> check(Function function, Map<String, Integer> flags, Advice advice) {
    List<Diagnostic> found = new ArrayList<>();
    GuardedMaps maps = new GuardedMaps(function, flags, advice);
    for (Block block : function.blocks()) {
      block.insts().forEach(inst -> maps.fault(inst).ifPresent(found::add));
    }
    return found;
  }

  private Optional<Diagnostic> fault(Inst inst) {
    return switch (inst) {
      case Inst.Store i -> written(inst, named(i.region())).or(() -> sliced(inst, i.base()));
      case Inst.Zero i -> written(inst, named(i.region()));
      case Inst.Copy i ->
          written(inst, named(i.toRegion()))
              .or(() -> sliced(inst, i.to()))
              .or(() -> read(inst, named(i.fromRegion())));
      case Inst.Atomic i -> written(inst, named(i.region()));
      case Inst.Load i -> read(inst, named(i.region()));
      case Inst.CallKernel call
          when call.function() == Helper.MAP_UPDATE_ELEM
              || call.function() == Helper.MAP_DELETE_ELEM ->
          written(inst, sources.mapOf(call));
      case Inst.CallKernel call when call.function() == Helper.MAP_LOOKUP_ELEM ->
          read(inst, sources.mapOf(call));
      case Inst.CallKernel call when MapLock.takenBy(call.function()).isPresent() ->
          isInMap(call.arguments().getFirst())
              ? Optional.empty()
              : Optional.of(
                  advice.error(
                      Code.BPF2017,
                      inst.origin(),
                      "this lock is not in a map's value, so it guards nothing",
                      List.of(),
                      "get the struct from a BpfHashMap or BpfArray"));
      case Inst.CallKernel call when call.function() instanceof PointerExchange ->
          isInMap(call.arguments().getFirst())
              ? Optional.empty()
              : Optional.of(
                  advice.error(
                      Code.BPF2017,
                      inst.origin(),
                      "this pointer is not in a map's value, so nobody would release its object",
                      List.of(),
                      "get the struct from a BpfHashMap, BpfLruHashMap or BpfArray"));
      default -> Optional.empty();
    };
  }

  /// What is written may be a copy of the packet's bytes.
  private Optional<Diagnostic> sliced(Inst inst, Value base) {
    return sources.of(base).stream().anyMatch(this::isSlice)
        ? Optional.of(
            advice.error(
                Code.BPF2015,
                inst.origin(),
                "a slice may only be read: its bytes may be a copy of the packet's",
                List.of(),
                "Helpers.skbStoreBytes(ctx, offset, from, 0), Helpers.xdpStoreBytes(…)"))
        : Optional.empty();
  }

  private boolean isSlice(Value source) {
    return definitions.of(source).orElse(null) instanceof Inst.CallKernel call
        && PacketSlices.SLICE.equals(call.function());
  }

  private boolean isInMap(Value lock) {
    return sources.of(lock).stream()
        .allMatch(
            source ->
                definitions.of(source).orElse(null) instanceof Inst.CallKernel call
                    && call.function() == Helper.MAP_LOOKUP_ELEM);
  }

  private static Optional<String> named(Region region) {
    return region.kind() == Region.Kind.MAP ? Optional.of(region.name()) : Optional.empty();
  }

  private Optional<Diagnostic> written(Inst inst, Optional<String> map) {
    return map.filter(name -> has(name, MapFlag.RDONLY_PROG))
        .map(name -> diagnostic(inst, "`" + name + "` may only be read by programs"));
  }

  private Optional<Diagnostic> read(Inst inst, Optional<String> map) {
    return map.filter(name -> has(name, MapFlag.WRONLY_PROG))
        .map(name -> diagnostic(inst, "`" + name + "` may only be written by programs"));
  }

  private boolean has(String map, MapFlag flag) {
    return flag.isIn(flags.getOrDefault(map, 0));
  }

  private Diagnostic diagnostic(Inst inst, String message) {
    return advice.error(
        Code.BPF1011,
        inst.origin(),
        message,
        List.of(),
        "leave RDONLY_PROG or WRONLY_PROG out of the map's @MapFlags");
  }
}
