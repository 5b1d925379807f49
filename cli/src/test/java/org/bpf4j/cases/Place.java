package org.bpf4j.cases;

import java.util.List;
import java.util.stream.Stream;
import org.bpf4j.btf.Btf;
import org.bpf4j.btf.BtfType;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.DataSection;

/// Where a global stands.
///
/// @param section the data section
/// @param offset its first byte
/// @param type its type in the object's BTF
public record Place(String section, int offset, int type) {

  /// Finds a global by its name.
  ///
  /// @throws IllegalArgumentException if the object has none of that name
  public static Place of(BpfObject object, String name) {
    return object.data().stream()
        .filter(section -> section.btfType() != 0)
        .flatMap(section -> variables(object.btf(), section))
        .filter(place -> object.btf().type(place.type()).name().equals(name))
        .findFirst()
        .map(
            place ->
                new Place(
                    place.section(),
                    place.offset(),
                    ((BtfType.Var) object.btf().type(place.type())).type()))
        .orElseThrow(() -> new IllegalArgumentException("no global `" + name + "`"));
  }

  private static Stream<Place> variables(Btf btf, DataSection section) {
    return btf.type(section.btfType())
            instanceof BtfType.DataSection(_, _, List<BtfType.SectionVar> vars)
        ? vars.stream().map(var -> new Place(section.name(), var.offset(), var.var()))
        : Stream.of();
  }
}
