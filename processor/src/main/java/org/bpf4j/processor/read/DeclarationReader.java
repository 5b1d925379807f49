package org.bpf4j.processor.read;

import com.sun.source.tree.Tree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import org.bpf4j.compiler.ast.Declaration;
import org.bpf4j.compiler.ast.Layouts;
import org.bpf4j.compiler.ast.Storage;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Type.Special;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.diagnostic.Span;
import org.bpf4j.object.CName;

/// Reads structs, records, enums and views.
///
/// Types of other top-level classes are read from their class files, except structs: the sizes of
/// their arrays stand in initialisers, which only their own unit or sidecar knows.
final class DeclarationReader {
  private final Source source;
  private final JavaTypes types;
  private final SizeReader sizes;
  private final ViewReader views;
  private final UnionReader unions;
  private final InitialValues initialValues;

  DeclarationReader(Source source, JavaTypes types) {
    this.source = source;
    this.types = types;
    this.sizes = new SizeReader(source);
    this.views = new ViewReader(source, types, this);
    this.unions = new UnionReader(types, this);
    this.initialValues = new InitialValues(source, types.elements(), sizes);
  }

  /// Declares every type reached so far and what their members reach, sorted by name.
  List<Declaration> declarations() {
    List<Declaration> result = new ArrayList<>();
    Set<String> done = new TreeSet<>();
    boolean grown = true;
    while (grown) {
      grown = false;
      for (var entry : List.copyOf(types.reached().entrySet())) {
        if (done.add(entry.getKey())) {
          grown = true;
          read(entry.getKey(), entry.getValue()).ifPresent(result::add);
        }
      }
    }
    result.sort(java.util.Comparator.comparing(Declaration::name));
    return result;
  }

  private Optional<Declaration> read(String name, JavaTypes.Reached reached) {
    TypeElement type = reached.element();
    Span span = span(type);
    return switch (type.getKind()) {
      case ENUM -> Optional.of(readEnum(type, name, span));
      case RECORD -> Optional.of(readRecord(type, name, span, reached.types()));
      case CLASS ->
          source.declares(type) ? Optional.of(readStruct(type, name, span)) : Optional.empty();
      case INTERFACE -> Optional.of(views.read(type, name, span));
      default -> Optional.empty();
    };
  }

  private Declaration readEnum(TypeElement type, String name, Span span) {
    List<Declaration.EnumConstant> constants = new ArrayList<>();
    for (Element member : type.getEnclosedElements()) {
      if (member.getKind() == ElementKind.ENUM_CONSTANT) {
        constants.add(
            new Declaration.EnumConstant(
                member.getSimpleName().toString(),
                Annotations.number(member, "Value").orElse(constants.size())));
      }
    }
    return new Declaration.EnumDecl(name, span, constants);
  }

  /// @param inside what the record's type parameters stand for
  private Declaration readRecord(TypeElement type, String name, Span span, JavaTypes inside) {
    boolean generic = !type.getTypeParameters().isEmpty();
    List<Declaration.Member> members = new ArrayList<>();
    for (RecordComponentElement component : type.getRecordComponents()) {
      Optional<Type> componentType =
          inside
              .of(component.asType())
              .filter(found -> isComponent(found) || (generic && found instanceof Type.Boxed));
      if (componentType.isEmpty()) {
        report(
            component,
            "component `" + component.getSimpleName() + "` has type " + component.asType(),
            "components are primitives, enums and records; arrays and texts are for @Struct"
                + " classes");
        continue;
      }
      members.add(
          member(
              component.getSimpleName().toString(),
              componentType.get(),
              component,
              0,
              span(component)));
    }
    if (type.getRecordComponents().isEmpty()) {
      report(type, "record `" + type.getSimpleName() + "` has no components", "add one");
    }
    return new Declaration.RecordDecl(name, span, members);
  }

  private static boolean isComponent(Type type) {
    return type instanceof Primitive
        || type instanceof Type.EnumType
        || type instanceof Type.RecordType;
  }

  private Declaration readStruct(TypeElement type, String name, Span span) {
    List<Declaration.Member> members = new ArrayList<>();
    for (VariableElement field : ElementFilter.fieldsIn(type.getEnclosedElements())) {
      if (!field.getModifiers().contains(Modifier.STATIC)) {
        readField(field, Home.of(type)).ifPresent(members::add);
      }
    }
    refuseMoreOwners(members);
    if (type.getModifiers().contains(Modifier.PRIVATE)) {
      report(
          type,
          "struct `" + type.getSimpleName() + "` is private: user space could not name it",
          "leave out `private`");
    }
    boolean fieldless =
        ElementFilter.fieldsIn(type.getEnclosedElements()).stream()
            .allMatch(field -> field.getModifiers().contains(Modifier.STATIC));
    if (fieldless) {
      report(type, "struct `" + type.getSimpleName() + "` has no fields", "add one");
    }
    refuseInheritance(type);
    return new Declaration.StructDecl(name, span, members);
  }

  /// An object has one node of each kind, and counts its owners if it has both.
  private void refuseMoreOwners(List<Declaration.Member> members) {
    Map<Type, Declaration.Member> links = new HashMap<>();
    for (Declaration.Member member : members) {
      if (isLink(member.type()) && links.putIfAbsent(member.type(), member) != null) {
        source.report(
            Diagnostic.error(
                Code.BPF1013,
                member.span(),
                "`" + member.name() + "` is the second one of its kind in its class",
                "an object has one BpfListNode, one BpfTreeNode and one BpfRefcount at most"));
      }
    }
    Declaration.Member tree = links.get(Special.TREE_NODE);
    if (tree != null
        && links.containsKey(Special.LIST_NODE)
        && !links.containsKey(Special.REFCOUNT)) {
      source.report(
          Diagnostic.error(
              Code.BPF1013,
              tree.span(),
              "objects that a list and a tree may have do not count who has them",
              "final BpfRefcount owners = new BpfRefcount();"));
    }
  }

  private void refuseInheritance(TypeElement type) {
    if (type.getSuperclass() instanceof DeclaredType above
        && above.asElement() instanceof TypeElement inherited
        && !inherited.getQualifiedName().contentEquals("java.lang.Object")) {
      report(
          type,
          "struct `"
              + type.getSimpleName()
              + "` extends "
              + inherited.getSimpleName()
              + ": what lies in memory is its own fields only",
          "make it a member: final "
              + inherited.getSimpleName()
              + " base = new "
              + inherited.getSimpleName()
              + "();");
    }
  }

  /// Where objects of a class lie.
  private enum Home {
    ANYWHERE(
        "fields are primitives, enums, arrays, records, other structs, BpfString, AtomicLong and"
            + " AtomicInteger"),
    ARENA(ANYWHERE.fields + ", and references to arena structs"),
    KERNEL("fields are primitives and enums, BpfListNode, BpfTreeNode and BpfRefcount");

    private final String fields;

    Home(String fields) {
      this.fields = fields;
    }

    static Home of(TypeElement type) {
      return Annotations.has(type, "ArenaStruct")
          ? ARENA
          : Annotations.has(type, "ObjectStruct") ? KERNEL : ANYWHERE;
    }

    private boolean holds(Type type) {
      return switch (this) {
        case ANYWHERE -> isField(type) && !isLink(type);
        case ARENA -> isArenaField(type);
        case KERNEL -> type instanceof Primitive || type instanceof Type.EnumType || isLink(type);
      };
    }
  }

  /// Whether it links an object to those that own it.
  private static boolean isLink(Type type) {
    return type == Special.LIST_NODE || type == Special.TREE_NODE || type == Special.REFCOUNT;
  }

  private Optional<Declaration.Member> readField(VariableElement field, Home home) {
    Optional<Type> type =
        types.of(field.asType()).flatMap(found -> new RowReader(source).of(field, found));
    String name = field.getSimpleName().toString();
    if (type.isEmpty() || !home.holds(type.get())) {
      report(field, "field `" + name + "` has type " + field.asType(), home.fields);
      return Optional.empty();
    }
    boolean isVolatile = field.getModifiers().contains(Modifier.VOLATILE);
    if (isVolatile && !FieldReader.isOneAccess(field, type.get())) {
      report(
          field,
          "field `" + name + "` is volatile, but cannot be read or written by one access",
          "volatile numbers of 1, 2, 4 or 8 bytes at a multiple of their size, booleans and enums");
    }
    int length = 0;
    if (isEmbedded(type.get())) {
      length = embeddedLength(field, type.get());
      if (length < 0) {
        return Optional.empty();
      }
    }
    return Optional.of(
        member(name, type.get(), field, length, span(field))
            .withVolatile(isVolatile)
            .withInitial(initial(field, type.get(), home))
            .withViews(unions.views(field, type.get(), length)));
  }

  /// What a field holds in a new struct; what is wrong with it is reported.
  private List<Long> initial(VariableElement field, Type type, Home home) {
    if (!sizes.hasInitialiser(field) || type instanceof Type.StructType || isKernelOwned(type)) {
      return List.of();
    }
    String name = "field `" + field.getSimpleName() + "`";
    Optional<List<Long>> values = initialValues.of(field, type);
    Storage storage = Annotations.storage(field).orElse(Layouts.defaultStorage(type));
    if (!isEmbedded(type) && field.getModifiers().contains(Modifier.FINAL)) {
      report(field, name + " is final, but it is read from memory", "leave out `final`");
    } else if (values.isEmpty()) {
      report(
          field,
          name + " has an initial value that is no constant",
          "give it a constant, or set it after `new`");
    } else if (values.get().stream().allMatch(value -> value == 0)) {
      return List.of();
    } else if (home != Home.ANYWHERE) {
      report(
          field,
          name + " has an initial value, but what is allocated begins as zero",
          "set it where the object is allocated");
    } else if (type instanceof Primitive number
        && !fits(values.get().getFirst(), number, storage)) {
      report(
          field,
          name + " has an initial value that does not fit into " + storage,
          "a wider storage, or a smaller value");
    } else {
      return values.get();
    }
    return List.of();
  }

  /// Whether a number can lie in memory so; a storage as wide as the type holds all of it.
  private static boolean fits(long value, Primitive type, Storage storage) {
    int bits = storage.bytes() * Byte.SIZE;
    if (storage.bytes() >= type.bytes()) {
      return true;
    }
    return storage.signed()
        ? value == value << (Long.SIZE - bits) >> (Long.SIZE - bits)
        : value == (value & ((1L << bits) - 1));
  }

  private static boolean isField(Type type) {
    return switch (type) {
      case Type.RecordType record -> !JavaTypes.isInstance(record);
      case Primitive _,
          Type.EnumType _,
          Type.StructType _,
          Type.AtomicType _,
          Type.HeldType _,
          Type.CollectionType _ ->
          true;
      case Type.ArrayType(Type element) -> CreationReader.isElement(element);
      case Special special -> special == Special.BPF_STRING || special.kernelBytes() > 0;
      case Type.Boxed _,
          Type.RowType _,
          Type.ViewType _,
          Type.ArenaType _,
          Type.ObjectType _,
          Type.MapType _ ->
          false;
    };
  }

  /// What only the kernel touches lies in values of maps; references lead within an arena.
  private static boolean isArenaField(Type type) {
    return type instanceof Type.ArenaType
        || type instanceof Type.ArrayType(Type element) && element instanceof Type.ArenaType
        || isField(type) && !isKernelOwned(type);
  }

  private static boolean isEmbedded(Type type) {
    return type instanceof Type.ArrayType
        || type instanceof Type.AtomicType
        || type instanceof Type.StructType
        || type == Special.BPF_STRING
        || isKernelOwned(type);
  }

  private static boolean isKernelOwned(Type type) {
    return type instanceof Type.HeldType
        || type instanceof Type.CollectionType
        || (type instanceof Special special && special.kernelBytes() > 0);
  }

  /// The elements or bytes of an embedded member; -1 if they are not stated, which is reported.
  private int embeddedLength(VariableElement field, Type type) {
    String name = field.getSimpleName().toString();
    String example =
        switch (type) {
          case Type.ArrayType array when CreationReader.holdsObjects(array) -> filled(field);
          case Type.ArrayType _ -> "final " + field.asType() + " " + name + " = …[16];";
          case Special special when special.kernelBytes() > 0 ->
              "final %s %s = new %s();"
                  .formatted(
                      JavaTypes.simpleName(field.asType()),
                      name,
                      JavaTypes.simpleName(field.asType()));
          case Type.HeldType _ ->
              "final " + field.asType() + " " + name + " = new KernelPointer<>();";
          case Type.CollectionType(Type.Collection form, _) ->
              "final " + field.asType() + " " + name + " = new " + form.className() + "<>();";
          case Special _ -> "final BpfString " + name + " = BpfString.ofSize(16);";
          default -> "final " + field.asType() + " " + name + " = new …();";
        };
    if (!field.getModifiers().contains(Modifier.FINAL) || !sizes.hasInitialiser(field)) {
      report(
          field,
          "field `" + name + "` is part of the struct's memory: it must be final and initialised",
          example);
      return -1;
    }
    if (type instanceof Type.AtomicType || type instanceof Type.StructType || isKernelOwned(type)) {
      return 0;
    }
    if (type instanceof Type.ArrayType
        && CreationReader.holdsObjects(type)
        && !sizes.fillsStructs(field)) {
      String wanted = CreationReader.leaf(type) instanceof Type.StructType ? "structs" : "atomics";
      report(field, "the elements of `" + name + "` are null, not " + wanted, example);
      return -1;
    }
    OptionalInt size = sizes.of(field);
    if (size.isEmpty() || size.getAsInt() < 1) {
      report(field, "the size of `" + name + "` is not a positive constant", example);
      return -1;
    }
    return size.getAsInt();
  }

  private static String filled(VariableElement field) {
    TypeMirror each = ((ArrayType) field.asType()).getComponentType();
    return each instanceof ArrayType row
        ? filled(field, row.getComponentType(), "[][]", "fillRows", "[3][4]")
        : filled(field, each, "[]", "fill", "[8]");
  }

  private static String filled(
      VariableElement field, TypeMirror each, String type, String method, String size) {
    String element = JavaTypes.simpleName(each);
    return "final %s%s %s = Structs.%s(new %s%s, %s::new);"
        .formatted(element, type, field.getSimpleName(), method, element, size, element);
  }

  Declaration.Member member(String name, Type type, Element element, int length, Span span) {
    if (CName.isKeyword(name)) {
      report(element, "`" + name + "` is a keyword of C, which tools print types in", "rename it");
    }
    Storage storage = Annotations.storage(element).orElse(Layouts.defaultStorage(type));
    Optional<Integer> at = Annotations.number(element, "At");
    return new Declaration.Member(
        name, type, storage, at.map(OptionalInt::of).orElse(OptionalInt.empty()), length, span);
  }

  void report(Element element, String message, String help) {
    source.report(Diagnostic.error(Code.BPF1013, span(element), message, help));
  }

  Span span(Element element) {
    Tree tree = source.declares(element) ? source.trees().getTree(element) : null;
    return tree == null ? Span.NONE : source.span(tree);
  }
}
