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
  /// Records from user space.
  USER_RING(Key.NONE, Value.STRUCT, Size.BYTES),
  /// Programs by the constants of an enum.
  PROGRAMS(Key.ENUM, Value.DESCRIPTOR, Size.CONSTANTS),
  /// Values without keys, in the order in which they came or the reverse.
  QUEUE(Key.NONE, Value.COPIED, Size.ENTRIES),
  /// Values that can only be asked for.
  FILTER(Key.NONE, Value.COPIED, Size.ENTRIES),
  /// Records for user space, by CPU.
  EVENTS(Key.INDEX, Value.EVENT, Size.CPUS),
  /// Call stacks by number.
  TRACES(Key.INDEX, Value.TRACE, Size.ENTRIES),
  /// Control groups by index.
  CGROUPS(Key.INDEX, Value.DESCRIPTOR, Size.ENTRIES),
  /// Interfaces or CPUs by number, with a program for the frames that arrive there.
  TARGETS(Key.INDEX, Value.TARGET, Size.ENTRIES),
  /// Sockets by the number of a queue.
  SOCKETS(Key.INDEX, Value.DESCRIPTOR, Size.ENTRIES),
  /// Sockets by index, between which programs move data.
  SOCKMAP(Key.INDEX, Value.DESCRIPTOR, Size.ENTRIES),
  /// Sockets by key, between which programs move data.
  SOCKHASH(Key.STORED, Value.DESCRIPTOR, Size.ENTRIES),
  /// Sockets by index, among which programs choose.
  SHARED_PORT(Key.INDEX, Value.DESCRIPTOR, Size.ENTRIES),
  /// Maps by index.
  MAPS(Key.INDEX, Value.MAP, Size.ENTRIES),
  /// Maps by key.
  KEYED_MAPS(Key.STORED, Value.MAP, Size.ENTRIES),
  /// Values that hang on objects of the kernel.
  STORAGE(Key.INDEX, Value.HELD, Size.NONE),
  /// Values that hang on the control groups that programs are attached to.
  ATTACHED(Key.GROUP, Value.HELD, Size.NONE),
  /// Memory in which objects refer to each other.
  ARENA(Key.NONE, Value.NONE, Size.PAGES);

  /// What the key is.
  public enum Key {
    /// There is none.
    NONE,
    /// An `int`, which no type argument says.
    INDEX,
    /// A `long`, the number of a control group, which no type argument says.
    GROUP,
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
    /// There is none.
    NONE,
    /// The last type argument: what a key may be, or an atomic.
    STORED,
    /// The last type argument: what a key may be.
    COPIED,
    /// The last type argument: a struct.
    STRUCT,
    /// The last type argument: a struct or an atomic.
    HELD,
    /// The last type argument: a struct; the map's own values are descriptors.
    EVENT,
    /// The last type argument: another map.
    MAP,
    /// A number of four bytes that stands for an object of the kernel; no type argument says it.
    DESCRIPTOR,
    /// A number and a program's descriptor (`struct bpf_devmap_val`, `struct bpf_cpumap_val`).
    TARGET,
    /// The addresses of 127 functions (`PERF_MAX_STACK_DEPTH`).
    TRACE;

    /// Whether a type argument says it.
    boolean isArgument() {
      return switch (this) {
        case STORED, COPIED, STRUCT, HELD, EVENT, MAP -> true;
        case NONE, DESCRIPTOR, TARGET, TRACE -> false;
      };
    }
  }

  /// What `max_entries` is.
  public enum Size {
    /// The argument of `create`.
    ENTRIES,
    /// The argument of `ofBytes`: a power of two, at least a page.
    BYTES,
    /// The argument of `ofPages`: pages, from 2 on.
    PAGES,
    /// Always one.
    ONE,
    /// None: as many as there are CPUs.
    CPUS,
    /// None: as many as there are objects.
    NONE,
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
