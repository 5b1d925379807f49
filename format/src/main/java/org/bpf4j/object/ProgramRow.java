package org.bpf4j.object;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The columns of a [ProgramKind], filled by name; those that are not set have the value that most
/// kinds have.
final class ProgramRow {
  final String annotation;
  final String phrase;
  final ProgramFamily family;
  ProgramType type = ProgramType.KPROBE;
  int attachType;
  KernelVersion since = KernelVersion.FLOOR;
  List<String> sections = List.of();
  ProgramParameters parameters = new ProgramParameters.Struct();
  ProgramResult result = ProgramResult.Number.ANY;
  int abortValue;
  ProgramTarget target = ProgramTarget.NONE;
  Set<ProgramOption> always = Set.of();
  Set<ProgramOption> choices = Set.of();
  Optional<String> btfPrefix = Optional.empty();
  String example = "";

  ProgramRow(String annotation, String phrase, ProgramFamily family) {
    this.annotation = annotation;
    this.phrase = phrase;
    this.family = family;
  }

  ProgramRow kernel(ProgramType type, int attachType, String since) {
    this.type = type;
    this.attachType = attachType;
    this.since = KernelVersion.parse(since);
    return this;
  }

  ProgramRow sections(String... names) {
    sections = List.of(names);
    return this;
  }

  ProgramRow context(ContextLayout layout, Set<Integer> writable) {
    return parameters(new ProgramParameters.Context(layout, writable));
  }

  ProgramRow parameters(ProgramParameters parameters) {
    this.parameters = parameters;
    return this;
  }

  ProgramRow action(String type, String harmless, String decides) {
    return result(new ProgramResult.Action(type, harmless, decides, Map.of()));
  }

  /// An action with a constant that came later.
  ///
  /// @param newer its number
  /// @param since the first kernel that knows it
  ProgramRow action(String type, String harmless, String decides, int newer, String since) {
    Map<Integer, KernelVersion> floors = Map.of(newer, KernelVersion.parse(since));
    return result(new ProgramResult.Action(type, harmless, decides, floors));
  }

  ProgramRow returns(int value) {
    result = new ProgramResult.Nothing(value);
    return aborts(value);
  }

  ProgramRow result(ProgramResult result) {
    this.result = result;
    return this;
  }

  /// The program is bound to a type of the kernel's BTF when it is loaded.
  ProgramRow boundTo(String prefix) {
    btfPrefix = Optional.of(prefix);
    return this;
  }

  ProgramRow aborts(int value) {
    abortValue = value;
    return this;
  }

  ProgramRow target(ProgramTarget target) {
    this.target = target;
    return this;
  }

  ProgramRow always(ProgramOption... options) {
    always = Set.of(options);
    return this;
  }

  ProgramRow choices(ProgramOption... options) {
    choices = Set.of(options);
    return this;
  }

  ProgramRow example(String signature) {
    example = signature;
    return this;
  }
}
