package org.bpf4j.processor.read;

import java.util.Optional;
import org.bpf4j.compiler.ast.Declaration.ViewKind;
import org.bpf4j.compiler.ast.MapFamily;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Type.Special;

/// Which types maps may have as keys and values.
final class MapShapes {
  private final JavaTypes types;

  MapShapes(JavaTypes types) {
    this.types = types;
  }

  /// Why a map cannot have the keys and values that it is declared with.
  Optional<String> misfit(Type.MapType map) {
    boolean key =
        switch (map.form().family().key()) {
          case STORED -> isStorable(map.key(), false);
          case ENUM -> map.key() instanceof Type.EnumType;
          case NONE, INDEX, GROUP -> true;
        };
    if (!key) {
      return Optional.of(
          map.form().family().key() == MapFamily.Key.ENUM
              ? JavaTypes.word(map.key()) + " cannot be a key; use an enum"
              : JavaTypes.word(map.key())
                  + " cannot be a key; use a box, an enum, a record, or for a text a @Struct with a"
                  + " BpfString");
    }
    return switch (map.form().family().value()) {
      case NONE, DESCRIPTOR, TARGET, TRACE -> Optional.empty();
      case MAP -> innerMisfit(map);
      case COPIED ->
          isStorable(map.value(), false)
              ? Optional.empty()
              : Optional.of(
                  JavaTypes.word(map.value())
                      + " cannot be a value; use a box, an enum, a record or a @Struct");
      case HELD ->
          map.value() instanceof Type.StructType || map.value() instanceof Type.AtomicType
              ? Optional.empty()
              : Optional.of("its values must be a @Struct class or an atomic");
      case STRUCT, EVENT ->
          map.value() instanceof Type.StructType
              ? Optional.empty()
              : Optional.of("its records must be a @Struct class");
      case STORED ->
          isStorable(map.value(), true)
              ? Optional.empty()
              : Optional.of(
                  JavaTypes.word(map.value())
                      + " cannot be a value; use a box, an enum, a record, a @Struct or an"
                      + " atomic");
    };
  }

  private Optional<String> innerMisfit(Type.MapType map) {
    if (!(map.value() instanceof Type.MapType inner)) {
      return Optional.of(JavaTypes.word(map.value()) + " is no map");
    }
    return switch (inner.form().family()) {
      case ARRAY, KEYED -> misfit(inner);
      case SCRATCH,
          RING,
          USER_RING,
          PROGRAMS,
          QUEUE,
          FILTER,
          EVENTS,
          TRACES,
          CGROUPS,
          TARGETS,
          SOCKETS,
          SOCKMAP,
          SOCKHASH,
          SHARED_PORT,
          MAPS,
          KEYED_MAPS,
          STORAGE,
          ATTACHED,
          ARENA ->
          Optional.of("a " + inner.form().simpleName() + " cannot be an inner map");
    };
  }

  private boolean isStorable(Type type, boolean value) {
    return switch (type) {
      case Type.RecordType record -> !JavaTypes.isInstance(record);
      case Type.Boxed _, Type.EnumType _ -> true;
      case Type.StructType _ -> true;
      case Type.AtomicType _ -> value;
      case Primitive primitive -> primitive == Primitive.INT && !value;
      case Type.ViewType(String name) -> isOfKernel(name);
      case Type.ArrayType _,
          Type.RowType _,
          Type.ArenaType _,
          Type.MapType _,
          Type.HeldType _,
          Type.ObjectType _,
          Type.CollectionType _,
          Special _ ->
          false;
    };
  }

  /// Whether a view is of a struct of the kernel, so that its address says all.
  private boolean isOfKernel(String view) {
    return types.isView(view, ViewKind.KERNEL_STRUCT);
  }
}
