package org.bpf4j.object;

/// What a program may return.
public sealed interface ProgramResult {

  /// An `int`, or nothing, which is 0.
  record Number() implements ProgramResult {}

  /// A constant of an enum of the library.
  ///
  /// @param type the enum's simple name, such as `XdpAction`
  /// @param harmless the constant that lets things happen, for examples
  /// @param decides what it decides, for messages
  record Action(String type, String harmless, String decides) implements ProgramResult {}
}
