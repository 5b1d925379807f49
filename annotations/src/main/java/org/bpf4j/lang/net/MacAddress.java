package org.bpf4j.lang.net;

import java.util.HexFormat;
import java.util.Locale;
import org.bpf4j.lang.Be48;
import org.bpf4j.lang.BpfFunction;

/// An Ethernet address.
///
/// @param bits its 48 bits, the first byte in the uppermost
public record MacAddress(@Be48 long bits) {

  /// Whether the frame goes to more than one receiver; broadcast included.
  @BpfFunction
  public boolean isMulticast() {
    return (bits >>> 40 & 1) != 0;
  }

  /// Whether the frame goes to all.
  @BpfFunction
  public boolean isBroadcast() {
    return bits == 0xffff_ffff_ffffL;
  }

  /// Reads six hexadecimal bytes with colons or hyphens between: `02:00:00:00:00:01`.
  ///
  /// @throws IllegalArgumentException if the text is anything else
  public static MacAddress parse(String text) {
    String digits = text.replace('-', ':').toLowerCase(Locale.ROOT);
    if (!digits.matches("[0-9a-f]{2}(:[0-9a-f]{2}){5}")) {
      throw new IllegalArgumentException("not a MAC address: \"" + text + "\"");
    }
    return new MacAddress(HexFormat.fromHexDigitsToLong(digits.replace(":", "")));
  }

  /// Six hexadecimal bytes with colons between.
  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(bits, 12).replaceAll("(..)(?!$)", "$1:");
  }
}
