package org.bpf4j.processor.read;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.lang.model.element.VariableElement;
import org.bpf4j.compiler.ast.MapForm;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.object.MapFlag;

/// What `@MapFlags` asks of a map.
///
/// @param flags the map's own flags
/// @param inner the flags of the maps that it holds
/// @param numaNode the NUMA node of its memory, or −1 for any
public record MapOptions(List<MapFlag> flags, List<MapFlag> inner, int numaNode) {

  /// Copies the lists.
  public MapOptions {
    flags = List.copyOf(flags);
    inner = List.copyOf(inner);
  }

  /// What the annotation of a field says.
  public static MapOptions of(VariableElement field) {
    int node =
        Annotations.find(field, "MapFlags")
            .flatMap(mirror -> Annotations.value(mirror, "numaNode"))
            .map(value -> (Integer) value)
            .orElse(-1);
    return new MapOptions(flags(field, "value"), flags(field, "inner"), node);
  }

  private static List<MapFlag> flags(VariableElement field, String member) {
    return Annotations.find(field, "MapFlags").stream()
        .flatMap(mirror -> Annotations.texts(mirror, member).stream())
        .map(flag -> MapFlag.valueOf(flag.substring(flag.lastIndexOf('.') + 1)))
        .distinct()
        .toList();
  }

  /// The map's flags as bits.
  int flagBits() {
    return flags.stream().mapToInt(MapFlag::bit).sum();
  }

  /// The flags of the maps that it holds, as bits.
  int innerBits() {
    return inner.stream().mapToInt(MapFlag::bit).sum();
  }

  /// Why a map of a type cannot have this, to be read behind its name.
  Optional<String> misfit(Type.MapType map) {
    boolean everywhere = map.form().kind().perCpu() || flags.contains(MapFlag.NO_COMMON_LRU);
    if (everywhere && numaNode >= 0) {
      return Optional.of("has memory for each CPU, so it cannot be on one NUMA node");
    }
    if (map.value() instanceof Type.MapType held) {
      Optional<String> guarded =
          inner.stream()
              .filter(flag -> flag == MapFlag.RDONLY_PROG || flag == MapFlag.WRONLY_PROG)
              .findFirst()
              .map(flag -> "holds maps, of which programs cannot be kept by the flag " + flag);
      return stray(flags, map.form(), "is a ")
          .or(() -> stray(inner, held.form(), "holds maps of type "))
          .or(() -> guarded);
    }
    if (!inner.isEmpty()) {
      return Optional.of("holds no maps, which the flags of `inner` are for");
    }
    return stray(flags, map.form(), "is a ");
  }

  private static Optional<String> stray(List<MapFlag> flags, MapForm form, String is) {
    return flags.stream()
        .filter(flag -> !flag.isFor(form.kind()))
        .findFirst()
        .map(
            flag ->
                is
                    + form.simpleName()
                    + ", which the flag "
                    + flag
                    + " is not for, but for "
                    + Arrays.stream(MapForm.values())
                        .filter(other -> flag.isFor(other.kind()))
                        .map(MapForm::simpleName)
                        .collect(Collectors.joining(", ")));
  }
}
