package org.bpf4j.core;

import org.bpf4j.btf.BtfNames;
import org.bpf4j.btf.BtfType;

/// Which of a kernel's types a description may mean, by kind and name.
final class CoreName {

  private CoreName() {}

  /// Whether two names are the same but for flavours.
  static boolean isSame(String a, String b) {
    return BtfNames.essential(a).equals(BtfNames.essential(b));
  }

  /// Whether two types are of one kind, as enums of both sizes are.
  static boolean isSameKind(BtfType a, BtfType b) {
    return a.getClass() == b.getClass() || isEnum(a) && isEnum(b);
  }

  /// Whether a type is an enum.
  static boolean isEnum(BtfType type) {
    return type instanceof BtfType.Enum || type instanceof BtfType.Enum64;
  }
}
