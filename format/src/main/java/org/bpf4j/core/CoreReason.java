package org.bpf4j.core;

import java.util.List;
import java.util.Optional;
import org.bpf4j.btf.BtfType;
import org.bpf4j.btf.BtfTypes;

/// Says why a kernel's type does not have a field that is there by name, which is a mistake in the
/// description of it more often than another kernel.
final class CoreReason {

  private CoreReason() {}

  /// What stops the way, in words that follow a sentence; nothing if a name is not there.
  ///
  /// @param local the types that the path is described by
  static String of(CorePath path, BtfTypes local, BtfTypes kernel, int root) {
    int type = root;
    String last = "";
    for (CorePath.Step step : path.steps()) {
      Optional<String> end = end(kernel, type, last);
      if (end.isPresent()) {
        return end.get();
      }
      switch (step) {
        case CorePath.Step.Into(String name, _) -> {
          Optional<BtfType.Member> member = member(kernel, type, name);
          if (member.isEmpty()) {
            return "";
          }
          type = member.get().type();
          last = name;
        }
        case CorePath.Step.Element(long index) -> {
          if (!(find(kernel, type) instanceof BtfType.Array array)) {
            return ": `" + last + "` is " + kind(kernel, type) + ", not an array";
          }
          boolean flexible = array.count() == 0; // as many as the struct was made with
          if (!flexible && index >= array.count()) {
            return ": `" + last + "` has " + array.count() + " elements";
          }
          type = array.element();
        }
      }
    }
    String there = kind(kernel, type);
    String described = kind(local, path.field().type());
    return there.equals(described)
        ? ""
        : ": `" + last + "` is " + there + ", and here it is described as " + described;
  }

  /// Why nothing follows a member.
  private static Optional<String> end(BtfTypes kernel, int type, String name) {
    return find(kernel, type) instanceof BtfType.Pointer
        ? Optional.of(
            ": `"
                + name
                + "` is a pointer, which a path does not follow; give it a view of its own")
        : Optional.empty();
  }

  private static Optional<BtfType.Member> member(BtfTypes kernel, int type, String name) {
    List<BtfType.Member> members = CorePath.members(kernel, type);
    for (BtfType.Member member : members) {
      if (member.name().equals(name)) {
        return Optional.of(member);
      }
      Optional<BtfType.Member> inner =
          member.name().isEmpty() ? member(kernel, member.type(), name) : Optional.empty();
      if (inner.isPresent()) {
        return inner;
      }
    }
    return Optional.empty();
  }

  private static String kind(BtfTypes kernel, int type) {
    return switch (find(kernel, type)) {
      case BtfType.Pointer _ -> "a pointer";
      case BtfType.Struct _ -> "a struct";
      case BtfType.Union _ -> "a union";
      case BtfType.Array _ -> "an array";
      case BtfType.Enum _, BtfType.Enum64 _ -> "an enum";
      case BtfType.Int _ -> "a number";
      default -> "something else";
    };
  }

  private static BtfType find(BtfTypes kernel, int type) {
    return kernel.find(kernel.resolve(type)).orElse(CorePath.NO_STRUCT);
  }
}
