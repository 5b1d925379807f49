package org.bpf4j.lang;

import org.jspecify.annotations.Nullable;

/// The answer of the kernel to `getsockopt`.
@ContextStruct("bpf_sockopt")
public interface GetsockoptContext extends Context {

  /// A view of the option's value, or null if the value ends before the view does.
  ///
  /// @param view a [Header] interface
  /// @param offset its first byte, counted from the start of the value; a negative one gives null
  <T> @Nullable T header(Class<T> view, int offset);

  /// The level of the option, such as 1 for `SOL_SOCKET`.
  @S32
  @At(24)
  int level();

  /// The option.
  @S32
  @At(28)
  int option();

  /// The length of the value. A greater one than the kernel's, or than the process has room for, is
  /// an error.
  @S32
  @At(32)
  int valueBytes();

  /// Sets [#valueBytes()].
  void valueBytes(int value);

  /// The result of the call: 0, or a negative error number. A program sets it to 0, or since Linux
  /// 5.18 to any error.
  @S32
  @At(36)
  int result();

  /// Sets [#result()].
  void result(int value);
}
