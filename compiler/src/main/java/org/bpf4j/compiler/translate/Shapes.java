package org.bpf4j.compiler.translate;

import java.util.ArrayList;
import java.util.List;
import org.bpf4j.compiler.ast.Declaration.Member;
import org.bpf4j.compiler.ast.Declaration.RecordDecl;
import org.bpf4j.compiler.ast.Declaration.ViewDecl;
import org.bpf4j.compiler.ast.Layouts;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.diagnostic.CompilerBug;

/// Which values a Java type becomes.
///
/// A number or enum is one value, a null enum a number that no constant has. A box, a header view,
/// a record and a dynptr begin with a flag, 1 unless it is null: a header's flag *is* its bounds
/// check, a record's components have no address, and a dynptr's tells nothing. Structs, arrays,
/// strings, atomics and contexts are their address. A view of a kernel struct is its address as a
/// number, since it is read by a helper only, which copes with any address; so is a struct in an
/// arena, which programs and user space know by the same address.
final class Shapes {
  private final Layouts layouts;

  Shapes(Layouts layouts) {
    this.layouts = layouts;
  }

  List<org.bpf4j.compiler.ssa.Type> of(Type type) {
    return switch (type) {
      case Primitive primitive -> List.of(of(primitive));
      case Type.EnumType _ -> List.of(org.bpf4j.compiler.ssa.Type.I32);
      case Type.Boxed boxed -> List.of(org.bpf4j.compiler.ssa.Type.I32, of(boxed.primitive()));
      case Type.RecordType record -> record(record);
      case Type.ViewType view -> view(view);
      case Type.ArenaType _ -> List.of(org.bpf4j.compiler.ssa.Type.I64);
      case Type.StructType _,
          Type.ArrayType _,
          Type.RowType _,
          Type.AtomicType _,
          Type.MapType _,
          Type.HeldType _,
          Type.ObjectType _,
          Type.CollectionType _ ->
          List.of(org.bpf4j.compiler.ssa.Type.PTR);
      case Type.Special special -> special(special);
    };
  }

  static org.bpf4j.compiler.ssa.Type of(Primitive primitive) {
    return primitive == Primitive.LONG
        ? org.bpf4j.compiler.ssa.Type.I64
        : org.bpf4j.compiler.ssa.Type.I32;
  }

  private static List<org.bpf4j.compiler.ssa.Type> special(Type.Special special) {
    return switch (special) {
      case VOID, NULL, CLASS, CODE, COMPONENT -> List.of();
      case BPF_STRING,
          TEXT,
          SPIN_LOCK,
          RESILIENT_LOCK,
          TIMER,
          WORK_QUEUE,
          LIST_NODE,
          TREE_NODE,
          REFCOUNT ->
          List.of(org.bpf4j.compiler.ssa.Type.PTR);
      case DYNPTR -> List.of(org.bpf4j.compiler.ssa.Type.I32, org.bpf4j.compiler.ssa.Type.PTR);
      case KERNEL_STRING -> List.of(org.bpf4j.compiler.ssa.Type.I64);
    };
  }

  private List<org.bpf4j.compiler.ssa.Type> record(Type.RecordType type) {
    List<org.bpf4j.compiler.ssa.Type> parts = new ArrayList<>();
    parts.add(org.bpf4j.compiler.ssa.Type.I32);
    for (Member component : components(type)) {
      parts.addAll(of(component.type()));
    }
    return List.copyOf(parts);
  }

  private List<org.bpf4j.compiler.ssa.Type> view(Type.ViewType type) {
    return switch (declaration(type.name()).kind()) {
      case HEADER -> List.of(org.bpf4j.compiler.ssa.Type.I32, org.bpf4j.compiler.ssa.Type.PTR);
      case CONTEXT, TRACEPOINT -> List.of(org.bpf4j.compiler.ssa.Type.PTR);
      case KERNEL_STRUCT -> List.of(org.bpf4j.compiler.ssa.Type.I64);
    };
  }

  /// The components of a record.
  List<Member> components(Type.RecordType type) {
    if (layouts.declaration(type.name()) instanceof RecordDecl record) {
      return record.members();
    }
    throw new CompilerBug(type.name() + " is not a record");
  }

  /// The index of a component's first part in a record's parts.
  int partOf(Type.RecordType type, String component) {
    int part = 1;
    for (Member member : components(type)) {
      if (member.name().equals(component)) {
        return part;
      }
      part += of(member.type()).size();
    }
    throw new CompilerBug("no component " + component + " in " + type.name());
  }

  /// The declaration of a view.
  ViewDecl declaration(String view) {
    if (layouts.declaration(view) instanceof ViewDecl declaration) {
      return declaration;
    }
    throw new CompilerBug(view + " is not a view");
  }

  /// Whether null is told by a flag before the value.
  boolean flagged(Type type) {
    return switch (type) {
      case Type.Boxed _, Type.RecordType _ -> true;
      case Type.ViewType view ->
          declaration(view.name()).kind() == org.bpf4j.compiler.ast.Declaration.ViewKind.HEADER;
      case Primitive _,
          Type.EnumType _,
          Type.StructType _,
          Type.ArenaType _,
          Type.ArrayType _,
          Type.RowType _,
          Type.AtomicType _,
          Type.MapType _,
          Type.HeldType _,
          Type.ObjectType _,
          Type.CollectionType _ ->
          false;
      case Type.Special special -> special == Type.Special.DYNPTR;
    };
  }
}
