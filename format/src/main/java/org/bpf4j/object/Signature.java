package org.bpf4j.object;

import java.util.List;

/// What a function of the kernel takes and returns, as its `struct bpf_func_proto` or its BTF says
/// it.
///
/// @param arguments at most five, for `r1` to `r5`
/// @param result what `r0` is afterwards
public record Signature(List<Argument> arguments, Result result) {

  /// Copies the list.
  public Signature {
    arguments = List.copyOf(arguments);
  }

  /// What a function wants in a register.
  public enum Argument {
    /// The program's context, unchanged.
    CONTEXT,
    /// A map.
    MAP,
    /// A key of the map before it, readable.
    MAP_KEY,
    /// A value of the map before it, readable.
    MAP_VALUE,
    /// Room for a value of the map before it, which is written.
    MAP_VALUE_WRITE,
    /// Readable memory; its size follows.
    MEMORY_READ,
    /// Readable memory or null; its size follows.
    MEMORY_READ_OR_NULL,
    /// Writable memory, perhaps uninitialised; its size follows.
    MEMORY_WRITE,
    /// Initialised memory that is read and written; its size follows.
    MEMORY_READ_WRITE,
    /// The size of the memory before it, at least 1.
    SIZE,
    /// The size of the memory before it, perhaps 0.
    SIZE_OR_ZERO,
    /// How many words of eight bytes the memory before it has, at most 511
    /// (`BITS_ITER_NR_WORDS_MAX`).
    WORDS,
    /// Any number, or an address that the helper does not trust.
    SCALAR,
    /// A number that must be known when the program is loaded.
    CONSTANT,
    /// A record that `ringbuf_reserve` gave; the call consumes it.
    RING_RECORD,
    /// A constant string in read-only memory.
    TEXT,
    /// Eight aligned bytes for a result.
    LONG_WRITE,
    /// Four aligned readable and writable bytes.
    INT_READ_WRITE,
    /// A function of the same object, called back.
    CALLBACK,
    /// Stack memory that the callback receives, or null.
    CALLBACK_CONTEXT,
    /// A `bpf_spin_lock` in a map value.
    SPIN_LOCK,
    /// A `bpf_timer` in a map value.
    TIMER,
    /// Readable memory as large as the helper knows it to be.
    FIXED_READ,
    /// A socket.
    SOCKET,
    /// A kernel struct known by its BTF.
    KERNEL_POINTER,
    /// A kernel struct known by its BTF, or null.
    KERNEL_POINTER_OR_NULL,
    /// Memory as large as the function knows it to be, read and written.
    FIXED_READ_WRITE,
    /// The first value of an entry that is made, or null for zeroes.
    FIRST_VALUE,
    /// A place in a map's value that holds a pointer of the kernel.
    POINTER_PLACE,
    /// Memory as large as the function knows it to be, read and written, or null.
    FIXED_OR_NULL,
    /// Initialised memory that is read and written, or null; its size follows.
    MEMORY_OR_NULL,
    /// A dynptr, which stays one.
    DYNPTR,
    /// A dynptr, or null.
    DYNPTR_OR_NULL,
    /// Sixteen bytes of the stack that become a dynptr.
    DYNPTR_NEW,
    /// Sixteen bytes of the stack that become a dynptr of a ring record, also if there is no room;
    /// it must be consumed.
    DYNPTR_RESERVED,
    /// A dynptr of a ring record; the call consumes it.
    DYNPTR_RELEASED;

    /// Whether it is memory that the helper may write.
    public boolean isWritten() {
      return switch (this) {
        case CONTEXT,
            MAP,
            MAP_KEY,
            MAP_VALUE,
            MEMORY_READ,
            MEMORY_READ_OR_NULL,
            FIXED_READ,
            SIZE,
            SIZE_OR_ZERO,
            WORDS,
            SCALAR,
            CONSTANT,
            TEXT,
            FIRST_VALUE,
            DYNPTR,
            DYNPTR_OR_NULL ->
            false;
        case MAP_VALUE_WRITE,
            MEMORY_WRITE,
            MEMORY_READ_WRITE,
            RING_RECORD,
            LONG_WRITE,
            INT_READ_WRITE,
            CALLBACK,
            CALLBACK_CONTEXT,
            SPIN_LOCK,
            TIMER,
            SOCKET,
            KERNEL_POINTER,
            KERNEL_POINTER_OR_NULL,
            FIXED_READ_WRITE,
            FIXED_OR_NULL,
            MEMORY_OR_NULL,
            POINTER_PLACE,
            DYNPTR_NEW,
            DYNPTR_RESERVED,
            DYNPTR_RELEASED ->
            true;
      };
    }

    /// Whether it may be null.
    public boolean mayBeNull() {
      return this == MEMORY_READ_OR_NULL
          || this == MEMORY_OR_NULL
          || this == FIXED_OR_NULL
          || this == KERNEL_POINTER_OR_NULL
          || this == DYNPTR_OR_NULL;
    }

    /// Whether a program gives it: Java leaves out the context, sizes, and where a dynptr is made.
    public boolean isGiven() {
      return this != CONTEXT && this != DYNPTR_NEW && !isSize();
    }

    /// Whether it is the size of the memory before it, which Java knows by itself.
    public boolean isSize() {
      return this == SIZE || this == SIZE_OR_ZERO || this == WORDS;
    }
  }

  /// What a function leaves in `r0`.
  public enum Result {
    /// A number; mostly 0 or a negative error.
    INTEGER,
    /// Nothing.
    VOID,
    /// A value of the map argument, or null.
    MAP_VALUE_OR_NULL,
    /// A ring record of the constant size argument, or null.
    RECORD_OR_NULL,
    /// A referenced socket, or null; must be released.
    SOCKET_OR_NULL,
    /// A socket that belongs to another one, or null.
    BORROWED_SOCKET_OR_NULL,
    /// A pointer to a kernel struct known by its BTF, perhaps null.
    KERNEL_POINTER,
    /// Memory of a dynptr, as long as the constant size argument says, or null.
    SLICE_OR_NULL
  }
}
