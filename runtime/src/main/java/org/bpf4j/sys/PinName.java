package org.bpf4j.sys;

import org.bpf4j.object.DataSection;

/// What things are called in a BPF file system, as libbpf calls them.
public final class PinName {

  /// `NAME_MAX` of `linux/limits.h`.
  private static final int MAX = 255;

  private PinName() {}

  /// The name of the pin of a map or a program: the kernel keeps names with dots for itself, so
  /// they become `_`.
  ///
  /// @throws IllegalArgumentException if there can be no pin of that name
  public static String of(String name) {
    String pin = name.replace('.', '_');
    if (pin.isEmpty() || pin.length() > MAX || pin.indexOf('/') >= 0 || pin.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("no name to pin anything under: " + name);
    }
    return pin;
  }

  /// The name of the pin of a data section.
  ///
  /// @param object the name of the object, of which the map's name has the first letters
  public static String of(DataSection section, String object) {
    return of(mapName(section, object));
  }

  /// What the map of a data section is called.
  ///
  /// @param object the name of the object, of which it gets the first letters
  public static String mapName(DataSection section, String object) {
    int letters = Math.max(0, Bpf.NAME_LENGTH - section.name().length());
    return object.substring(0, Math.min(letters, object.length())) + section.name();
  }
}
