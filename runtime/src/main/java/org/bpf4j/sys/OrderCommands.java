package org.bpf4j.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.bpf4j.handle.AttachOrder;
import org.bpf4j.handle.AttachOrder.Neighbour;
import org.bpf4j.inventory.HookOrder;

/// The commands of bpf(2) about hooks with several programs; offsets are those of `link_create` and
/// `query` in `union bpf_attr`.
public final class OrderCommands {

  private static final int PROG_QUERY = 16;

  /// `BPF_F_BEFORE`, `BPF_F_AFTER`, `BPF_F_ID` and `BPF_F_LINK`.
  private static final int BEFORE = 1 << 3;

  private static final int AFTER = 1 << 4;
  private static final int ID = 1 << 5;
  private static final int LINK = 1 << 13;

  /// `BPF_MPROG_MAX`, which is also the most of a cgroup (`BPF_CGROUP_MAX_PROGS`).
  private static final int MAX_PROGRAMS = 64;

  /// No descriptor and no interface has this number.
  private static final int NOWHERE = Integer.MAX_VALUE;

  private OrderCommands() {}

  /// Attaches a program to a hook that takes a link, at a place among others.
  ///
  /// @param target an interface's index or a descriptor, by attach type
  /// @param attachType `enum bpf_attach_type`
  /// @return a descriptor, or the negated error number
  public static long createLink(Descriptor program, int target, int attachType, AttachOrder order) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attr = AttachCommands.link(arena, program, target, attachType);
      attr.set(JAVA_INT, 12, flags(order));
      attr.set(JAVA_INT, 16, order.neighbour().map(OrderCommands::id).orElse(0));
      attr.set(JAVA_LONG, 24, order.revision());
      return AttachCommands.createLink(arena, attr);
    }
  }

  private static int flags(AttachOrder order) {
    int side =
        switch (order.side()) {
          case ANY -> 0;
          case BEFORE -> BEFORE;
          case AFTER -> AFTER;
        };
    return side
        | order
            .neighbour()
            .map(other -> other instanceof Neighbour.OfLink ? ID | LINK : ID)
            .orElse(0);
  }

  private static int id(Neighbour neighbour) {
    return switch (neighbour) {
      case Neighbour.OfLink(int id) -> id;
      case Neighbour.OfProgram(int id) -> id;
    };
  }

  /// Whether a kernel that refused an order as invalid knows no orders for such hooks: one that
  /// does says of a hook that cannot exist that there is none.
  public static boolean isUnknown(Descriptor program, int attachType) {
    long result = createLink(program, NOWHERE, attachType, AttachOrder.first());
    return Errno.EINVAL.is(result);
  }

  /// The programs at a hook.
  ///
  /// @param target an interface's index or a descriptor, by attach type
  /// @param attachType `enum bpf_attach_type`
  /// @param what what the hook is, for messages
  public static HookOrder query(int target, int attachType, String what) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment programs = arena.allocate(JAVA_INT, MAX_PROGRAMS);
      MemorySegment links = arena.allocate(JAVA_INT, MAX_PROGRAMS);
      MemorySegment attr = arena.allocate(64, 8);
      attr.set(JAVA_INT, 0, target);
      attr.set(JAVA_INT, 4, attachType);
      attr.set(JAVA_LONG, 16, programs.address());
      attr.set(JAVA_INT, 24, MAX_PROGRAMS);
      attr.set(JAVA_LONG, 40, links.address());
      long result = Bpf.call(arena, PROG_QUERY, attr);
      if (Errno.E2BIG.is(result) || Errno.EINVAL.is(result)) {
        attr.set(JAVA_LONG, 40, 0);
        result = Bpf.call(arena, PROG_QUERY, attr);
      }
      if (Errno.ENOENT.is(result)) {
        return new HookOrder(0, List.of());
      }
      Failure.check(result, "BPF_PROG_QUERY of " + what, Capability.NET_ADMIN);
      List<HookOrder.Place> places = new ArrayList<>();
      for (int i = 0; i < attr.get(JAVA_INT, 24); i++) {
        int link = links.getAtIndex(JAVA_INT, i);
        places.add(
            new HookOrder.Place(
                programs.getAtIndex(JAVA_INT, i),
                link == 0 ? OptionalInt.empty() : OptionalInt.of(link)));
      }
      return new HookOrder(attr.get(JAVA_LONG, 56), places);
    }
  }
}
