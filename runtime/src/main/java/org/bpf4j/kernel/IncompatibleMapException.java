package org.bpf4j.kernel;

import java.io.Serial;

/// Says that an existing map is not what an object declares.
public final class IncompatibleMapException extends BpfException {

  @Serial private static final long serialVersionUID = 1;

  private final String map;
  private final String field;

  /// Creates it.
  ///
  /// @param map the map's name
  /// @param field what differs, such as `value size`
  /// @param declared what the object says
  /// @param found what the map has
  public IncompatibleMapException(String map, String field, Object declared, Object found) {
    super("map `" + map + "` has another " + field + ": declared " + declared + ", found " + found);
    this.map = map;
    this.field = field;
  }

  /// The map's name.
  public String map() {
    return map;
  }

  /// What differs.
  public String field() {
    return field;
  }
}
