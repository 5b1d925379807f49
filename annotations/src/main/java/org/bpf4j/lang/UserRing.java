package org.bpf4j.lang;

import java.util.function.Predicate;

/// A queue of records from user space to programs, in order (Linux 6.1).
///
/// User space fills it without system calls; a program takes out what is there when it runs.
///
/// @param <E> a [Struct]
public final class UserRing<E> {

  private final int bytes;

  private UserRing(int bytes) {
    this.bytes = bytes;
  }

  /// Declares a ring, as the initialiser of a `static final` field.
  ///
  /// @param bytes its size: a power of two, and a multiple of the page size; a constant expression
  public static <E> UserRing<E> ofBytes(int bytes) {
    return new UserRing<>(bytes);
  }

  /// The size in bytes, as declared; user space may have changed it before loading.
  public int bytes() {
    return bytes;
  }

  /// Calls a function with each record that is there, until it gives false; each that it was called
  /// with is taken out.
  ///
  /// User space may write to a record at any time, so what matters should be read once. Records of
  /// another program that are too short for the struct are taken out, and counted, but not shown.
  ///
  /// @param body what is done with a record, which is gone behind the call; whether to go on
  /// @return the number of records that were taken out, or a negated error: -16 (`EBUSY`) if
  ///   another program, or the body itself, drains the ring, -22 (`EINVAL`) or -7 (`E2BIG`) if user
  ///   space wrote what is no record
  public int drain(Predicate<E> body) {
    return Host.of(this).maps().drain(this, body);
  }
}
