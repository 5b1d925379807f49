package org.bpf4j.packet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Reads captures in the classic pcap format, of either byte order, in micro- or nanoseconds.
///
/// Only Ethernet captures are of use to programs that see Ethernet headers; others are refused, as
/// is pcapng. Input is not trusted: lengths are checked against what is there before anything is
/// allocated.
public final class PcapReader {

  private static final int MICROSECONDS = 0xa1b2c3d4;
  private static final int NANOSECONDS = 0xa1b23c4d;
  private static final int PCAPNG = 0x0a0d0d0a;
  private static final int FILE_HEADER = 24;
  private static final int RECORD_HEADER = 16;

  /// `LINKTYPE_ETHERNET`.
  private static final int ETHERNET = 1;

  /// The low bits of the link type; those above say whether frames end with a check sequence.
  private static final int LINK_TYPE_MASK = 0xffff;

  private final ByteBuffer in;
  private final long nanosPerUnit;

  private PcapReader(ByteBuffer in, long nanosPerUnit) {
    this.in = in;
    this.nanosPerUnit = nanosPerUnit;
  }

  /// Reads all frames of a capture.
  ///
  /// @throws MalformedCaptureException if it is none, or of another link type, or cut
  public static List<CapturedFrame> read(byte[] file) {
    if (file.length < FILE_HEADER) {
      throw new MalformedCaptureException(
          "a pcap file has at least " + FILE_HEADER + " bytes, this one " + file.length);
    }
    PcapReader reader = of(file);
    int linkType = reader.in.getInt(20) & LINK_TYPE_MASK;
    if (linkType != ETHERNET) {
      throw new MalformedCaptureException("link type " + linkType + " is not Ethernet (1)");
    }
    reader.in.position(FILE_HEADER);
    List<CapturedFrame> frames = new ArrayList<>();
    while (reader.in.hasRemaining()) {
      frames.add(reader.frame());
    }
    return frames;
  }

  private static PcapReader of(byte[] file) {
    for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      ByteBuffer in = ByteBuffer.wrap(file).order(order);
      switch (in.getInt(0)) {
        case MICROSECONDS -> {
          return new PcapReader(in, 1000);
        }
        case NANOSECONDS -> {
          return new PcapReader(in, 1);
        }
        case PCAPNG ->
            throw new MalformedCaptureException(
                "this is pcapng; convert it: tcpdump -r FILE -w NEW.pcap, editcap -F pcap FILE"
                    + " NEW");
        default -> {}
      }
    }
    throw new MalformedCaptureException(
        "not a pcap file: it begins with none of its magic numbers");
  }

  private CapturedFrame frame() {
    int at = in.position();
    if (in.remaining() < RECORD_HEADER) {
      throw new MalformedCaptureException("the capture is cut in a record header at byte " + at);
    }
    long seconds = Integer.toUnsignedLong(in.getInt());
    long fraction = Integer.toUnsignedLong(in.getInt());
    int captured = in.getInt();
    int original = in.getInt();
    if (captured < 0 || captured > in.remaining()) {
      throw new MalformedCaptureException(
          "the frame at byte "
              + at
              + " has "
              + Integer.toUnsignedString(captured)
              + " bytes, but only "
              + in.remaining()
              + " are left");
    }
    byte[] bytes = new byte[captured];
    in.get(bytes);
    Instant time = Instant.ofEpochSecond(seconds, fraction * nanosPerUnit);
    return new CapturedFrame(time, bytes, original);
  }
}
