package org.bpf4j.event;

/// An attachment that was begun; it is recorded when it is done, and else not.
@FunctionalInterface
public interface AttachTiming {

  /// The program was attached.
  ///
  /// @param program its name
  /// @param hook what it was attached to
  void attached(String program, String hook);
}
