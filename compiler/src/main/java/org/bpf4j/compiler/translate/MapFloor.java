package org.bpf4j.compiler.translate;

import java.util.Optional;
import org.bpf4j.compiler.ast.Declaration.StructDecl;
import org.bpf4j.compiler.ast.Program;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.ssa.Requirement;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.object.MapKind;

/// The oldest kernel that lets programs use a map: those that may sleep were let in later, type by
/// type, and to values with a lock later still.
final class MapFloor {

  /// The first kernel that disables preemption where a lock is held, so that programs which may
  /// sleep can use maps with locks (`check_map_prog_compatibility`).
  private static final KernelVersion SLEEPABLE_LOCKS = new KernelVersion(6, 7);

  private static final String IN_SLEEPABLE = " in programs that may sleep, as this kind may,";

  private MapFloor() {}

  /// What a program asks for that uses the map.
  static Requirement of(Unit.MapDeclaration map, Program program, boolean sleepable) {
    MapKind kind = map.type().form().kind();
    String name = map.type().form().simpleName();
    Requirement plain = new Requirement(kind.since(), name + "s", Optional.empty());
    if (!sleepable) {
      return plain;
    }
    KernelVersion asleep = kind.sleepableSince().orElseGet(kind::since);
    Requirement floor =
        plain.max(new Requirement(asleep, name + "s" + IN_SLEEPABLE, Optional.empty()));
    return hasLock(map.type().value(), program)
        ? floor.max(new Requirement(SLEEPABLE_LOCKS, "locks" + IN_SLEEPABLE, Optional.empty()))
        : floor;
  }

  private static boolean hasLock(Type value, Program program) {
    return value instanceof Type.StructType(String name)
        && program.declarations().get(name) instanceof StructDecl struct
        && struct.members().stream().anyMatch(member -> member.type() == Type.Special.SPIN_LOCK);
  }
}
