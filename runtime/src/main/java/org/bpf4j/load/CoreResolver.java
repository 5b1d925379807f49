package org.bpf4j.load;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.bpf4j.btf.BtfNames;
import org.bpf4j.btf.BtfType;
import org.bpf4j.btf.BtfTypes;
import org.bpf4j.isa.MalformedObjectException;
import org.bpf4j.object.CoreRelocation;

/// Answers CO-RE relocations from the running kernel's types.
///
/// The kernel's types of the same kind and name are candidates; where several fit, they must agree,
/// as a kernel may have unrelated structs of one name.
final class CoreResolver {

  private final BtfTypes local;

  /// @param local the types of the object
  CoreResolver(BtfTypes local) {
    this.local = local;
  }

  /// Answers one relocation.
  ///
  /// @throws MalformedObjectException if it makes no sense in the object's own types
  CoreResult resolve(CoreRelocation relocation) {
    return switch (relocation.kind()) {
      case TYPE_ID_LOCAL -> CoreResult.Found.constant(relocation.typeId());
      case FIELD_BYTE_OFFSET,
          FIELD_BYTE_SIZE,
          FIELD_EXISTS,
          FIELD_SIGNED,
          FIELD_LSHIFT_U64,
          FIELD_RSHIFT_U64 ->
          field(relocation);
      case TYPE_ID_TARGET, TYPE_EXISTS, TYPE_SIZE, TYPE_MATCHES -> type(relocation);
      case ENUMVAL_EXISTS, ENUMVAL_VALUE -> enumerator(relocation);
    };
  }

  private CoreResult field(CoreRelocation relocation) {
    CorePath path = CorePath.parse(local, relocation.typeId(), relocation.path());
    BtfNames kernel = KernelTypes.types();
    CoreMatch match = new CoreMatch(local, kernel);
    return agree(
        relocation,
        id -> match.find(path, id).map(found -> value(relocation, path, found, kernel)),
        "field " + path.describe(local));
  }

  private CoreResult.Found value(
      CoreRelocation relocation, CorePath path, CoreField found, BtfTypes kernel) {
    return switch (relocation.kind()) {
      case FIELD_BYTE_OFFSET ->
          new CoreResult.Found(
              found.accessOffset(kernel),
              path.field().accessBytes(local),
              found.accessBytes(kernel),
              path.field().isResizable(local) && found.isResizable(kernel));
      case FIELD_BYTE_SIZE -> CoreResult.Found.constant(found.accessBytes(kernel));
      case FIELD_EXISTS -> CoreResult.Found.constant(1);
      case FIELD_SIGNED -> CoreResult.Found.constant(found.isSigned(kernel) ? 1 : 0);
      case FIELD_LSHIFT_U64 -> CoreResult.Found.constant(found.leftShift(kernel));
      case FIELD_RSHIFT_U64 -> CoreResult.Found.constant(found.rightShift(kernel));
      case TYPE_ID_LOCAL,
          TYPE_ID_TARGET,
          TYPE_EXISTS,
          TYPE_SIZE,
          TYPE_MATCHES,
          ENUMVAL_EXISTS,
          ENUMVAL_VALUE ->
          throw new IllegalArgumentException("not about a field: " + relocation);
    };
  }

  private CoreResult type(CoreRelocation relocation) {
    BtfNames kernel = KernelTypes.types();
    CoreCompatibility compatibility = new CoreCompatibility(local, kernel);
    int wanted = relocation.typeId();
    return agree(
        relocation,
        id ->
            switch (relocation.kind()) {
              case TYPE_ID_TARGET -> found(compatibility.types(wanted, id), id);
              case TYPE_EXISTS -> found(compatibility.types(wanted, id), 1);
              case TYPE_SIZE -> found(compatibility.types(wanted, id), kernel.sizeOf(id).orElse(0));
              case TYPE_MATCHES -> found(compatibility.matches(wanted, id), 1);
              case FIELD_BYTE_OFFSET,
                  FIELD_BYTE_SIZE,
                  FIELD_EXISTS,
                  FIELD_SIGNED,
                  FIELD_LSHIFT_U64,
                  FIELD_RSHIFT_U64,
                  TYPE_ID_LOCAL,
                  ENUMVAL_EXISTS,
                  ENUMVAL_VALUE ->
                  throw new IllegalArgumentException("not about a type: " + relocation);
            },
        "type " + CorePath.essential(local.type(wanted).name()));
  }

  private static Optional<CoreResult.Found> found(boolean fits, long value) {
    return fits ? Optional.of(CoreResult.Found.constant(value)) : Optional.empty();
  }

  private CoreResult enumerator(CoreRelocation relocation) {
    BtfNames kernel = KernelTypes.types();
    BtfType type = local.type(local.resolve(relocation.typeId()));
    List<BtfType.EnumValue> values = CoreCompatibility.values(type);
    long index = CorePath.indices(relocation.path())[0];
    if (index >= values.size()) {
      throw new MalformedObjectException("no enumerator " + index + " of `" + type.name() + "`");
    }
    String name = CorePath.essential(values.get((int) index).name());
    boolean exists = relocation.kind() == CoreRelocation.Kind.ENUMVAL_EXISTS;
    return agree(
        relocation,
        id ->
            CoreCompatibility.values(kernel.type(kernel.resolve(id))).stream()
                .filter(value -> CorePath.essential(value.name()).equals(name))
                .findFirst()
                .map(value -> CoreResult.Found.constant(exists ? 1 : value.value())),
        "enumerator " + CorePath.essential(type.name()) + "." + name);
  }

  /// The one answer of all candidates that fit.
  ///
  /// @param answer what a candidate says, if it fits
  /// @param what the thing that is looked for, for messages
  private CoreResult agree(
      CoreRelocation relocation, IntFunction<Optional<CoreResult.Found>> answer, String what) {
    List<CoreResult.Found> answers =
        candidates(relocation.typeId()).stream()
            .map(answer::apply)
            .flatMap(Optional::stream)
            .distinct()
            .toList();
    if (answers.size() > 1) {
      return new CoreResult.Missing(
          "this kernel has several types for " + what + ", which disagree");
    }
    if (!answers.isEmpty()) {
      return answers.getFirst();
    }
    return switch (relocation.kind()) {
      case FIELD_EXISTS, TYPE_EXISTS, TYPE_MATCHES, ENUMVAL_EXISTS -> CoreResult.Found.constant(0);
      case FIELD_BYTE_OFFSET,
          FIELD_BYTE_SIZE,
          FIELD_SIGNED,
          FIELD_LSHIFT_U64,
          FIELD_RSHIFT_U64,
          TYPE_ID_LOCAL,
          TYPE_ID_TARGET,
          TYPE_SIZE,
          ENUMVAL_VALUE ->
          new CoreResult.Missing("this kernel has no " + what);
    };
  }

  /// The kernel's types of the same kind and name; enums of both sizes are one kind.
  private List<Integer> candidates(int id) {
    BtfType type = local.type(id);
    String name = CorePath.essential(type.name());
    BtfNames kernel = KernelTypes.types();
    if (type instanceof BtfType.Enum || type instanceof BtfType.Enum64) {
      List<Integer> small = kernel.find(BtfType.Enum.class, name);
      List<Integer> large = kernel.find(BtfType.Enum64.class, name);
      return Stream.concat(small.stream(), large.stream()).toList();
    }
    return kernel.find(type.getClass(), name);
  }
}
