package org.bpf4j.probe;

/// Something about this machine or process that decides whether BPF works.
///
/// @param topic what it is about, such as `CAP_BPF` or `BPF file system`
/// @param grade whether that is well
/// @param state what is the case
/// @param meaning what follows from it
/// @param remedy what to do, as a command where there is one; `""` if nothing
public record Finding(String topic, Grade grade, String state, String meaning, String remedy) {

  /// Whether something is well.
  public enum Grade {
    /// It is.
    OK,
    /// Some features will not work, or work slower.
    LIMITED,
    /// Programs cannot be loaded.
    MISSING
  }

  /// Something that is well.
  static Finding ok(String topic, String state, String meaning) {
    return new Finding(topic, Grade.OK, state, meaning, "");
  }

  /// Something that is well, or else limits what works.
  static Finding limited(
      boolean well, String topic, String state, String meaning, String otherwise, String remedy) {
    return well
        ? ok(topic, state, meaning)
        : new Finding(topic, Grade.LIMITED, state, otherwise, remedy);
  }

  /// Something that is well, or else lets nothing be loaded.
  static Finding needed(
      boolean well, String topic, String state, String meaning, String otherwise, String remedy) {
    return well
        ? ok(topic, state, meaning)
        : new Finding(topic, Grade.MISSING, state, otherwise, remedy);
  }
}
