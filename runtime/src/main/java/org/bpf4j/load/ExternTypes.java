package org.bpf4j.load;

import java.util.ArrayList;
import java.util.List;
import org.bpf4j.btf.Btf;
import org.bpf4j.btf.BtfType;
import org.bpf4j.btf.BtfType.Linkage;
import org.bpf4j.object.Kfunc;

/// Rewrites types that stand for the kernel's own, which the kernel does not take, keeping ids.
final class ExternTypes {

  /// Stands where nobody looks.
  private static final BtfType PLACEHOLDER = new BtfType.Pointer(0);

  private ExternTypes() {}

  /// The same types without functions and variables of the kernel; its configuration becomes the
  /// object's own.
  static Btf without(Btf btf) {
    List<BtfType> types = new ArrayList<>(btf.count());
    boolean same = true;
    for (BtfType type : btf.types()) {
      BtfType own = own(btf, type);
      same &= own.equals(type);
      types.add(own);
    }
    return same ? btf : new Btf(types);
  }

  private static boolean isReplaced(Btf btf, int id) {
    return btf.find(id)
        .filter(type -> type instanceof BtfType.Func || type instanceof BtfType.Var)
        .filter(type -> own(btf, type).equals(PLACEHOLDER))
        .isPresent();
  }

  private static BtfType own(Btf btf, BtfType type) {
    return switch (type) {
      case BtfType.Func(_, Linkage linkage, _) when linkage == Linkage.EXTERN -> PLACEHOLDER;
      case BtfType.Var(String name, int of, Linkage linkage) when linkage == Linkage.EXTERN ->
          btf.resolve(of) == 0 ? PLACEHOLDER : new BtfType.Var(name, of, Linkage.GLOBAL);
      case BtfType.DeclTag(_, int of, _) when isReplaced(btf, of) -> PLACEHOLDER;
      case BtfType.DataSection section when section.name().equals(Kfunc.SECTION) -> PLACEHOLDER;
      default -> type;
    };
  }
}
