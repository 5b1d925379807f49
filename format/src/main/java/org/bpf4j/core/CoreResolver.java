package org.bpf4j.core;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.bpf4j.btf.BtfNames;
import org.bpf4j.btf.BtfType;
import org.bpf4j.btf.BtfTypes;
import org.bpf4j.core.CoreCandidates.Candidate;
import org.bpf4j.isa.Insn;
import org.bpf4j.isa.MalformedObjectException;
import org.bpf4j.object.CoreRelocation;

/// Answers an object's CO-RE relocations from a kernel's types, the same question once.
///
/// Several types of the kernel may fit, as it may have unrelated structs of one name: they must
/// agree, else the answer is missing. Where none fits, an existence test says 0, as do the size and
/// the number of a type, which are no other type's; any other answer is missing.
public final class CoreResolver {

  private final BtfTypes local;
  private final CoreCandidates kernel;
  private final Map<Question, CoreResult> answered = new ConcurrentHashMap<>();

  /// What a relocation asks, wherever it stands.
  private record Question(CoreRelocation.Kind kind, int typeId, String path) {}

  /// A resolver for one object.
  ///
  /// @param local the types of the object
  /// @param kernel where the kernel's types come from
  public CoreResolver(BtfTypes local, CoreCandidates kernel) {
    this.local = local;
    this.kernel = kernel;
  }

  /// Puts the answer to a relocation into its instruction.
  ///
  /// @throws MalformedObjectException if the relocation makes no sense in the object's own types or
  ///   at that instruction
  public CoreOutcome patch(Insn insn, CoreRelocation relocation) {
    return switch (resolve(relocation)) {
      case CoreResult.Found found -> CorePatch.apply(insn, found);
      case CoreResult.Missing(String reason) -> new CoreOutcome.Impossible(reason);
    };
  }

  /// Answers a relocation before its instruction is there.
  ///
  /// @throws MalformedObjectException if it makes no sense in the object's own types
  public void prepare(CoreRelocation relocation) {
    resolve(relocation);
  }

  /// Answers one relocation.
  ///
  /// @throws MalformedObjectException if it makes no sense in the object's own types
  CoreResult resolve(CoreRelocation relocation) {
    if (relocation.kind() == CoreRelocation.Kind.TYPE_ID_LOCAL) {
      return CoreResult.Found.constant(relocation.typeId());
    }
    Question question = new Question(relocation.kind(), relocation.typeId(), relocation.path());
    CoreResult known = answered.get(question);
    if (known == null) {
      known = answer(relocation);
      answered.put(question, known);
    }
    return known;
  }

  private CoreResult answer(CoreRelocation relocation) {
    return switch (relocation.kind().subject()) {
      case FIELD -> field(relocation);
      case TYPE -> type(relocation);
      case ENUMERATOR -> enumerator(relocation);
    };
  }

  private CoreResult field(CoreRelocation relocation) {
    CorePath path = CorePath.parse(local, relocation.typeId(), relocation.path());
    return agree(
        relocation,
        candidate ->
            new CoreMatch(local, candidate.types())
                .find(path, candidate.id())
                .flatMap(found -> value(relocation, path, found, candidate.types())),
        "field " + path.describe(local),
        candidate -> CoreReason.of(path, local, candidate.types(), candidate.id()));
  }

  private Optional<CoreResult.Found> value(
      CoreRelocation relocation, CorePath path, CoreField found, BtfTypes types) {
    long size = found.accessBytes(types);
    boolean readable = found.isWithinWord(types);
    return switch (relocation.kind()) {
      case FIELD_BYTE_OFFSET -> found(readable, offset(path, found, types));
      case FIELD_BYTE_SIZE -> found(readable, size);
      case FIELD_EXISTS -> found(true, 1);
      case FIELD_SIGNED -> found(true, found.isSigned(types) ? 1 : 0);
      case FIELD_LSHIFT_U64 -> found(readable && size <= Long.BYTES, found.leftShift(types));
      case FIELD_RSHIFT_U64 -> found(readable && size <= Long.BYTES, found.rightShift(types));
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

  private CoreResult.Found offset(CorePath path, CoreField found, BtfTypes types) {
    return new CoreResult.Found(
        found.accessOffset(types),
        path.field().bits() > 0 ? 0 : path.field().elementBytes(local),
        found.bits() > 0 ? 0 : found.elementBytes(types),
        path.field().isResizable(local) && found.isResizable(types));
  }

  private CoreResult type(CoreRelocation relocation) {
    int wanted = relocation.typeId();
    return agree(
        relocation,
        candidate -> type(relocation, candidate),
        "type " + BtfNames.essential(local.type(wanted).name()),
        _ -> "");
  }

  private Optional<CoreResult.Found> type(CoreRelocation relocation, Candidate candidate) {
    CoreCompatibility compatibility = new CoreCompatibility(local, candidate.types());
    int wanted = relocation.typeId();
    int id = candidate.id();
    return switch (relocation.kind()) {
      case TYPE_ID_TARGET -> found(compatibility.types(wanted, id), id);
      case TYPE_EXISTS -> found(compatibility.types(wanted, id), 1);
      case TYPE_SIZE ->
          found(compatibility.types(wanted, id), candidate.types().sizeOf(id).orElse(0));
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
    };
  }

  private static Optional<CoreResult.Found> found(boolean fits, long value) {
    return found(fits, CoreResult.Found.constant(value));
  }

  private static Optional<CoreResult.Found> found(boolean fits, CoreResult.Found found) {
    return fits ? Optional.of(found) : Optional.empty();
  }

  private CoreResult enumerator(CoreRelocation relocation) {
    BtfType type = local.type(local.resolve(relocation.typeId()));
    List<BtfType.EnumValue> values = CoreCompatibility.values(type);
    long index = CorePath.indices(relocation.path())[0];
    if (index >= values.size()) {
      throw new MalformedObjectException("no enumerator " + index + " of `" + type.name() + "`");
    }
    String name = values.get((int) index).name();
    boolean exists = relocation.kind() == CoreRelocation.Kind.ENUMVAL_EXISTS;
    return agree(
        relocation,
        candidate ->
            CoreCompatibility.values(candidate.types().type(candidate.id())).stream()
                .filter(value -> CoreName.isSame(value.name(), name))
                .findFirst()
                .map(value -> CoreResult.Found.constant(exists ? 1 : value.value())),
        "enumerator " + BtfNames.essential(type.name()) + "." + BtfNames.essential(name),
        _ -> "");
  }

  /// The one answer of all candidates that fit.
  ///
  /// @param answer what a candidate says, if it fits
  /// @param what the thing that is looked for, for messages
  /// @param why what is wrong with a candidate, if none fits
  private CoreResult agree(
      CoreRelocation relocation,
      Function<Candidate, Optional<CoreResult.Found>> answer,
      String what,
      Function<Candidate, String> why) {
    List<Candidate> candidates = kernel.of(local, relocation.typeId());
    List<CoreResult.Found> answers =
        candidates.stream().map(answer).flatMap(Optional::stream).distinct().toList();
    if (answers.size() > 1) {
      return new CoreResult.Missing(
          "this kernel has several types for " + what + ", which disagree");
    }
    if (!answers.isEmpty()) {
      return answers.getFirst();
    }
    return switch (relocation.kind()) {
      case FIELD_EXISTS, TYPE_EXISTS, TYPE_MATCHES, TYPE_SIZE, TYPE_ID_TARGET, ENUMVAL_EXISTS ->
          CoreResult.Found.constant(0);
      case FIELD_BYTE_OFFSET,
          FIELD_BYTE_SIZE,
          FIELD_SIGNED,
          FIELD_LSHIFT_U64,
          FIELD_RSHIFT_U64,
          TYPE_ID_LOCAL,
          ENUMVAL_VALUE ->
          new CoreResult.Missing(
              "this kernel has no "
                  + what
                  + candidates.stream()
                      .map(why)
                      .filter(reason -> !reason.isEmpty())
                      .findFirst()
                      .orElse(""));
    };
  }
}
