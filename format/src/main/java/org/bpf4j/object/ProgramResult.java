package org.bpf4j.object;

import java.util.Map;

/// What a program may return.
public sealed interface ProgramResult {

  /// An `int` in a range, or nothing, which is 0; a number outside aborts the program.
  record Number(int least, int greatest) implements ProgramResult {
    /// Any number.
    public static final Number ANY = new Number(Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  /// Nothing: the kernel takes one number only.
  ///
  /// @param value that number
  record Nothing(int value) implements ProgramResult {}

  /// A constant of an enum of the library.
  ///
  /// @param type the enum's simple name, such as `XdpAction`
  /// @param harmless the constant that lets things happen, for examples
  /// @param decides what it decides, for messages
  /// @param newer constants that kernels do not know from the start, by value, and the first that
  ///   does
  record Action(String type, String harmless, String decides, Map<Integer, KernelVersion> newer)
      implements ProgramResult {

    /// Copies the map.
    public Action {
      newer = Map.copyOf(newer);
    }
  }
}
