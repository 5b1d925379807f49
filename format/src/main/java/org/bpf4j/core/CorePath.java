package org.bpf4j.core;

import java.util.ArrayList;
import java.util.List;
import org.bpf4j.btf.BtfNames;
import org.bpf4j.btf.BtfType;
import org.bpf4j.btf.BtfTypes;
import org.bpf4j.isa.MalformedObjectException;

/// The way from a type to a field of it, by the indices of a CO-RE access string.
///
/// @param root the type that it starts from
/// @param index how many values of the root type it skips
/// @param steps the steps into it
/// @param field the field at its end
record CorePath(int root, long index, List<Step> steps, CoreField field) {

  /// `BPF_CORE_SPEC_MAX_LEN` of libbpf.
  private static final int MAX_STEPS = 64;

  static final BtfType NO_STRUCT = new BtfType.Forward("", false);

  /// One step: into a member, or an element. Unnamed members are walked through and leave no step:
  /// the kernel may group its members otherwise.
  sealed interface Step {
    /// Into the member of that name; `type` is the member's.
    record Into(String name, int type) implements Step {}

    /// To an element of an array.
    record Element(long index) implements Step {}
  }

  /// Copies the list.
  CorePath {
    steps = List.copyOf(steps);
  }

  /// Follows an access string, such as `0:1:2`.
  ///
  /// @throws MalformedObjectException if there is no such way
  static CorePath parse(BtfTypes types, int root, String text) {
    long[] indices = indices(text);
    CoreField field = CoreField.of(types, root, indices[0]);
    List<Step> steps = new ArrayList<>();
    for (int i = 1; i < indices.length; i++) {
      field = step(types, field, indices[i], steps, text);
    }
    return new CorePath(root, indices[0], steps, field);
  }

  private static CoreField step(
      BtfTypes types, CoreField field, long index, List<Step> steps, String text) {
    int type = types.resolve(field.type());
    if (type != 0 && types.type(type) instanceof BtfType.Array array) {
      steps.add(new Step.Element(index));
      return field.element(types, array, index);
    }
    List<BtfType.Member> members = members(types, type);
    if (index >= members.size()) {
      throw broken(text);
    }
    BtfType.Member member = members.get((int) index);
    if (!member.name().isEmpty()) {
      steps.add(new Step.Into(member.name(), member.type()));
    }
    return field.member(member);
  }

  /// The members of a struct or union, none for other types.
  static List<BtfType.Member> members(BtfTypes types, int id) {
    return switch (types.find(types.resolve(id)).orElse(NO_STRUCT)) {
      case BtfType.Struct(_, _, List<BtfType.Member> members) -> members;
      case BtfType.Union(_, _, List<BtfType.Member> members) -> members;
      default -> List.of();
    };
  }

  /// The indices of an access string.
  static long[] indices(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length > MAX_STEPS) {
      throw broken(text);
    }
    long[] indices = new long[parts.length];
    for (int i = 0; i < parts.length; i++) {
      try {
        indices[i] = Integer.parseUnsignedInt(parts[i]);
      } catch (NumberFormatException e) {
        throw new MalformedObjectException("not an access string: \"" + text + "\"", e);
      }
      if (indices[i] < 0) {
        throw broken(text);
      }
    }
    return indices;
  }

  private static MalformedObjectException broken(String text) {
    return new MalformedObjectException("an access string leads nowhere: \"" + text + "\"");
  }

  /// The way as a programmer would write it: `task_struct.mm.pgd`.
  String describe(BtfTypes types) {
    StringBuilder text = new StringBuilder(BtfNames.essential(types.type(root).name()));
    for (Step step : steps) {
      switch (step) {
        case Step.Into(String name, _) -> text.append('.').append(name);
        case Step.Element(long at) -> text.append('[').append(at).append(']');
      }
    }
    return text.toString();
  }
}
