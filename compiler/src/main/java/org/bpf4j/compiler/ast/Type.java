package org.bpf4j.compiler.ast;

import java.util.Optional;
import org.bpf4j.object.MapLock;
import org.bpf4j.object.ObjectFunction;
import org.bpf4j.object.WorkQueue;

/// A type that BPF code can use.
///
/// A class is a pointer to a struct, a record is a value, an interface is a view on memory that the
/// program does not own. Nullness is not part of a type: flow analysis finds it.
public sealed interface Type {

  /// A primitive of Java, with Java's width and meaning.
  enum Primitive implements Type {
    BOOLEAN(1),
    BYTE(1),
    SHORT(2),
    CHAR(2),
    INT(4),
    LONG(8);

    private final int bytes;

    Primitive(int bytes) {
      this.bytes = bytes;
    }

    /// The bytes it takes in memory.
    public int bytes() {
      return bytes;
    }
  }

  /// Types without parameters that are not values of their own.
  enum Special implements Type {
    /// No value.
    VOID,
    /// The type of `null`.
    NULL,
    /// `org.bpf4j.lang.BpfString`: a fixed buffer of text, always by reference.
    BPF_STRING,
    /// `org.bpf4j.lang.KernelString`: text in kernel memory, to be copied.
    KERNEL_STRING,
    /// `org.bpf4j.lang.BpfSpinLock`: four bytes in a map's value that only the kernel touches.
    SPIN_LOCK,
    /// `org.bpf4j.lang.BpfResilientSpinLock`: as many.
    RESILIENT_LOCK,
    /// `org.bpf4j.lang.BpfTimer`: sixteen such bytes.
    TIMER,
    /// `org.bpf4j.lang.BpfWorkqueue`: as many.
    WORK_QUEUE,
    /// `org.bpf4j.lang.BpfListNode`: twenty-four such bytes, in an object.
    LIST_NODE,
    /// `org.bpf4j.lang.BpfTreeNode`: thirty-two such bytes, in an object.
    TREE_NODE,
    /// `org.bpf4j.lang.BpfRefcount`: four such bytes, in an object.
    REFCOUNT,
    /// `org.bpf4j.lang.Dynptr`, and `RingRecord`, which is one: always by reference.
    DYNPTR,
    /// `java.lang.String`: constants, and the result of `BpfString.text()`.
    TEXT,
    /// `java.lang.Class`: only as a literal argument.
    CLASS,
    /// A functional interface: only as a lambda that is an argument.
    CODE,
    /// A class annotated `@BpfComponent`: only as what its methods and maps are named by. There is
    /// none behind `link`, which knows whose maps are meant.
    COMPONENT;

    /// The lock that it is.
    public Optional<MapLock> lock() {
      return this == SPIN_LOCK
          ? Optional.of(MapLock.SPIN)
          : this == RESILIENT_LOCK ? Optional.of(MapLock.RESILIENT) : Optional.empty();
    }

    /// The bytes of what only the kernel touches (`struct bpf_spin_lock`, `struct bpf_timer`,
    /// `struct bpf_wq`, `struct bpf_refcount`, and nodes), which are as many as its alignment, up
    /// to 8; 0 for other types.
    public int kernelBytes() {
      return switch (this) {
        case SPIN_LOCK, RESILIENT_LOCK -> Integer.BYTES;
        case TIMER -> 2 * Long.BYTES;
        case WORK_QUEUE -> WorkQueue.BYTES;
        case LIST_NODE -> ObjectFunction.LIST_NODE_BYTES;
        case TREE_NODE -> ObjectFunction.TREE_NODE_BYTES;
        case REFCOUNT -> ObjectFunction.REFCOUNT_BYTES;
        case VOID, NULL, BPF_STRING, KERNEL_STRING, DYNPTR, TEXT, CLASS, CODE, COMPONENT -> 0;
      };
    }
  }

  /// The lock that a type is, if it is one.
  static Optional<MapLock> lock(Type type) {
    return type instanceof Special special ? special.lock() : Optional.empty();
  }

  /// A box: a value or null.
  record Boxed(Primitive primitive) implements Type {}

  /// An enum, represented by an `int`; `name` is its binary name.
  record EnumType(String name) implements Type {}

  /// A reference to a mutable struct: a class annotated `@Struct`.
  record StructType(String name) implements Type {}

  /// A reference to a struct in an arena, a class annotated `@ArenaStruct`: the address that user
  /// space has of it, as a number.
  record ArenaType(String name) implements Type {}

  /// A reference to an object in the kernel's memory that a program made, of a class annotated
  /// `@ObjectStruct`.
  record ObjectType(String name) implements Type {}

  /// An immutable value: a Java record.
  record RecordType(String name) implements Type {}

  /// A view on memory the program does not own: an annotated interface.
  record ViewType(String name) implements Type {}

  /// A reference to an array of fixed length.
  record ArrayType(Type element) implements Type {}

  /// What lies in an array of arrays: rows of one length, one after the other. Only declarations of
  /// memory and [Expr.NewArray] have it; an expression that refers to a row has an [ArrayType].
  record RowType(Type element, int length) implements Type {}

  /// `AtomicInteger` (`INT`) or `AtomicLong` (`LONG`): a memory cell, always by reference.
  record AtomicType(Primitive cell) implements Type {}

  /// `KernelPointer`: eight bytes in a map's value that hold an object, which only the kernel's
  /// functions touch.
  ///
  /// @param struct the kernel's name of its struct, or the binary name of its class
  /// @param own whether a program made the object
  record HeldType(String struct, boolean own) implements Type {}

  /// `BpfList` or `BpfTree`: sixteen bytes in a map's value that only the kernel touches.
  ///
  /// @param object the binary name of the class of what it keeps
  record CollectionType(Collection form, String object) implements Type {}

  /// What keeps objects.
  enum Collection {
    LIST("BpfList", "bpf_list_head", Special.LIST_NODE, "BpfListNode"),
    TREE("BpfTree", "bpf_rb_root", Special.TREE_NODE, "BpfTreeNode");

    private final String className;
    private final String struct;
    private final Special node;
    private final String nodeName;

    Collection(String className, String struct, Special node, String nodeName) {
      this.className = className;
      this.struct = struct;
      this.node = node;
      this.nodeName = nodeName;
    }

    /// The name of the class.
    public String className() {
      return className;
    }

    /// The kernel's name of its struct.
    public String struct() {
      return struct;
    }

    /// What its objects have.
    public Special node() {
      return node;
    }

    /// The name of the class of that.
    public String nodeName() {
      return nodeName;
    }
  }

  /// A map; `key` is [Special#VOID] for ring buffers and per-CPU scratch.
  record MapType(MapForm form, Type key, Type value) implements Type {}
}
