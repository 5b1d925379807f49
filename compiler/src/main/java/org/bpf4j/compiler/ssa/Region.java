package org.bpf4j.compiler.ssa;

/// The memory that an access touches, as far as it is known.
///
/// Accesses of different kinds never alias, nor do two maps, stack slots or data sections of
/// different names; packet and kernel accesses always may.
///
/// @param kind the kind of memory
/// @param name the map, data section or ring; the slot's number for stack memory; else empty
public record Region(Kind kind, String name) {

  /// The program's context struct.
  public static final Region CONTEXT = new Region(Kind.CONTEXT, "");

  /// Packet bytes.
  public static final Region PACKET = new Region(Kind.PACKET, "");

  /// Kernel memory.
  public static final Region KERNEL = new Region(Kind.KERNEL, "");

  /// The block of a callback's captures. Addresses in it are never null.
  public static final Region CAPTURED = new Region(Kind.CAPTURED, "");

  /// Memory that a pointer parameter refers to: may alias anything but packet and context.
  public static final Region ANY = new Region(Kind.ANY, "");

  /// The arena, of which a program has one at most.
  public static final Region ARENA = new Region(Kind.ARENA, "");

  /// Objects that programs made; each access is of one field.
  public static final Region OBJECT = new Region(Kind.OBJECT, "");

  /// The stack slot of that number.
  public static Region stack(int slot) {
    return new Region(Kind.STACK, Integer.toString(slot));
  }

  /// A value of the map of that name.
  public static Region map(String name) {
    return new Region(Kind.MAP, name);
  }

  /// The data section of that name.
  public static Region global(String section) {
    return new Region(Kind.GLOBAL, section);
  }

  /// A record reserved in the ring of that name.
  public static Region ring(String name) {
    return new Region(Kind.RING, name);
  }

  /// Kinds of memory.
  public enum Kind {
    STACK,
    MAP,
    GLOBAL,
    RING,
    CONTEXT,
    PACKET,
    KERNEL,
    ARENA,
    OBJECT,
    CAPTURED,
    ANY
  }

  /// Whether an access to one may touch the other.
  public boolean mayAlias(Region other) {
    if (kind == Kind.ANY || other.kind == Kind.ANY) {
      return isOrdinary() && other.isOrdinary();
    }
    return equals(other);
  }

  private boolean isOrdinary() {
    return kind != Kind.PACKET && kind != Kind.CONTEXT && kind != Kind.KERNEL;
  }
}
