package org.bpf4j.sim;

import java.lang.foreign.MemorySegment;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.host.Slot;
import org.bpf4j.lang.host.Storage;
import org.jspecify.annotations.Nullable;

/// How a Java value lies in the memory that programs share: its Java type says what the bytes mean,
/// the object's BTF says where they are.
///
/// Values are immutable (numbers, enums, records) and read as new ones, or containers (structs,
/// atomics, strings, arrays), which keep their identity while their content is loaded and stored.
sealed interface JavaCodec {

  /// The bytes that a value takes.
  int bytes();

  /// A value with what the memory says.
  ///
  /// @throws MatchException if a number stands for no constant of its enum
  Object read(MemorySegment memory);

  /// Writes a value. Padding is left as it is.
  ///
  /// @throws ArithmeticException if a number does not fit its storage; the others are written
  void write(MemorySegment memory, Object value);

  /// Whether values are containers.
  boolean isContainer();

  /// Loads a container's content.
  void load(MemorySegment memory, Object container);

  /// Creates a container, empty.
  Object create();

  /// Creates a container as `new` does, which runs the initialisers of its class.
  default Object construct() {
    return create();
  }

  /// A value that is read as a whole.
  record Immutable(Slot slot, int bytes) implements JavaCodec {
    @Override
    public Object read(MemorySegment memory) {
      return slot.read(memory);
    }

    @Override
    public void write(MemorySegment memory, Object value) {
      slot.write(memory, value);
    }

    @Override
    public boolean isContainer() {
      return false;
    }

    @Override
    public void load(MemorySegment memory, Object container) {
      throw new IllegalArgumentException(container + " is immutable");
    }

    @Override
    public Object create() {
      return read(MemorySegment.ofArray(new byte[bytes]));
    }
  }

  /// A struct of an arena, or null: its address.
  record Reference(Class<?> type, JavaTypes types) implements JavaCodec {
    @Override
    public int bytes() {
      return Long.BYTES;
    }

    @Nullable Object target(MemorySegment memory) {
      return types.arena().at(Storage.U64.read(memory, 0), types.ofArena(type));
    }

    @Override
    public Object read(MemorySegment memory) {
      throw new IllegalArgumentException("a reference into an arena may be null");
    }

    @Override
    public void write(MemorySegment memory, Object value) {
      Storage.U64.write(memory, 0, types.arena().reference(value), Long.SIZE);
    }

    @Override
    public boolean isContainer() {
      return false;
    }

    @Override
    public void load(MemorySegment memory, Object container) {
      throw new IllegalArgumentException(container + " is in an arena");
    }

    @Override
    public Object create() {
      throw new IllegalArgumentException("objects of an arena come from the arena");
    }
  }

  /// A struct of the kernel: its address.
  record Pointer(Class<?> type, JavaViews views) implements JavaCodec {
    @Override
    public int bytes() {
      return Long.BYTES;
    }

    @Override
    public Object read(MemorySegment memory) {
      return views.pointer(type, Storage.U64.read(memory, 0));
    }

    @Override
    public void write(MemorySegment memory, Object value) {
      Storage.U64.write(memory, 0, JavaViews.address(value), Long.SIZE);
    }

    @Override
    public boolean isContainer() {
      return false;
    }

    @Override
    public void load(MemorySegment memory, Object container) {
      throw new IllegalArgumentException(container + " is the kernel's");
    }

    @Override
    public Object create() {
      return views.pointer(type, 0);
    }
  }

  /// What all containers have in common.
  sealed interface Container extends JavaCodec {
    @Override
    default Object read(MemorySegment memory) {
      Object value = create();
      load(memory, value);
      return value;
    }

    @Override
    default boolean isContainer() {
      return true;
    }
  }

  /// An `AtomicLong`.
  record LongCell() implements Container {
    @Override
    public int bytes() {
      return Long.BYTES;
    }

    @Override
    public Object create() {
      return new AtomicLong();
    }

    @Override
    public void load(MemorySegment memory, Object container) {
      ((AtomicLong) container).set(Storage.U64.read(memory, 0));
    }

    @Override
    public void write(MemorySegment memory, Object value) {
      Storage.U64.write(memory, 0, ((AtomicLong) value).get(), Long.SIZE);
    }
  }

  /// An `AtomicInteger`.
  record IntCell() implements Container {
    @Override
    public int bytes() {
      return Integer.BYTES;
    }

    @Override
    public Object create() {
      return new AtomicInteger();
    }

    @Override
    public void load(MemorySegment memory, Object container) {
      ((AtomicInteger) container).set((int) Storage.S32.read(memory, 0));
    }

    @Override
    public void write(MemorySegment memory, Object value) {
      Storage.S32.write(memory, 0, ((AtomicInteger) value).get(), Integer.SIZE);
    }
  }

  /// A lock or timer, whose bytes are the kernel's.
  record KernelOwned(int bytes, Supplier<Object> creation) implements Container {
    @Override
    public Object create() {
      return creation.get();
    }

    @Override
    public void load(MemorySegment memory, Object container) {}

    @Override
    public void write(MemorySegment memory, Object value) {}
  }

  /// A `BpfList` or `BpfTree`, or a `KernelPointer`, which keeps one object.
  record Collection(int bytes, JavaCollections all, Supplier<Object> creation)
      implements Container {
    @Override
    public Object create() {
      return creation.get();
    }

    @Override
    public void load(MemorySegment memory, Object container) {
      all.load(memory, container);
    }

    @Override
    public void write(MemorySegment memory, Object value) {
      all.write(memory, value);
    }
  }

  /// A `BpfString`.
  record Text(int bytes) implements Container {
    @Override
    public Object create() {
      return BpfString.ofSize(bytes);
    }

    @Override
    public void load(MemorySegment memory, Object container) {
      byte[] content = new byte[bytes];
      MemorySegment.ofArray(content).copyFrom(memory.asSlice(0, bytes));
      ((BpfString) container).set(content);
    }

    @Override
    public void write(MemorySegment memory, Object value) {
      memory.asSlice(0, bytes).copyFrom(MemorySegment.ofArray(((BpfString) value).bytes()));
    }
  }

  /// An array of fixed length.
  record Elements(Class<?> type, JavaCodec element, int count) implements Container {
    @Override
    public int bytes() {
      return element.bytes() * count;
    }

    @Override
    public Object create() {
      Object array = Array.newInstance(type, count);
      if (!(element instanceof Reference)) {
        for (int i = 0; i < count; i++) {
          Array.set(array, i, element.create());
        }
      }
      return array;
    }

    @Override
    public void load(MemorySegment memory, Object container) {
      for (int i = 0; i < count; i++) {
        MemorySegment at = at(memory, i);
        if (element.isContainer()) {
          element.load(at, Array.get(container, i));
        } else {
          Array.set(container, i, readOrNull(element, at));
        }
      }
    }

    @Override
    public void write(MemorySegment memory, Object value) {
      for (int i = 0; i < count; i++) {
        writeOrNull(element, at(memory, i), Array.get(value, i));
      }
    }

    private MemorySegment at(MemorySegment memory, int index) {
      return memory.asSlice((long) element.bytes() * index, element.bytes());
    }
  }

  /// A struct: a mutable class.
  record Struct(Class<?> type, int bytes, List<Member> members) implements Container {
    /// Copies the list.
    public Struct {
      members = List.copyOf(members);
    }

    @Override
    public Object create() {
      Object struct = JavaReflection.create(type);
      load(MemorySegment.ofArray(new byte[bytes]), struct);
      return struct;
    }

    /// What the class leaves null is what zeroes mean.
    @Override
    public Object construct() {
      Object struct = JavaReflection.create(type);
      MemorySegment memory = MemorySegment.ofArray(new byte[bytes]);
      write(memory, struct);
      load(memory, struct);
      return struct;
    }

    @Override
    public void load(MemorySegment memory, Object container) {
      members.forEach(member -> member.load(memory, container));
    }

    @Override
    public void write(MemorySegment memory, Object value) {
      ArithmeticException first = null;
      for (Member member : members) {
        try {
          member.store(memory, value);
        } catch (ArithmeticException e) {
          first = first == null ? e : first;
        }
      }
      if (first != null) {
        throw first;
      }
    }
  }

  /// A field of a struct at its offset.
  record Member(Field field, long offset, JavaCodec codec) {
    private MemorySegment at(MemorySegment memory) {
      return memory.asSlice(offset, codec.bytes());
    }

    private void load(MemorySegment memory, Object struct) {
      if (codec.isContainer()) {
        codec.load(at(memory), JavaReflection.require(field, struct));
      } else {
        JavaReflection.set(field, struct, readOrNull(codec, at(memory)));
      }
    }

    private void store(MemorySegment memory, Object struct) {
      writeOrNull(codec, at(memory), JavaReflection.get(field, struct));
    }
  }

  /// Writes a member; an enum that is null leaves its number as it is.
  static void writeOrNull(JavaCodec codec, MemorySegment memory, @Nullable Object value) {
    if (value != null) {
      codec.write(memory, value);
    } else if (codec instanceof Reference) {
      Storage.U64.write(memory, 0, 0, Long.SIZE);
    }
  }

  /// Reads a member, or gives null for a reference to nothing, and for an enum's member whose
  /// number stands for no constant: that aborts a program when it is used, not when the struct
  /// around it is reached.
  static @Nullable Object readOrNull(JavaCodec codec, MemorySegment memory) {
    try {
      return codec instanceof Reference reference ? reference.target(memory) : codec.read(memory);
    } catch (MatchException _) {
      return null;
    }
  }
}
