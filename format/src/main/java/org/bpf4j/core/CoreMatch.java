package org.bpf4j.core;

import java.util.List;
import java.util.Optional;
import org.bpf4j.btf.BtfType;
import org.bpf4j.btf.BtfTypes;

/// Finds the field that a path means in a type of the kernel: members by name wherever they stand,
/// elements by index.
///
/// @param local the program's types
/// @param target the kernel's types
record CoreMatch(BtfTypes local, BtfTypes target) {

  /// The field, if that type has it.
  ///
  /// @param root the kernel's type
  Optional<CoreField> find(CorePath path, int root) {
    Optional<CoreField> field = Optional.of(CoreField.of(target, root, path.index()));
    for (CorePath.Step step : path.steps()) {
      field = field.flatMap(from -> follow(from, step));
    }
    CoreCompatibility compatibility = new CoreCompatibility(local, target);
    return field.filter(
        found -> path.steps().isEmpty() || compatibility.fields(path.field().type(), found.type()));
  }

  private Optional<CoreField> follow(CoreField from, CorePath.Step step) {
    return switch (step) {
      case CorePath.Step.Into(String name, int type) ->
          member(from, name, BtfTypes.MAX_DEPTH)
              .filter(found -> new CoreCompatibility(local, target).fields(type, found.type()));
      case CorePath.Step.Element(long index) -> element(from, index);
    };
  }

  /// Looks through unnamed structs and unions as well.
  private Optional<CoreField> member(CoreField from, String name, int depth) {
    List<BtfType.Member> members = CorePath.members(target, from.type());
    for (BtfType.Member member : members) {
      if (member.name().equals(name)) {
        return Optional.of(from.member(member));
      }
      if (member.name().isEmpty() && depth > 0) {
        Optional<CoreField> inner = member(from.member(member), name, depth - 1);
        if (inner.isPresent()) {
          return inner;
        }
      }
    }
    return Optional.empty();
  }

  /// An array of no elements is one that goes on behind its struct.
  private Optional<CoreField> element(CoreField from, long index) {
    return target.find(target.resolve(from.type())).stream()
        .filter(BtfType.Array.class::isInstance)
        .map(BtfType.Array.class::cast)
        .filter(array -> array.count() == 0 || index < Integer.toUnsignedLong(array.count()))
        .map(array -> from.element(target, array, index))
        .findFirst();
  }
}
