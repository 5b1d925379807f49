package org.bpf4j.cli;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Says that a command cannot do its job with what it was given; the message is for its user.
final class CommandFailedException extends Exception {

  @Serial private static final long serialVersionUID = 1;

  CommandFailedException(String message) {
    super(message);
  }

  private CommandFailedException(String message, Throwable cause) {
    super(message, cause);
  }

  /// A file or directory that cannot be read or written.
  static CommandFailedException of(Path path, IOException e) {
    String why =
        switch (e) {
          case NoSuchFileException _ -> "there is no such file";
          case AccessDeniedException _ -> "access is denied";
          default -> String.valueOf(e.getMessage());
        };
    return new CommandFailedException(path + ": " + why, e);
  }

  /// A file whose contents are not what they should be.
  static CommandFailedException of(Path path, IllegalArgumentException e) {
    return new CommandFailedException(path + ": " + e.getMessage(), e);
  }
}
