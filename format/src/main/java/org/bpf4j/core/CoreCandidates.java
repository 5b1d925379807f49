package org.bpf4j.core;

import java.util.List;
import java.util.stream.IntStream;
import org.bpf4j.btf.Btf;
import org.bpf4j.btf.BtfNames;
import org.bpf4j.btf.BtfType;
import org.bpf4j.btf.BtfTypes;

/// Where a kernel's types come from that a description may mean.
@FunctionalInterface
public interface CoreCandidates {

  /// A type of a kernel.
  ///
  /// @param types where its id counts
  /// @param id its id
  record Candidate(BtfTypes types, int id) {}

  /// The types that have the kind and the essential name of a description; enums of both sizes are
  /// one kind.
  ///
  /// @param local the types of the object
  /// @param described the described type's id
  List<Candidate> of(BtfTypes local, int described);

  /// The types of one kernel.
  static CoreCandidates in(BtfTypes kernel) {
    return (local, described) -> {
      BtfType type = local.type(described);
      String name = BtfNames.essential(type.name());
      List<Integer> ids =
          switch (kernel) {
            case BtfNames names -> names.findFlavours(name);
            case Btf btf ->
                IntStream.rangeClosed(1, btf.count())
                    .filter(id -> !name.isEmpty() && CoreName.isSame(btf.type(id).name(), name))
                    .boxed()
                    .toList();
          };
      return ids.stream()
          .filter(id -> CoreName.isSameKind(type, kernel.type(id)))
          .map(id -> new Candidate(kernel, id))
          .toList();
    };
  }

  /// The first of two that has any.
  default CoreCandidates or(CoreCandidates others) {
    return (local, described) -> {
      List<Candidate> found = of(local, described);
      return found.isEmpty() ? others.of(local, described) : found;
    };
  }
}
