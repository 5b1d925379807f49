package org.bpf4j.packet;

import java.io.Serial;

/// Says that a file is no capture that [PcapReader] can read: what is wrong, and at which byte.
public final class MalformedCaptureException extends IllegalArgumentException {

  @Serial private static final long serialVersionUID = 1;

  /// Creates it with what is wrong and where.
  public MalformedCaptureException(String message) {
    super(message);
  }
}
