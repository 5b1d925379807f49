package org.bpf4j.compiler.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bpf4j.btf.BtfBuilder;
import org.bpf4j.btf.BtfNames;
import org.bpf4j.btf.BtfType;
import org.bpf4j.compiler.ast.Declaration;
import org.bpf4j.compiler.ast.Declaration.Accessor;
import org.bpf4j.compiler.ast.Declaration.ViewDecl;
import org.bpf4j.compiler.ast.Layouts;
import org.bpf4j.compiler.ast.Program;
import org.bpf4j.compiler.ast.Storage;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.ssa.Inst.CoreAccess;
import org.bpf4j.object.CoreRelocation.Kind;

/// The local types that CO-RE relocations start from: what programs believe of the kernel's
/// structs.
///
/// A view becomes a struct with just the fields that are read, in order of their names, since only
/// names and kinds are compared with the kernel's. The flavour (`task_struct___bpf4j1`), which
/// loaders strip before they look for the kernel's type, keeps two views of one struct apart, and
/// takes the place of one that a view has itself. A field that no accessor describes is a 64-bit
/// number, as registers are. A kernel type named `union x` is a union. Members of the other kind
/// ([Accessor#ways]) are in a flavour of their own, which is keyed by the view's name and a star;
/// those of another struct ([Accessor#path]) by its name and the view's.
final class KernelTypes {

  /// Where a tracepoint's dynamic string lies: a word that the kernel names so.
  private static final String DATA_LOCATION = "__data_loc_";

  /// The file of `struct bpf_iter_meta`: the one pointer among the fields that no accessor
  /// describes.
  private static final String LISTING_FILE = "seq";

  private static final Pattern COMPONENT = Pattern.compile("([^\\[]+)((?:\\[\\d+])*)");

  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private static final String UNION = "union ";

  /// Parts the name of a view from that of a member; in neither.
  private static final String MEMBER = "#";

  /// What the path of a member begins with that lies in a struct without a name.
  private static final String UNNAMED = ".";

  /// What a relocation says, and the constant that stands in the instruction before it.
  record Resolved(int typeId, String path, int value) {}

  /// The kernel's enums that programs ask about, each with the constants' paths.
  private final SortedMap<String, SortedSet<String>> enums = new TreeMap<>();

  private final Program program;
  private final ProgramTypes types;
  private final BtfBuilder btf;
  private final SortedMap<String, Field> roots = new TreeMap<>();
  private final Map<String, Integer> structs = new TreeMap<>();
  private final SortedMap<String, Integer> whole = new TreeMap<>();
  private final Map<String, Integer> enumTypes = new TreeMap<>();
  private final SortedMap<String, Integer> flavours = new TreeMap<>();

  /// A field, or a struct of fields.
  private static final class Field {
    private final SortedMap<String, Field> members = new TreeMap<>();
    private Optional<Accessor> accessor = Optional.empty();

    /// For each dimension of an array how many elements are mentioned.
    private final List<Integer> elements = new ArrayList<>();

    /// How many characters it has, if it is a text.
    private int characters;

    private boolean otherKind;
    private boolean union;
    private boolean signed;
    private int offset;
    private int type;
    private int bytes;
    private int align = 1;
  }

  /// Lays out the types of all accesses.
  KernelTypes(Program program, ProgramTypes types, BtfBuilder btf, List<CoreAccess> accesses) {
    this.program = program;
    this.types = types;
    this.btf = btf;
    accesses.forEach(this::note);
    roots.forEach(
        (view, root) -> {
          root.union = kernelType(view).startsWith(UNION);
          define(root, flavour(plainType(view)), "");
          structs.put(view, root.type);
        });
    whole.replaceAll((matched, _) -> whole(matched));
    enums.forEach((name, constants) -> enumTypes.put(name, enumeration(name, constants)));
  }

  private String flavour(String name) {
    String essential = BtfNames.essential(name);
    return essential + "___bpf4j" + flavours.merge(essential, 1, Integer::sum);
  }

  private Optional<ViewDecl> view(String name) {
    Declaration declaration = program.declarations().get(viewOf(name));
    return declaration instanceof ViewDecl view ? Optional.of(view) : Optional.empty();
  }

  /// The view's name, without the accessor whose members are meant.
  private static String viewOf(String described) {
    String view = Accessor.within(described);
    int by = view.indexOf(ViewDecl.BY);
    return by < 0 ? plain(view) : view.substring(0, by);
  }

  /// Whether an accessor is the one whose members are meant, if only one is.
  private static boolean isMeant(Accessor accessor, String described) {
    int by = described.indexOf(ViewDecl.BY);
    return by < 0 || described.substring(by + 1).equals(accessor.name());
  }

  /// A view's name or a path without what says that the other kind is meant.
  private static String plain(String text) {
    return isOther(text) ? text.substring(0, text.length() - 1) : text;
  }

  private static boolean isOther(String text) {
    return text.endsWith(Accessor.OTHER_KIND);
  }

  private static String root(CoreAccess access) {
    String view = isOther(access.path()) ? access.view() + Accessor.OTHER_KIND : access.view();
    return Accessor.struct(access.path()).map(other -> Accessor.path(other, view)).orElse(view);
  }

  private String kernelType(String view) {
    return Accessor.struct(view)
        .or(() -> view(view).map(ViewDecl::kernelType).filter(type -> !type.isEmpty()))
        .orElse(viewOf(view));
  }

  /// The kernel's name of a view's type, without what says that it is a union.
  private String plainType(String view) {
    String type = kernelType(view);
    return type.startsWith(UNION) ? type.substring(UNION.length()) : type;
  }

  /// The id of a kernel function's argument: a number, or a pointer to a struct.
  int argument(Type type) {
    if (!(type instanceof Type.ViewType(String view))) {
      return types.inRegister(type);
    }
    if (kernelType(view).isEmpty()) {
      return btf.add(new BtfType.Pointer(0));
    }
    Integer known = structs.get(view);
    return btf.add(new BtfType.Pointer(known == null ? forward(view) : known));
  }

  /// The id of the kernel's type of a view, which is declared and not described.
  private int forward(String view) {
    boolean union = kernelType(view).startsWith(UNION);
    return btf.add(new BtfType.Forward(BtfNames.essential(plainType(view)), union));
  }

  /// Whether it asks for a struct of the program itself.
  private boolean isOwn(CoreAccess access) {
    return program.declarations().get(access.view()) instanceof Declaration.StructDecl;
  }

  private void note(CoreAccess access) {
    if (isOwn(access)) {
      return;
    }
    if (access.kind() == Kind.TYPE_MATCHES) {
      whole.put(matched(access), 0);
      return;
    }
    switch (access.kind().subject()) {
      case FIELD, TYPE -> noteField(access);
      case ENUMERATOR ->
          enums.computeIfAbsent(access.view(), _ -> new TreeSet<>()).add(access.path());
    }
  }

  /// A view, or one member of it.
  private static String matched(CoreAccess access) {
    return access.view() + MEMBER + access.path();
  }

  private void noteField(CoreAccess access) {
    Field field = roots.computeIfAbsent(root(access), _ -> new Field());
    for (Step step : steps(access.path())) {
      field = field.members.computeIfAbsent(step.name, _ -> new Field());
      for (int i = 0; i < step.indices.size(); i++) {
        int count = step.indices.get(i) + 1;
        if (i == field.elements.size()) {
          field.elements.add(count);
        } else {
          field.elements.set(i, Math.max(field.elements.get(i), count));
        }
      }
    }
    if (!access.path().isEmpty()) {
      describe(field, access);
    }
  }

  /// Notes what the accessor says about a field, or about all elements of an array.
  private void describe(Field field, CoreAccess access) {
    Optional<Accessor> found =
        view(access.view()).stream()
            .flatMap(view -> view.accessors().stream())
            .filter(accessor -> isMeant(accessor, access.view()))
            .filter(accessor -> accessor.reads(plain(access.path())))
            .findFirst();
    field.otherKind = isOther(access.path());
    if (found.isPresent() && found.get().isIndexed()) {
      int last = field.elements.size() - 1;
      field.elements.set(last, Math.max(field.elements.get(last), found.get().length()));
    }
    if (!field.otherKind
        && found.isPresent()
        && found.get().shape() == Declaration.Shape.CHARS
        && !access.path().endsWith("]")) {
      field.characters = Math.max(found.get().length(), 1);
    } else {
      field.accessor = found;
    }
  }

  /// A step of a path: a member, and the element of it in each dimension if it is an array.
  private record Step(String name, List<Integer> indices) {}

  private static List<Step> steps(String ofAnyKind) {
    String path = plain(Accessor.within(ofAnyKind));
    List<Step> steps = new ArrayList<>();
    for (String component : path.isEmpty() ? new String[0] : path.split("\\.")) {
      Matcher matcher = COMPONENT.matcher(component);
      if (!matcher.matches()) {
        throw new CompilerBug("not a field path: " + path);
      }
      steps.add(
          new Step(
              matcher.group(1),
              NUMBER
                  .matcher(matcher.group(2))
                  .results()
                  .map(n -> Integer.valueOf(n.group()))
                  .toList()));
    }
    return steps;
  }

  private void define(Field field, String struct, String member) {
    if (field.members.isEmpty() && struct.isEmpty()) {
      leaf(field, member);
    } else {
      List<BtfType.Member> members = new ArrayList<>();
      int end = 0;
      for (Map.Entry<String, Field> entry : field.members.entrySet()) {
        Field inner = entry.getValue();
        define(inner, "", entry.getKey());
        inner.offset = field.union ? 0 : Layouts.roundUp(end, inner.align);
        end = Math.max(end, inner.offset + inner.bytes);
        field.align = Math.max(field.align, inner.align);
        members.add(new BtfType.Member(entry.getKey(), inner.type, inner.offset * Byte.SIZE, 0));
      }
      field.bytes = Layouts.roundUp(end, field.align);
      field.type =
          btf.add(
              field.union
                  ? new BtfType.Union(struct, field.bytes, members)
                  : new BtfType.Struct(struct, field.bytes, members));
    }
    if (field.characters > 0) {
      int mentioned = field.elements.isEmpty() ? 0 : field.elements.removeFirst();
      field.elements.addFirst(Math.max(mentioned, field.characters));
    }
    for (int count : field.elements.reversed()) {
      field.type = types.array(field.type, count);
      field.bytes *= count;
    }
  }

  private void leaf(Field field, String name) {
    if (name.startsWith(DATA_LOCATION)) {
      number(field, types.id(Type.Primitive.INT, Storage.U32, 0), Integer.BYTES);
      return;
    }
    if (field.accessor.isEmpty() && name.equals(LISTING_FILE)) {
      number(field, btf.add(new BtfType.Pointer(0)), Long.BYTES);
      return;
    }
    if (field.accessor.isEmpty() && field.characters > 0) {
      number(field, types.character(), 1);
      return;
    }
    if (field.accessor.isEmpty()) {
      number(field, types.unsignedLong(), Long.BYTES);
      return;
    }
    Accessor accessor = field.accessor.get();
    if (field.otherKind && accessor.shape() == Declaration.Shape.RECORD) {
      field.type = types.array(types.character(), 1);
      field.bytes = 1;
      return;
    }
    if (field.otherKind) {
      number(field, btf.add(new BtfType.Pointer(0)), Long.BYTES);
      return;
    }
    switch (accessor.shape()) {
      case SCALAR, BITS -> {
        int type = types.id(accessor.type(), accessor.storage(), 0);
        number(field, type, accessor.storage().bytes());
        field.signed =
            btf.type(type) instanceof BtfType.Int(_, _, var encoding, _)
                && encoding == BtfType.IntEncoding.SIGNED;
      }
      case POINTER -> number(field, btf.add(new BtfType.Pointer(0)), Long.BYTES);
      case ENUM ->
          number(
              field,
              btf.add(new BtfType.Enum("", accessor.storage().bytes(), false, List.of())),
              accessor.storage().bytes());
      case CHARS -> {
        field.type = types.array(types.character(), Math.max(accessor.length(), 1));
        field.bytes = Math.max(accessor.length(), 1);
      }
      case EMBEDDED, RECORD -> field.type = btf.add(new BtfType.Struct("", 0, List.of()));
    }
  }

  private static void number(Field field, int type, int bytes) {
    field.type = type;
    field.bytes = bytes;
    field.align = Math.max(bytes, 1);
  }

  /// A view as C would declare it, with all members that its accessors say all about, or with one
  /// of them, perhaps in a struct without a name; the names of numbers are those that GCC gives
  /// them in the kernel.
  private int whole(String matched) {
    String view = matched.substring(0, matched.indexOf(MEMBER));
    String path = matched.substring(view.length() + MEMBER.length());
    boolean unnamed = path.startsWith(UNNAMED);
    String only = unnamed ? path.substring(UNNAMED.length()) : path;
    List<BtfType.Member> members = new ArrayList<>();
    int end = 0;
    List<Accessor> described = view(view).stream().flatMap(v -> described(v, view, only)).toList();
    for (Accessor accessor : described) {
      if (accessor.isPlain()) {
        int bytes = accessor.shape() == Declaration.Shape.CHARS ? 1 : accessor.storage().bytes();
        int offset = Layouts.roundUp(end, Math.max(bytes, 1));
        members.add(
            new BtfType.Member(
                accessor.paths().getFirst(), plain(accessor), offset * Byte.SIZE, 0));
        end = offset + Math.max(bytes, accessor.length());
      }
    }
    String name = flavour(plainType(view));
    if (unnamed) {
      int inner = btf.add(new BtfType.Struct("", end, members));
      members = List.of(new BtfType.Member("", inner, 0, 0));
    }
    return btf.add(
        kernelType(view).startsWith(UNION)
            ? new BtfType.Union(name, end, members)
            : new BtfType.Struct(name, end, members));
  }

  /// The accessors of a view whose members are meant: none that contradicts another, or those that
  /// say where a pointer leads.
  private static Stream<Accessor> described(ViewDecl declaration, String view, String only) {
    return declaration.accessors().stream()
        .filter(
            accessor ->
                only.isEmpty()
                    ? declaration.describedBy(accessor).equals(view)
                    : isMeant(accessor, view)
                        && accessor.shape() == Declaration.Shape.POINTER
                        && accessor.paths().contains(only));
  }

  private int plain(Accessor accessor) {
    return switch (accessor.type()) {
      case Type.Primitive primitive -> types.inKernel(primitive, accessor.storage());
      case Type.ViewType(String view) ->
          accessor.shape() == Declaration.Shape.POINTER
              ? btf.add(new BtfType.Pointer(forward(view)))
              : btf.add(new BtfType.Struct(BtfNames.essential(plainType(view)), 0, List.of()));
      default -> types.array(types.character(), accessor.length());
    };
  }

  private int enumeration(String name, SortedSet<String> constants) {
    List<BtfType.EnumValue> values =
        constants.stream()
            .map(path -> new BtfType.EnumValue(constantName(path), constantValue(path)))
            .toList();
    boolean signed = values.stream().anyMatch(value -> value.value() < 0);
    return btf.add(new BtfType.Enum(flavour(name), Integer.BYTES, signed, values));
  }

  private static String constantName(String path) {
    return path.substring(0, path.indexOf('='));
  }

  private static int constantValue(String path) {
    return Integer.parseInt(path.substring(path.indexOf('=') + 1));
  }

  /// The relocation for an access.
  Resolved resolve(CoreAccess access) {
    if (isOwn(access)) {
      int struct = types.id(new Type.ObjectType(access.view()));
      return new Resolved(struct, "0", struct);
    }
    if (access.kind() == Kind.TYPE_MATCHES) {
      return new Resolved(Objects.requireNonNull(whole.get(matched(access))), "0", 1);
    }
    return switch (access.kind().subject()) {
      case FIELD, TYPE -> resolveField(access);
      case ENUMERATOR -> resolveConstant(access);
    };
  }

  private Resolved resolveConstant(CoreAccess access) {
    SortedSet<String> constants = Objects.requireNonNull(enums.get(access.view()));
    int value = access.kind() == Kind.ENUMVAL_EXISTS ? 1 : constantValue(access.path());
    return new Resolved(
        Objects.requireNonNull(enumTypes.get(access.view())),
        Integer.toString(constants.headSet(access.path()).size()),
        value);
  }

  private Resolved resolveField(CoreAccess access) {
    Field field = roots.get(root(access));
    if (field == null) {
      throw new CompilerBug("no local type for " + access);
    }
    int root = Objects.requireNonNull(structs.get(root(access)));
    StringBuilder path = new StringBuilder("0");
    int offset = 0;
    int bytes = field.bytes;
    for (Step step : steps(access.path())) {
      path.append(':').append(field.members.headMap(step.name).size());
      field = Objects.requireNonNull(field.members.get(step.name));
      offset += field.offset;
      bytes = field.bytes;
      for (int i = 0; i < step.indices.size(); i++) {
        int index = step.indices.get(i);
        bytes /= field.elements.get(i);
        path.append(':').append(index);
        offset += index * bytes;
      }
    }
    return new Resolved(root, path.toString(), value(access, field, offset, bytes, root));
  }

  private static int value(CoreAccess access, Field field, int offset, int bytes, int root) {
    return switch (access.kind()) {
      case FIELD_BYTE_OFFSET -> offset;
      case FIELD_BYTE_SIZE, TYPE_SIZE -> bytes;
      case FIELD_EXISTS, TYPE_EXISTS, TYPE_MATCHES -> 1;
      case FIELD_SIGNED -> field.signed ? 1 : 0;
      case FIELD_LSHIFT_U64, FIELD_RSHIFT_U64 -> Long.SIZE - Byte.SIZE * bytes;
      case TYPE_ID_LOCAL, TYPE_ID_TARGET -> root;
      case ENUMVAL_EXISTS, ENUMVAL_VALUE ->
          throw new CompilerBug("views have no enumerators: " + access);
    };
  }
}
