package org.bpf4j.handle;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A static probe (USDT) of an executable or library.
///
/// @param binary a path, or a name that is looked up among the files that the process runs, and
///   where libraries and executables are
/// @param provider the probe's provider
/// @param name the probe's name
public record ProbePlace(String binary, String provider, String name) {

  private static final Pattern FORM =
      Pattern.compile("(?<binary>.+):(?<provider>[^:]+):(?<name>[^:]+)");

  /// Reads `binary:provider:name`.
  ///
  /// @throws IllegalArgumentException if it is none
  public static ProbePlace parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "no probe: \"" + text + "\"; one is libjvm.so:hotspot:class__loaded");
    }
    return new ProbePlace(form.group("binary"), form.group("provider"), form.group("name"));
  }

  @Override
  public String toString() {
    return binary + ":" + provider + ":" + name;
  }
}
