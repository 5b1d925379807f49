package org.bpf4j.compiler.ast;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.bpf4j.compiler.ast.Declaration.Accessor;
import org.bpf4j.compiler.ast.Declaration.EnumDecl;
import org.bpf4j.compiler.ast.Declaration.Member;
import org.bpf4j.compiler.ast.Declaration.RecordDecl;
import org.bpf4j.compiler.ast.Declaration.StructDecl;
import org.bpf4j.compiler.ast.Declaration.ViewDecl;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Type.Special;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.object.ObjectFunction;

/// Where things lie in memory: the one layout engine.
///
/// Bytecode and BTF take their offsets from here, and generated accessors read them from that BTF.
/// Structs and records follow C: each member at a multiple of its alignment, the size rounded up to
/// the greatest one. Headers are packed in declared order, since protocols are; `@At` overrides an
/// offset in either.
public final class Layouts {

  /// A slot of memory in a struct or record.
  ///
  /// @param member the member
  /// @param offset its first byte
  /// @param bytes its size
  public record Field(Member member, int offset, int bytes) {}

  /// The layout of a struct or record.
  ///
  /// @param fields the members, in order of declaration
  /// @param size the bytes it takes, a multiple of `align`
  /// @param align its alignment
  public record StructLayout(List<Field> fields, int size, int align) {
    /// Copies the list.
    public StructLayout {
      fields = List.copyOf(fields);
    }

    /// The member of that name.
    public Field field(String name) {
      return fields.stream()
          .filter(field -> field.member().name().equals(name))
          .findFirst()
          .orElseThrow(() -> new CompilerBug("no member " + name));
    }
  }

  /// The layout of a header or context view: accessor name to offset.
  public record ViewLayout(Map<String, Integer> offsets, int size) {
    /// Copies the map.
    public ViewLayout {
      offsets = Map.copyOf(offsets);
    }

    /// The offset of an accessor.
    public int offset(String accessor) {
      Integer offset = offsets.get(accessor);
      if (offset == null) {
        throw new CompilerBug("no accessor " + accessor);
      }
      return offset;
    }
  }

  private final Map<String, Declaration> declarations;

  /// Lays out the types declared there, by binary name.
  public Layouts(SortedMap<String, Declaration> declarations) {
    this.declarations = declarations;
  }

  /// The bytes a value of a type takes in memory.
  ///
  /// @param type a type that can lie in memory
  /// @param storage how numbers lie
  /// @param length the elements of an array or bytes of a string
  public int size(Type type, Storage storage, int length) {
    return switch (type) {
      case Primitive _, Type.EnumType _ -> storage.bytes();
      case Type.Boxed boxed -> Storage.of(boxed.primitive()).bytes();
      case Type.AtomicType atomic -> atomic.cell().bytes();
      case Type.StructType struct -> struct(struct.name()).size();
      case Type.RecordType record -> struct(record.name()).size();
      case Type.ArrayType array -> Math.multiplyExact(size(array.element()), length);
      case Type.RowType row -> Math.multiplyExact(size(row.element()), row.length());
      case Type.ViewType _, Type.ArenaType _ -> 8;
      case Special special when special == Special.BPF_STRING -> length;
      case Special special when special.kernelBytes() > 0 -> special.kernelBytes();
      case Type.HeldType _ -> Long.BYTES;
      case Type.CollectionType _ -> ObjectFunction.ROOT_BYTES;
      case Special _, Type.MapType _, Type.ObjectType _ ->
          throw new CompilerBug(type + " has no layout");
    };
  }

  /// The bytes of a value without storage annotation and length: a map's key or value, an element.
  public int size(Type type) {
    return size(type, defaultStorage(type), 0);
  }

  /// The alignment of a type in memory.
  public int align(Type type, Storage storage) {
    return switch (type) {
      case Primitive _, Type.EnumType _ -> alignOf(storage);
      case Type.Boxed boxed -> boxed.primitive().bytes();
      case Type.AtomicType atomic -> atomic.cell().bytes();
      case Type.StructType struct -> struct(struct.name()).align();
      case Type.RecordType record -> struct(record.name()).align();
      case Type.ArrayType array -> align(array.element(), defaultStorage(array.element()));
      case Type.RowType row -> align(row.element(), defaultStorage(row.element()));
      case Type.ViewType _, Type.ArenaType _ -> 8;
      case Special special when special == Special.BPF_STRING -> 1;
      case Special special when special.kernelBytes() > 0 ->
          Math.min(special.kernelBytes(), Long.BYTES);
      case Type.HeldType _, Type.CollectionType _ -> Long.BYTES;
      case Special _, Type.MapType _, Type.ObjectType _ ->
          throw new CompilerBug(type + " has no layout");
    };
  }

  /// The alignment of a member: of a union that of its widest number.
  private int align(Member member) {
    int align = align(member.type(), member.storage());
    for (Type.ViewType view : member.views()) {
      for (Accessor accessor : header(view.name()).accessors()) {
        align = Math.max(align, align(accessor.type(), accessor.storage()));
      }
    }
    return align;
  }

  private ViewDecl header(String name) {
    if (declaration(name) instanceof ViewDecl view) {
      return view;
    }
    throw new CompilerBug(name + " is not a view");
  }

  /// The layout of a struct or record, by binary name.
  public StructLayout struct(String name) {
    List<Member> members =
        switch (declaration(name)) {
          case StructDecl struct -> struct.members();
          case RecordDecl record -> record.members();
          case EnumDecl _, ViewDecl _ -> throw new CompilerBug(name + " is not a struct");
        };
    List<Field> fields = new ArrayList<>();
    int end = 0;
    int align = 1;
    for (Member member : members) {
      int bytes = size(member.type(), member.storage(), member.length());
      int memberAlign = align(member);
      int offset = member.at().orElse(roundUp(end, memberAlign));
      fields.add(new Field(member, offset, bytes));
      end = Math.max(end, offset + bytes);
      align = Math.max(align, Math.min(memberAlign, alignmentOf(offset)));
    }
    return new StructLayout(fields, Math.max(roundUp(end, align), align), align);
  }

  /// The layout of a header or context view, by binary name.
  public ViewLayout view(String name) {
    ViewDecl view = header(name);
    Map<String, Integer> offsets = new LinkedHashMap<>();
    int end = 0;
    for (Accessor accessor : view.accessors()) {
      int offset = accessor.at().orElse(end);
      offsets.put(accessor.name(), offset);
      end = offset + size(accessor.type(), accessor.storage(), accessor.length());
    }
    return new ViewLayout(offsets, view.bytes() > 0 ? view.bytes() : end);
  }

  /// Whether a new object of a type is all zeroes, as its classes say.
  public boolean beginsAsZero(Type type) {
    return switch (type) {
      case Type.StructType struct ->
          struct(struct.name()).fields().stream()
              .map(Field::member)
              .allMatch(
                  member ->
                      member.initial().stream().allMatch(value -> value == 0)
                          && beginsAsZero(member.type()));
      case Type.ArrayType array -> beginsAsZero(array.element());
      case Type.RowType row -> beginsAsZero(row.element());
      case Type.Primitive _,
          Type.Boxed _,
          Type.EnumType _,
          Type.RecordType _,
          Type.AtomicType _,
          Type.ViewType _,
          Type.ArenaType _,
          Type.MapType _,
          Type.HeldType _,
          Type.ObjectType _,
          Type.CollectionType _,
          Special _ ->
          true;
    };
  }

  /// The declaration of that binary name.
  public Declaration declaration(String name) {
    Declaration declaration = declarations.get(name);
    if (declaration == null) {
      throw new CompilerBug("no declaration of " + name);
    }
    return declaration;
  }

  /// How a number of that type lies in memory without an annotation.
  public static Storage defaultStorage(Type type) {
    return switch (type) {
      case Primitive primitive -> Storage.of(primitive);
      case Type.Boxed boxed -> Storage.of(boxed.primitive());
      case Type.EnumType _ -> Storage.S32;
      case Type.AtomicType atomic -> Storage.of(atomic.cell());
      case Type.StructType _,
          Type.ArenaType _,
          Type.RecordType _,
          Type.ViewType _,
          Type.ArrayType _,
          Type.RowType _,
          Type.MapType _,
          Type.HeldType _,
          Type.ObjectType _,
          Type.CollectionType _,
          Special _ ->
          Storage.U64;
    };
  }

  /// The greatest power of two that an offset is a multiple of: `@At` may put a member where its
  /// type's alignment does not hold.
  private static int alignmentOf(int offset) {
    return offset == 0 ? Integer.MAX_VALUE : Integer.lowestOneBit(offset);
  }

  private static int alignOf(Storage storage) {
    return Integer.bitCount(storage.bytes()) == 1 ? storage.bytes() : 1;
  }

  /// The least multiple of `align` that is not below `offset`.
  public static int roundUp(int offset, int align) {
    return Math.ceilDiv(offset, align) * align;
  }
}
