package org.bpf4j.compiler.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bpf4j.btf.BtfBuilder;
import org.bpf4j.btf.BtfType;
import org.bpf4j.btf.BtfType.IntEncoding;
import org.bpf4j.compiler.ast.Declaration;
import org.bpf4j.compiler.ast.Declaration.EnumDecl;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Layouts;
import org.bpf4j.compiler.ast.Layouts.StructLayout;
import org.bpf4j.compiler.ast.Program;
import org.bpf4j.compiler.ast.Storage;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Type.Special;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.ast.Walk;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.object.CName;

/// Java's types in BTF: as they lie in memory, under the names that C has for them.
final class ProgramTypes {

  private final Program program;
  private final Layouts layouts;
  private final BtfBuilder btf;

  ProgramTypes(Program program, BtfBuilder btf) {
    this.program = program;
    this.layouts = new Layouts(program.declarations());
    this.btf = btf;
  }

  Layouts layouts() {
    return layouts;
  }

  /// The id of a type as it lies in memory without storage annotation.
  int id(Type type) {
    return id(type, Layouts.defaultStorage(type), 0);
  }

  /// The id of a type as it lies in memory; `length` as in a member's declaration.
  int id(Type type, Storage storage, int length) {
    return switch (type) {
      case Primitive primitive -> primitive == Primitive.BOOLEAN ? bool() : number(storage);
      case Type.Boxed(Primitive primitive) -> id(primitive);
      case Type.AtomicType(Primitive cell) -> id(cell);
      case Type.EnumType(String name) -> enumeration(name, storage);
      case Type.StructType(String name) -> struct(name);
      case Type.RecordType(String name) -> struct(name);
      case Type.ArrayType(Type element) -> array(id(element), length);
      case Type.RowType(Type element, int elements) -> array(id(element), elements);
      case Type.ViewType _ -> unsignedLong();
      case Type.ArenaType(String name) ->
          btf.add(new BtfType.Pointer(btf.add(new BtfType.Forward(CName.ofType(name), false))));
      case Special special when special == Special.BPF_STRING -> array(character(), length);
      case Special special when special.lock().isPresent() ->
          word(special.lock().orElseThrow().struct());
      case Special special when special == Special.REFCOUNT -> word("bpf_refcount");
      case Special special when special == Special.TIMER -> opaque("bpf_timer", 2);
      case Special special when special == Special.WORK_QUEUE -> opaque("bpf_wq", 2);
      case Special special when special == Special.LIST_NODE -> opaque("bpf_list_node", 3);
      case Special special when special == Special.TREE_NODE -> opaque("bpf_rb_node", 4);
      case Type.HeldType(String struct, boolean own) ->
          held(own ? id(new Type.ObjectType(struct)) : unknown(struct));
      case Type.ObjectType(String name) -> struct(name);
      case Type.CollectionType(Type.Collection form, _) -> opaque(form.struct(), 2);
      case Special _, Type.MapType _ -> throw new CompilerBug(type + " has no BTF");
    };
  }

  /// The id of what a function takes or gives in a register: numbers as they are, structs by
  /// address.
  int inRegister(Type type) {
    return switch (type) {
      case Primitive _, Type.EnumType _ -> id(type);
      case Type.StructType _, Type.ObjectType _ -> btf.add(new BtfType.Pointer(id(type)));
      case Type.ArenaType _ -> unsignedLong();
      case Type.Boxed _,
          Type.AtomicType _,
          Type.RecordType _,
          Type.ArrayType _,
          Type.RowType _,
          Type.ViewType _,
          Type.MapType _,
          Type.HeldType _,
          Type.CollectionType _ ->
          btf.add(new BtfType.Pointer(0));
      case Special special -> special == Special.VOID ? 0 : btf.add(new BtfType.Pointer(0));
    };
  }

  /// The kernel finds such a pointer by the tag of its type, and the struct by its name.
  private int held(int struct) {
    return btf.add(new BtfType.Pointer(btf.add(new BtfType.TypeTag("kptr", struct))));
  }

  private int unknown(String struct) {
    return btf.add(new BtfType.Struct(struct, 0, List.of()));
  }

  /// The kernel finds a timer, work queue, list, tree or node by the name of its type, and knows
  /// what is inside.
  private int opaque(String name, int words) {
    int array = array(unsignedLong(), words);
    return btf.add(
        new BtfType.Struct(
            name, words * Long.BYTES, List.of(new BtfType.Member("opaque", array, 0, 0))));
  }

  /// `enum libbpf_tristate`.
  int tristate() {
    List<BtfType.EnumValue> values =
        List.of(
            new BtfType.EnumValue("TRI_NO", 0),
            new BtfType.EnumValue("TRI_YES", 1),
            new BtfType.EnumValue("TRI_MODULE", 2));
    return btf.add(new BtfType.Enum("libbpf_tristate", Integer.BYTES, false, values));
  }

  /// The kernel finds a lock or count by the name of its type.
  private int word(String name) {
    int number = number(Storage.U32);
    return btf.add(
        new BtfType.Struct(name, Integer.BYTES, List.of(new BtfType.Member("val", number, 0, 0))));
  }

  /// Adds the structs that helpers are given, and those in arenas: who runs the programs as Java,
  /// and user space, ask how they lie in memory.
  void addBuffers() {
    Set<String> inArena = new TreeSet<>();
    program.globals().forEach(global -> addArena(global.type(), inArena));
    for (Unit.Function function : program.functions()) {
      Walk.expressions(
          function.body(),
          expr -> {
            addArena(expr.type(), inArena);
            Stream<Type> buffers =
                switch (expr) {
                  case Expr.KernelCall call -> call.arguments().stream().map(Expr::type);
                  case Expr.LibraryCall call when call.method().isOfRecord() ->
                      Stream.concat(
                          Stream.of(call.type()), call.arguments().stream().map(Expr::type));
                  default -> Stream.empty();
                };
            buffers.filter(Type.StructType.class::isInstance).forEach(this::id);
          });
    }
  }

  private void addArena(Type type, Set<String> added) {
    if (type instanceof Type.ArrayType(Type element)) {
      addArena(element, added);
    } else if (type instanceof Type.ArenaType(String name) && added.add(name)) {
      struct(name);
      layouts.struct(name).fields().forEach(field -> addArena(field.member().type(), added));
    }
  }

  /// A number as the kernel's own types have it; the names are GCC's, and Java's `long` is C's.
  int inKernel(Primitive primitive, Storage storage) {
    return primitive == Primitive.BOOLEAN ? bool() : inKernel(storage);
  }

  /// A whole number as the kernel's own types have it.
  int inKernel(Storage storage) {
    return switch (storage) {
      case U16 -> integer("short unsigned int", 2, IntEncoding.NONE);
      case S16 -> integer("short int", 2, IntEncoding.SIGNED);
      case U64 -> integer("long unsigned int", 8, IntEncoding.NONE);
      case U8, S8, U32, S32, BE16, BE24, BE32, BE48, BE64 -> number(storage);
    };
  }

  private int bool() {
    return integer("_Bool", 1, IntEncoding.BOOL);
  }

  /// `char`.
  int character() {
    return integer("char", 1, IntEncoding.CHAR);
  }

  /// `unsigned long long`.
  int unsignedLong() {
    return integer("unsigned long long", 8, IntEncoding.NONE);
  }

  /// The id of a number of so many bytes.
  int number(int bytes, boolean signed) {
    return number(
        switch (bytes) {
          case Byte.BYTES -> signed ? Storage.S8 : Storage.U8;
          case Short.BYTES -> signed ? Storage.S16 : Storage.U16;
          case Integer.BYTES -> signed ? Storage.S32 : Storage.U32;
          default -> Storage.U64;
        });
  }

  /// Java's `long` has storage `U64`; it is signed.
  private int number(Storage storage) {
    return switch (storage) {
      case U8 -> integer("unsigned char", 1, IntEncoding.NONE);
      case S8 -> integer("signed char", 1, IntEncoding.SIGNED);
      case U16 -> integer("unsigned short", 2, IntEncoding.NONE);
      case S16 -> integer("short", 2, IntEncoding.SIGNED);
      case U32 -> integer("unsigned int", 4, IntEncoding.NONE);
      case S32 -> integer("int", 4, IntEncoding.SIGNED);
      case U64 -> integer("long long", 8, IntEncoding.SIGNED);
      case BE16 -> bigEndian("__be16", number(Storage.U16));
      case BE32 -> bigEndian("__be32", number(Storage.U32));
      case BE64 -> bigEndian("__be64", unsignedLong());
      case BE24, BE48 -> array(number(Storage.U8), storage.bytes());
    };
  }

  private int bigEndian(String name, int of) {
    return btf.add(new BtfType.Typedef(name, of));
  }

  private int integer(String name, int bytes, IntEncoding encoding) {
    return btf.add(new BtfType.Int(name, bytes, encoding, Byte.SIZE * bytes));
  }

  /// An array of so many elements.
  int array(int element, int count) {
    int index = integer("__ARRAY_SIZE_TYPE__", 4, IntEncoding.NONE);
    return btf.add(new BtfType.Array(element, index, count));
  }

  private int enumeration(String name, Storage storage) {
    Declaration declaration = program.declarations().get(name);
    if (!(declaration instanceof EnumDecl(_, _, List<Declaration.EnumConstant> constants))) {
      throw new CompilerBug(name + " is not an enum");
    }
    boolean signed = constants.stream().anyMatch(constant -> constant.value() < 0);
    List<BtfType.EnumValue> values = new ArrayList<>();
    for (Declaration.EnumConstant constant : constants) {
      long value = signed ? constant.value() : Integer.toUnsignedLong(constant.value());
      values.add(new BtfType.EnumValue(CName.of(constant.name()), value));
    }
    return btf.add(new BtfType.Enum(CName.ofType(name), storage.bytes(), signed, values));
  }

  private int struct(String name) {
    StructLayout layout = layouts.struct(name);
    List<BtfType.Member> members = new ArrayList<>();
    for (Layouts.Field field : layout.fields()) {
      Declaration.Member member = field.member();
      int type =
          member.views().isEmpty()
              ? id(member.type(), member.storage(), member.length())
              : union(name, member);
      members.add(new BtfType.Member(CName.of(member.name()), type, field.offset() * Byte.SIZE, 0));
    }
    int struct = btf.add(new BtfType.Struct(CName.ofType(name), layout.size(), members));
    for (int i = 0; i < layout.fields().size(); i++) {
      if (layout.fields().get(i).member().type()
          instanceof Type.CollectionType(Type.Collection form, String object)) {
        id(new Type.ObjectType(object));
        btf.add(new BtfType.DeclTag(contains(form, object), struct, i));
      }
    }
    return struct;
  }

  /// What the kernel reads of a list or tree: the type of its objects, and their node.
  private String contains(Type.Collection form, String object) {
    String node =
        layouts.struct(object).fields().stream()
            .map(Layouts.Field::member)
            .filter(member -> member.type() == form.node())
            .map(Declaration.Member::name)
            .findFirst()
            .orElseThrow(() -> new CompilerBug(object + " has no node"));
    return "contains:" + CName.ofType(object) + ":" + CName.of(node);
  }

  /// What several headers look at: a member for each, and one for the bytes.
  private int union(String struct, Declaration.Member member) {
    List<BtfType.Member> members = new ArrayList<>();
    int bytes = id(member.type(), member.storage(), member.length());
    members.add(new BtfType.Member("bytes", bytes, 0, 0));
    for (Type.ViewType view : member.views()) {
      String type = CName.ofType(view.name());
      members.add(new BtfType.Member(type, header(view.name(), type), 0, 0));
    }
    String name = CName.ofType(struct) + "_" + CName.of(member.name());
    return btf.add(new BtfType.Union(name, member.length(), members));
  }

  private int header(String view, String name) {
    Layouts.ViewLayout layout = layouts.view(view);
    List<BtfType.Member> members = new ArrayList<>();
    if (layouts.declaration(view) instanceof Declaration.ViewDecl declaration) {
      for (Declaration.Accessor accessor : declaration.accessors()) {
        int type = id(accessor.type(), accessor.storage(), accessor.length());
        int offset = layout.offset(accessor.name()) * Byte.SIZE;
        members.add(new BtfType.Member(CName.of(accessor.name()), type, offset, 0));
      }
    }
    return btf.add(new BtfType.Struct(name, layout.size(), members));
  }
}
