package org.bpf4j.lang;

import org.jspecify.annotations.Nullable;

/// What a process passed to `setsockopt`.
@ContextStruct("bpf_sockopt")
public interface SetsockoptContext extends Context {

  /// A view of the option's value, or null if the value ends before the view does.
  ///
  /// @param view a [Header] interface
  /// @param offset its first byte, counted from the start of the value; a negative one gives null
  <T> @Nullable T header(Class<T> view, int offset);

  /// The level of the option, such as 1 for `SOL_SOCKET`.
  @S32
  @At(24)
  int level();

  /// Sets [#level()].
  void level(int value);

  /// The option.
  @S32
  @At(28)
  int option();

  /// Sets [#option()].
  void option(int value);

  /// The length of the value. Set to −1, the kernel does nothing itself, and the call succeeds.
  @S32
  @At(32)
  int valueBytes();

  /// Sets [#valueBytes()].
  void valueBytes(int value);
}
