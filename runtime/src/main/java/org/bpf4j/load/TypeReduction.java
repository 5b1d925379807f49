package org.bpf4j.load;

import java.util.List;
import java.util.Set;
import org.bpf4j.btf.Btf;
import org.bpf4j.btf.BtfType;
import org.bpf4j.object.DataSection;

/// Rewrites types for a kernel that does not know the younger ways to say something, keeping ids
/// and sizes.
///
/// @param missing what it does not know
record TypeReduction(Set<TypeFeature> missing) {

  /// Copies the set.
  TypeReduction {
    missing = Set.copyOf(missing);
  }

  /// The same types in terms that the kernel knows.
  Btf reduce(Btf btf) {
    return new Btf(btf.types().stream().map(this::reduce).toList());
  }

  private BtfType reduce(BtfType type) {
    return switch (type) {
      case BtfType.Float(String name, int bytes) when lacks(TypeFeature.FLOAT) ->
          new BtfType.Struct(name, bytes, List.of());
      case BtfType.DeclTag _ when lacks(TypeFeature.DECL_TAG) ->
          new BtfType.Int("tag", 1, BtfType.IntEncoding.NONE, 8);
      case BtfType.TypeTag(_, int to) when lacks(TypeFeature.TYPE_TAG) -> new BtfType.Const(to);
      case BtfType.Enum64(String name, int bytes, _, _) when lacks(TypeFeature.ENUM64) ->
          new BtfType.Union(name, bytes, List.of());
      case BtfType.Enum(String name, int bytes, _, var values) when lacks(TypeFeature.ENUM64) ->
          new BtfType.Enum(name, bytes, false, values);
      case BtfType.DataSection(String name, int bytes, var vars)
          when name.startsWith(DataSection.OPTIONAL) && lacks(TypeFeature.OPTIONAL_SECTION) ->
          new BtfType.DataSection("_" + name.substring(1), bytes, vars);
      default -> type;
    };
  }

  private boolean lacks(TypeFeature feature) {
    return missing.contains(feature);
  }
}
