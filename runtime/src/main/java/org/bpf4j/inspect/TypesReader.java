package org.bpf4j.inspect;

import java.util.Optional;
import java.util.OptionalInt;
import org.bpf4j.btf.BtfNames;
import org.bpf4j.btf.BtfTypes;
import org.bpf4j.inventory.ListedTypes;
import org.bpf4j.inventory.Tenure;
import org.bpf4j.sys.Bpf;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.ObjectFamily;
import org.bpf4j.sys.ObjectInfo;

/// Describes type information; offsets are those of `struct bpf_btf_info`.
final class TypesReader {

  private static final String KERNEL = "vmlinux";

  private TypesReader() {}

  static ListedTypes read(Descriptor types, Tenure tenure) {
    ObjectInfo info = ObjectInfo.of(types, "BTF");
    return new ListedTypes(
        info.number(12), Bpf.btfName(types), info.number(8), info.number(28) != 0, tenure);
  }

  /// The types themselves; a module's go on where the kernel's end.
  static Optional<BtfTypes> contents(int id) {
    Optional<Descriptor> found = ObjectFamily.TYPES.open(id);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try (Descriptor types = found.get()) {
      ListedTypes listed = read(types, Tenure.UNKNOWN);
      byte[] bytes = Bpf.btfBytes(types);
      boolean module = listed.ofKernel() && !listed.name().equals(KERNEL);
      return module
          ? kernel().map(kernel -> BtfNames.module(bytes, kernel))
          : Optional.of(BtfNames.of(bytes));
    }
  }

  private static Optional<BtfNames> kernel() {
    ObjectFamily family = ObjectFamily.TYPES;
    for (OptionalInt id = family.next(0); id.isPresent(); id = family.next(id.getAsInt())) {
      Optional<Descriptor> found = family.open(id.getAsInt());
      if (found.isPresent()) {
        try (Descriptor types = found.get()) {
          if (Bpf.btfName(types).equals(KERNEL)) {
            return Optional.of(BtfNames.of(Bpf.btfBytes(types)));
          }
        }
      }
    }
    return Optional.empty();
  }
}
