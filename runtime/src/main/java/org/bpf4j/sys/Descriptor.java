package org.bpf4j.sys;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/// A file descriptor that somebody owns: it is closed once, however often it is asked to.
///
/// It does not guard against use during close; whoever shares it between threads counts calls.
public final class Descriptor implements AutoCloseable {

  /// `AT_FDCWD` of `linux/fcntl.h`.
  private static final int WORKING_FOLDER = -100;

  /// `F_DUPFD_CLOEXEC`.
  private static final int DUPLICATE = 1030;

  /// `O_CLOEXEC`.
  private static final int CLOSE_ON_EXEC = 1 << 19;

  private final AtomicInteger number;

  /// Takes ownership of a number.
  Descriptor(long number) {
    this.number = new AtomicInteger(Math.toIntExact(number));
  }

  /// Takes ownership of the result of a call, or throws what explains its failure.
  ///
  /// @param action what was tried, for the message
  public static Descriptor of(long result, String action) {
    return new Descriptor(Failure.check(result, action));
  }

  /// Takes ownership of a number that a call gave.
  public static Descriptor own(long number) {
    return new Descriptor(number);
  }

  /// Opens a file or folder for reading.
  static Descriptor open(Path path) {
    try (Arena arena = Arena.ofConfined()) {
      long name = arena.allocateFrom(path.toString()).address();
      return of(
          Native.call(SystemCall.OPENAT, WORKING_FOLDER, name, CLOSE_ON_EXEC, 0, 0, 0),
          "opening " + path);
    }
  }

  /// A process.
  static Descriptor process(long number) {
    return of(Native.call(SystemCall.PIDFD_OPEN, number, 0, 0, 0, 0, 0), "pidfd_open of " + number);
  }

  /// Another descriptor of the same thing (`F_DUPFD_CLOEXEC`).
  public Descriptor duplicate() {
    return duplicate(number());
  }

  /// A descriptor of what another one of this process stands for, which its owner keeps.
  public static Descriptor duplicate(int number) {
    return of(
        Native.call(SystemCall.FCNTL, number, DUPLICATE, 0, 0, 0, 0),
        "duplicating descriptor " + number);
  }

  /// The number.
  ///
  /// @throws IllegalStateException if it is closed
  public int number() {
    int open = number.get();
    if (open < 0) {
      throw new IllegalStateException("closed");
    }
    return open;
  }

  @Override
  public void close() {
    int open = number.getAndSet(-1);
    if (open >= 0) {
      Native.call(SystemCall.CLOSE, open, 0, 0, 0, 0, 0);
    }
  }
}
