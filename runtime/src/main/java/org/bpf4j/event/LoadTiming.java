package org.bpf4j.event;

/// A load that was begun; it is recorded when it is done, and else not.
@FunctionalInterface
public interface LoadTiming {

  /// The program was loaded.
  ///
  /// @param object the class that it was compiled from, or whose object it is
  /// @param program its name
  /// @param type its type
  /// @param instructions how many slots of 8 bytes it has
  void loaded(String object, String program, String type, int instructions);
}
