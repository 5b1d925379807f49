package org.bpf4j.handle;

import java.util.Optional;

/// Where among the programs of a hook one is put, which run one after another: at traffic control
/// (Linux 6.6), netkit devices, and cgroups (Linux 6.17).
///
/// @param side on which side of the other one, or of all if there is no other
/// @param neighbour the other one, which must be there
/// @param revision the number that the hook's order must have, as
///   [org.bpf4j.inspect.KernelInventory#order] told it, or 0 for any; it grows with each change
public record AttachOrder(Side side, Optional<Neighbour> neighbour, long revision) {

  /// A side.
  public enum Side {
    /// Where the kernel puts it: behind all that are there.
    ANY,
    /// Before.
    BEFORE,
    /// Behind.
    AFTER
  }

  /// What else is attached there.
  public sealed interface Neighbour {

    /// A link, by its number.
    record OfLink(int id) implements Neighbour {}

    /// A program, by its number.
    record OfProgram(int id) implements Neighbour {}
  }

  /// Where the kernel puts it: behind all that are there.
  public static final AttachOrder ANY = new AttachOrder(Side.ANY, Optional.empty(), 0);

  /// @throws IllegalArgumentException if there is a neighbour but no side of it
  public AttachOrder {
    if (side == Side.ANY && neighbour.isPresent()) {
      throw new IllegalArgumentException("on which side of " + neighbour.get() + "?");
    }
  }

  /// Before all that are there.
  public static AttachOrder first() {
    return new AttachOrder(Side.BEFORE, Optional.empty(), 0);
  }

  /// Behind all that are there.
  public static AttachOrder last() {
    return new AttachOrder(Side.AFTER, Optional.empty(), 0);
  }

  /// Before another one's program.
  public static AttachOrder before(Link link) {
    return new AttachOrder(Side.BEFORE, of(link), 0);
  }

  /// Behind another one's program.
  public static AttachOrder after(Link link) {
    return new AttachOrder(Side.AFTER, of(link), 0);
  }

  private static Optional<Neighbour> of(Link link) {
    return Optional.of(new Neighbour.OfLink(link.info().id()));
  }

  /// Before what somebody else attached.
  public static AttachOrder before(Neighbour neighbour) {
    return new AttachOrder(Side.BEFORE, Optional.of(neighbour), 0);
  }

  /// Behind what somebody else attached.
  public static AttachOrder after(Neighbour neighbour) {
    return new AttachOrder(Side.AFTER, Optional.of(neighbour), 0);
  }

  /// The same, if nobody changed the order since it had that number; else attaching is a
  /// [org.bpf4j.kernel.SyscallException] with `ESTALE`.
  public AttachOrder ifRevision(long expected) {
    return new AttachOrder(side, neighbour, expected);
  }

  @Override
  public String toString() {
    String place =
        switch (side) {
          case ANY -> "anywhere";
          case BEFORE -> neighbour.map(other -> "before " + name(other)).orElse("first");
          case AFTER -> neighbour.map(other -> "after " + name(other)).orElse("last");
        };
    return revision == 0 ? place : place + ", at revision " + revision;
  }

  private static String name(Neighbour neighbour) {
    return switch (neighbour) {
      case Neighbour.OfLink(int id) -> "link " + id;
      case Neighbour.OfProgram(int id) -> "program " + id;
    };
  }
}
