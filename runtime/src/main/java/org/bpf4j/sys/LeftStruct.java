package org.bpf4j.sys;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.bpf4j.kernel.NotPermittedException;
import org.bpf4j.object.MapKind;

/// A struct of functions that a process left attached which was killed, since no link did: the
/// kernel holds its map, and nobody else knows it.
///
/// The tag of the owner stands among the strings of the types that the map was made with.
///
/// @param map the map's number
/// @param name the struct's name, as far as the kernel keeps it
/// @param owner whose it was
public record LeftStruct(int map, String name, OwnerTag owner) {

  /// What stands in the tag for a program's name.
  private static final String CONTENT = "structs";

  /// `BPF_F_LINK` of `linux/bpf.h`.
  private static final int LINK = 1 << 13;

  /// Where `struct bpf_struct_ops_common` has its state, and the one of a map that is attached
  /// without a link (`BPF_STRUCT_OPS_STATE_INUSE`).
  private static final int STATE = 4;

  private static final int ATTACHED = 1;

  /// What stands among the strings of an object with structs that this process loads.
  public static String tag() {
    return OwnerTag.own(CONTENT).toString();
  }

  /// All of processes that are gone; none are found without `CAP_SYS_ADMIN`.
  public static List<LeftStruct> find() {
    List<LeftStruct> left = new ArrayList<>();
    try {
      ObjectFamily maps = ObjectFamily.MAP;
      for (OptionalInt id = maps.next(0); id.isPresent(); id = maps.next(id.getAsInt())) {
        maps.open(id.getAsInt()).ifPresent(map -> of(map).ifPresent(left::add));
      }
    } catch (NotPermittedException _) {
      // what is in the kernel is not for this process to see
    }
    return left;
  }

  private static Optional<LeftStruct> of(Descriptor opened) {
    try (Descriptor map = opened) {
      ObjectInfo info = ObjectInfo.of(map, "a map");
      boolean struct = info.number(0) == MapKind.STRUCT_OPS.number();
      if (!struct || (info.number(20) & LINK) != 0 || !isAttached(map, info.number(12))) {
        return Optional.empty();
      }
      return owner(info.number(64))
          .filter(OwnerTag::isStale)
          .map(owner -> new LeftStruct(info.number(4), info.text(24), owner));
    }
  }

  private static boolean isAttached(Descriptor map, int bytes) {
    ByteBuffer value = ByteBuffer.wrap(Bpf.read(map, bytes)).order(ByteOrder.nativeOrder());
    return value.getInt(STATE) == ATTACHED;
  }

  private static Optional<OwnerTag> owner(int types) {
    return ObjectFamily.TYPES
        .open(types)
        .flatMap(LeftStruct::owner)
        .filter(LeftStruct::isOfStructs);
  }

  private static Optional<OwnerTag> owner(Descriptor opened) {
    try (Descriptor types = opened) {
      return OwnerTag.find(new String(Bpf.btfBytes(types), StandardCharsets.ISO_8859_1));
    }
  }

  private static boolean isOfStructs(OwnerTag owner) {
    return owner.program().equals(CONTENT);
  }

  /// Takes away those of a name, so that another one can take its place.
  ///
  /// @return whether there was one
  static boolean reclaim(String name) {
    boolean found = false;
    for (LeftStruct left : find()) {
      if (left.name.equals(name.substring(0, Math.min(name.length(), Bpf.NAME_LENGTH)))) {
        found |= left.remove() == 0;
      }
    }
    return found;
  }

  /// Detaches it.
  ///
  /// @return 0 or a negated error number
  public long remove() {
    Optional<Descriptor> found = ObjectFamily.MAP.open(map);
    if (found.isEmpty()) {
      return -Errno.ENOENT.number();
    }
    try (Descriptor opened = found.get()) {
      return Bpf.empty(opened);
    }
  }
}
