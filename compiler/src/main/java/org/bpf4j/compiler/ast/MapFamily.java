package org.bpf4j.compiler.ast;

/// Map classes of the library that have the same methods, and the rules of their declarations.
public enum MapFamily {
  /// Values by index.
  ARRAY(Key.INDEX, Value.STORED, Size.ENTRIES),
  /// Values by key.
  KEYED(Key.STORED, Value.STORED, Size.ENTRIES),
  /// One struct for each CPU.
  SCRATCH(Key.NONE, Value.STRUCT, Size.ONE),
  /// Records for user space.
  RING(Key.NONE, Value.STRUCT, Size.BYTES),
  /// Programs by the constants of an enum.
  PROGRAMS(Key.ENUM, Value.DESCRIPTOR, Size.CONSTANTS);

  /// What the key is.
  public enum Key {
    /// There is none.
    NONE,
    /// An `int`, which no type argument says.
    INDEX,
    /// The first type argument: a box, an enum, a record or a struct.
    STORED,
    /// The first type argument: an enum, whose constants are indices.
    ENUM;

    /// Whether a type argument says it.
    boolean isArgument() {
      return this == STORED || this == ENUM;
    }
  }

  /// What the value is.
  public enum Value {
    /// The last type argument: what a key may be, or an atomic.
    STORED,
    /// The last type argument: a struct.
    STRUCT,
    /// A number of four bytes that stands for an object of the kernel; no type argument says it.
    DESCRIPTOR;

    /// Whether a type argument says it.
    boolean isArgument() {
      return this == STORED || this == STRUCT;
    }
  }

  /// What `max_entries` is.
  public enum Size {
    /// The argument of `create`.
    ENTRIES,
    /// The argument of `ofBytes`: a power of two, at least a page.
    BYTES,
    /// Always one.
    ONE,
    /// As many as the enum that is the key has numbers.
    CONSTANTS
  }

  private final Key key;
  private final Value value;
  private final Size size;

  MapFamily(Key key, Value value, Size size) {
    this.key = key;
    this.value = value;
    this.size = size;
  }

  /// The rule of the key.
  public Key key() {
    return key;
  }

  /// The rule of the value.
  public Value value() {
    return value;
  }

  /// The rule of the size.
  public Size size() {
    return size;
  }

  /// How many type arguments the classes have.
  public int arguments() {
    return (key.isArgument() ? 1 : 0) + (value.isArgument() ? 1 : 0);
  }
}
