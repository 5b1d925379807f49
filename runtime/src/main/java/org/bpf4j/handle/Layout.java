package org.bpf4j.handle;

import java.util.List;
import java.util.Optional;
import org.bpf4j.btf.Btf;
import org.bpf4j.btf.BtfType;

/// Where the fields of a struct stand, as an object's BTF says.
///
/// Generated codecs ask once, when they are initialised, and hold no offsets of their own: the
/// compiler's layout is the only one, and a mismatch is impossible.
public final class Layout {

  private final Btf btf;
  private final int id;

  private Layout(Btf btf, int id) {
    this.btf = btf;
    this.id = id;
  }

  /// The layout of the struct of that name.
  ///
  /// @throws IllegalArgumentException if there is none
  public static Layout of(Btf btf, String struct) {
    for (int id = 1; id <= btf.count(); id++) {
      if (btf.type(id) instanceof BtfType.Struct(String name, _, _) && name.equals(struct)) {
        return new Layout(btf, id);
      }
    }
    throw new IllegalArgumentException("the object has no struct `" + struct + "`");
  }

  /// The size of the struct in bytes.
  public int bytes() {
    return Math.toIntExact(btf.sizeOf(id).orElseThrow());
  }

  /// The position of a field in bytes; a dotted path leads into embedded structs.
  ///
  /// @throws IllegalArgumentException if there is no such field
  public long offset(String path) {
    long bits = 0;
    int type = id;
    for (String field : path.split("\\.", -1)) {
      BtfType.Member member = member(type, field, path);
      bits += member.bitOffset();
      type = btf.resolve(member.type());
    }
    return bits / Byte.SIZE;
  }

  /// The size of a field in bytes; a dotted path leads into embedded structs.
  ///
  /// @throws IllegalArgumentException if there is no such field
  public int bytes(String path) {
    int type = id;
    for (String field : path.split("\\.", -1)) {
      type = btf.resolve(member(type, field, path).type());
    }
    return Math.toIntExact(btf.sizeOf(type).orElseThrow());
  }

  private BtfType.Member member(int type, String field, String path) {
    Optional<BtfType.Member> member =
        type != 0 && btf.type(type) instanceof BtfType.Struct(_, _, List<BtfType.Member> members)
            ? members.stream().filter(m -> m.name().equals(field)).findFirst()
            : Optional.empty();
    return member.orElseThrow(
        () ->
            new IllegalArgumentException(
                "struct `" + btf.type(id).name() + "` has no field `" + path + "`"));
  }
}
