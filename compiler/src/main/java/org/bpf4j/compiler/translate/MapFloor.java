package org.bpf4j.compiler.translate;

import org.bpf4j.compiler.ast.Declaration.StructDecl;
import org.bpf4j.compiler.ast.Program;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.object.MapKind;

/// The oldest kernel that lets programs use a map: those that may sleep were let in later, type by
/// type, and to values with a lock later still.
final class MapFloor {

  /// The first kernel that disables preemption where a lock is held, so that programs which may
  /// sleep can use maps with locks (`check_map_prog_compatibility`).
  private static final KernelVersion SLEEPABLE_LOCKS = new KernelVersion(6, 7);

  private MapFloor() {}

  static KernelVersion of(Unit.MapDeclaration map, Program program, boolean sleepable) {
    MapKind kind = map.type().form().kind();
    if (!sleepable) {
      return kind.since();
    }
    KernelVersion floor = kind.sleepableSince().orElseGet(kind::since).max(kind.since());
    return hasLock(map.type().value(), program) ? floor.max(SLEEPABLE_LOCKS) : floor;
  }

  private static boolean hasLock(Type value, Program program) {
    return value instanceof Type.StructType(String name)
        && program.declarations().get(name) instanceof StructDecl struct
        && struct.members().stream().anyMatch(member -> member.type() == Type.Special.SPIN_LOCK);
  }
}
