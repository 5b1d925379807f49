package org.bpf4j.compiler.ast;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.bpf4j.compiler.diagnostic.Span;

/// A type that a program declares or uses: struct, record, enum or view.
///
/// Names are binary names (`com.example.Firewall$Stats`). Offsets are not part of a declaration:
/// one layout engine computes them.
public sealed interface Declaration {

  /// The binary name.
  String name();

  /// Where it is declared; [Span#NONE] for types read from class files.
  Span span();

  /// A mutable struct: a class annotated `@Struct`.
  record StructDecl(String name, Span span, List<Member> members) implements Declaration {
    /// Copies the list.
    public StructDecl {
      members = List.copyOf(members);
    }
  }

  /// An immutable value: a record. Its members are its components.
  record RecordDecl(String name, Span span, List<Member> members) implements Declaration {
    /// Copies the list.
    public RecordDecl {
      members = List.copyOf(members);
    }
  }

  /// An enum; `constants` in order of declaration.
  record EnumDecl(String name, Span span, List<EnumConstant> constants) implements Declaration {
    /// Copies the list.
    public EnumDecl {
      constants = List.copyOf(constants);
    }
  }

  /// A view: an annotated interface.
  ///
  /// @param kind what it looks at
  /// @param bytes the size of a header; 0 if unknown
  /// @param kernelType the BTF name of a kernel struct or tracepoint, else empty
  /// @param accessors the fields that are read or written
  record ViewDecl(
      String name, Span span, ViewKind kind, int bytes, String kernelType, List<Accessor> accessors)
      implements Declaration {
    /// Copies the list.
    public ViewDecl {
      accessors = List.copyOf(accessors);
    }

    /// What the name of a view ends with whose members are those of one accessor, in front of the
    /// accessor's.
    public static final String BY = "@";

    /// The name under which the kernel is asked for an accessor's members: the view's, or one of
    /// its own if an accessor before it says something else of them, since either may be right.
    public String describedBy(Accessor accessor) {
      boolean contradicts =
          accessors.subList(0, accessors.indexOf(accessor)).stream()
              .anyMatch(accessor::contradicts);
      return contradicts ? name + BY + accessor.name : name;
    }

    /// Whether it looks at a socket, to which helpers give references that may be null.
    public boolean isSocket() {
      return kind == ViewKind.CONTEXT
          && (kernelType.equals("bpf_sock") || kernelType.equals("bpf_tcp_sock"));
    }
  }

  /// A field of a struct or a component of a record.
  ///
  /// @param name its Java name
  /// @param type its Java type
  /// @param storage how a number lies in memory: annotated, or the primitive's own; for enums `S32`
  /// @param at the offset that `@At` asks for
  /// @param length the elements of an array or the bytes of a string, else 0
  /// @param isVolatile whether each access of it is made as the program says
  /// @param views the headers that an array of bytes is a union of; empty for anything else
  /// @param initial the numbers that it holds in a new struct, one after the other; empty: zeroes,
  ///   or what the class of an embedded struct says
  /// @param span where it is declared
  record Member(
      String name,
      Type type,
      Storage storage,
      OptionalInt at,
      int length,
      boolean isVolatile,
      List<Type.ViewType> views,
      List<Long> initial,
      Span span) {
    /// Copies the lists.
    public Member {
      views = List.copyOf(views);
      initial = List.copyOf(initial);
    }

    /// A member that nobody changes behind the program's back.
    public Member(String name, Type type, Storage storage, OptionalInt at, int length, Span span) {
      this(name, type, storage, at, length, false, List.of(), List.of(), span);
    }

    /// The same, of which each access is made as the program says, or not.
    public Member withVolatile(boolean each) {
      return new Member(name, type, storage, at, length, each, views, initial, span);
    }

    /// The same, as a union.
    public Member withViews(List<Type.ViewType> headers) {
      return new Member(name, type, storage, at, length, isVolatile, headers, initial, span);
    }

    /// The same, with initial values.
    public Member withInitial(List<Long> values) {
      return new Member(name, type, storage, at, length, isVolatile, views, values, span);
    }
  }

  /// A constant of an enum with the number that represents it.
  record EnumConstant(String name, int value) {}

  /// A field of a view.
  ///
  /// @param name its Java name
  /// @param type its Java type
  /// @param storage how a number lies in memory
  /// @param at the offset that `@At` asks for; absent: behind the previous accessor
  /// @param length the bytes of a character array, the elements of one that is read by index, else
  ///   0
  /// @param writable whether the interface has a setter of that name
  /// @param shape what the field is in the kernel's BTF
  /// @param paths the kernel's names of it, alternatives in order of preference, dots for nesting;
  ///   also such as [#path] gives
  /// @param span where it is declared
  record Accessor(
      String name,
      Type type,
      Storage storage,
      OptionalInt at,
      int length,
      boolean writable,
      Shape shape,
      List<String> paths,
      Span span) {
    /// Copies the list.
    public Accessor {
      paths = List.copyOf(paths);
    }

    /// What a path ends with whose member is of the other kind that the accessor reads as well: a
    /// pointer to the text or behind the number, or an array with the bytes of the record.
    public static final String OTHER_KIND = "*";

    /// What stands in a path behind the name of a struct that the kernel may have in the view's
    /// stead.
    private static final char STRUCT_END = ':';

    /// A path in another struct than the view's.
    public static String path(String struct, String path) {
      return struct + STRUCT_END + path;
    }

    /// The struct that a path says to be in, if that is another than the view's.
    public static Optional<String> struct(String path) {
      int end = path.indexOf(STRUCT_END);
      return end < 0 ? Optional.empty() : Optional.of(path.substring(0, end));
    }

    /// A path without the struct that it says to be in.
    public static String within(String path) {
      return path.substring(path.indexOf(STRUCT_END) + 1);
    }

    /// What the name of an accessor ends with that reads one element of an array; its paths are
    /// those of the first, and `length` says how many there are.
    public static final String INDEXED = "[]";

    /// Whether it reads one element of an array.
    public boolean isIndexed() {
      return name.endsWith(INDEXED);
    }

    /// The accessor that reads one element of the array.
    public Accessor at(int index) {
      List<String> elements =
          paths.stream()
              .map(path -> path.substring(0, path.lastIndexOf('[')) + "[" + index + "]")
              .toList();
      return new Accessor(name, type, storage, at, 0, writable, shape, elements, span);
    }

    /// Whether it reads what a path leads to, or with an index may.
    public boolean reads(String path) {
      return paths.contains(path)
          || (isIndexed()
              && path.endsWith("]")
              && paths.contains(path.substring(0, path.lastIndexOf('[')) + "[0]"));
    }

    /// The paths, and behind each the one of the other kind, if there is such: the kernel may have
    /// either, and only its own BTF says which.
    public List<String> ways() {
      boolean several =
          switch (shape) {
            case CHARS, RECORD -> true;
            case SCALAR -> storage == Storage.U64;
            case BITS, POINTER, EMBEDDED, ENUM -> false;
          };
      return several
          ? paths.stream().flatMap(path -> Stream.of(path, path + OTHER_KIND)).toList()
          : paths;
    }

    /// Whether another accessor of the view cannot be right about a member if this one is.
    boolean contradicts(Accessor other) {
      boolean same =
          shape == other.shape
              && type.equals(other.type)
              && storage == other.storage
              && length == other.length;
      return paths.stream()
          .anyMatch(
              mine ->
                  other.paths.stream()
                      .anyMatch(
                          theirs ->
                              isMember(theirs, mine) && !same
                                  || isInside(theirs, mine) && !other.shape.isPlace()
                                  || isInside(mine, theirs) && !shape.isPlace()));
    }

    private static boolean isMember(String one, String other) {
      return array(one).equals(array(other));
    }

    private static boolean isInside(String outer, String inner) {
      return array(inner).startsWith(array(outer) + ".");
    }

    /// The path without which element it is.
    private static String array(String path) {
      return path.replaceAll("\\[\\d+]", "");
    }

    /// Whether its type says all about the member: one that has one name, lies in the struct itself
    /// and is as long as the program says.
    public boolean isPlain() {
      return paths.size() == 1
          && paths.getFirst().chars().noneMatch(c -> c == '.' || c == '[')
          && switch (shape) {
            case SCALAR -> type instanceof Type.Primitive && !storage.bigEndian();
            case POINTER, EMBEDDED -> type instanceof Type.ViewType;
            case CHARS -> length > 0;
            case BITS, RECORD, ENUM -> false;
          };
    }
  }

  /// What a view looks at.
  enum ViewKind {
    /// A packet header: bounds are checked when the view is made.
    HEADER,
    /// The program's context struct.
    CONTEXT,
    /// A kernel struct: every read is a CO-RE relocation.
    KERNEL_STRUCT,
    /// A tracepoint's arguments: CO-RE reads of the context.
    TRACEPOINT
  }

  /// What a view's field is in BTF.
  enum Shape {
    /// A number.
    SCALAR,
    /// A number of some bits.
    BITS,
    /// A record of numbers, side by side.
    RECORD,
    /// A pointer to another kernel struct.
    POINTER,
    /// A struct inside the struct.
    EMBEDDED,
    /// A character array.
    CHARS,
    /// An enum of the kernel.
    ENUM;

    /// Whether reading it gives where it is, or several values, rather than one.
    public boolean isPlace() {
      return switch (this) {
        case SCALAR, POINTER, ENUM -> false;
        case BITS, RECORD, EMBEDDED, CHARS -> true;
      };
    }
  }
}
