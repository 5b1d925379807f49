package org.bpf4j.packet;

import java.time.Instant;
import java.util.Arrays;
import org.bpf4j.handle.Frame;

/// A frame of a capture.
///
/// @param time when it was captured
/// @param bytes what was captured of it
/// @param originalLength its length on the wire, which may be more
public record CapturedFrame(Instant time, byte[] bytes, int originalLength) implements Frame {

  /// Copies the bytes.
  public CapturedFrame {
    bytes = bytes.clone();
  }

  /// A copy of the captured bytes.
  @Override
  public byte[] bytes() {
    return bytes.clone();
  }

  /// Whether the capture cut it.
  public boolean isTruncated() {
    return originalLength > bytes.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CapturedFrame frame
        && time.equals(frame.time)
        && originalLength == frame.originalLength
        && Arrays.equals(bytes, frame.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * time.hashCode() + Arrays.hashCode(bytes);
  }
}
