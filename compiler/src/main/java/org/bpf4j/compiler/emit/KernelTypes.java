package org.bpf4j.compiler.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bpf4j.btf.BtfBuilder;
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

/// The local types that CO-RE relocations start from: what programs believe of the kernel's
/// structs.
///
/// A view becomes a struct with just the fields that are read, in order of their names, since only
/// names and kinds are compared with the kernel's. The flavour (`task_struct___bpf4j1`), which
/// loaders strip before they look for the kernel's type, keeps two views of one struct apart. A
/// field that no accessor describes is a 64-bit number, as registers are.
final class KernelTypes {

  /// Where a tracepoint's dynamic string lies: a word that the kernel names so.
  private static final String DATA_LOCATION = "__data_loc_";

  /// The file of `struct bpf_iter_meta`: the one pointer among the fields that no accessor
  /// describes.
  private static final String LISTING_FILE = "seq";

  private static final Pattern COMPONENT = Pattern.compile("([^\\[]+)(?:\\[(\\d+)])?");

  /// What a relocation says, and the constant that stands in the instruction before it.
  record Resolved(int typeId, String path, int value) {}

  private final Program program;
  private final ProgramTypes types;
  private final BtfBuilder btf;
  private final SortedMap<String, Field> roots = new TreeMap<>();
  private final Map<String, Integer> structs = new TreeMap<>();

  /// A field, or a struct of fields.
  private static final class Field {
    private final SortedMap<String, Field> members = new TreeMap<>();
    private Optional<Accessor> accessor = Optional.empty();
    private int elements;
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
    SortedMap<String, Integer> flavours = new TreeMap<>();
    roots.forEach(
        (view, root) -> {
          String name = kernelType(view);
          int flavour = flavours.merge(name, 1, Integer::sum);
          define(root, name + "___bpf4j" + flavour, "");
          structs.put(view, root.type);
        });
  }

  private Optional<ViewDecl> view(String name) {
    Declaration declaration = program.declarations().get(name);
    return declaration instanceof ViewDecl view ? Optional.of(view) : Optional.empty();
  }

  private String kernelType(String view) {
    return view(view).map(ViewDecl::kernelType).filter(type -> !type.isEmpty()).orElse(view);
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
    int struct = known == null ? btf.add(new BtfType.Forward(kernelType(view), false)) : known;
    return btf.add(new BtfType.Pointer(struct));
  }

  private void note(CoreAccess access) {
    Field field = roots.computeIfAbsent(access.view(), _ -> new Field());
    for (Step step : steps(access.path())) {
      field = field.members.computeIfAbsent(step.name, _ -> new Field());
      field.elements = Math.max(field.elements, step.index + 1);
    }
    field.accessor =
        view(access.view()).stream()
            .flatMap(view -> view.accessors().stream())
            .filter(accessor -> accessor.paths().contains(access.path()))
            .findFirst();
  }

  /// A step of a path: a member, and the element of it if it is an array, else −1.
  private record Step(String name, int index) {}

  private static List<Step> steps(String path) {
    List<Step> steps = new ArrayList<>();
    for (String component : path.isEmpty() ? new String[0] : path.split("\\.")) {
      Matcher matcher = COMPONENT.matcher(component);
      if (!matcher.matches()) {
        throw new CompilerBug("not a field path: " + path);
      }
      int index = matcher.group(2) == null ? -1 : Integer.parseInt(matcher.group(2));
      steps.add(new Step(matcher.group(1), index));
    }
    return steps;
  }

  private void define(Field field, String struct, String member) {
    if (field.members.isEmpty() && !struct.isEmpty()) {
      field.type = btf.add(new BtfType.Struct(struct, 0, List.of()));
      return;
    }
    if (field.members.isEmpty()) {
      leaf(field, member);
    } else {
      List<BtfType.Member> members = new ArrayList<>();
      int end = 0;
      for (Map.Entry<String, Field> entry : field.members.entrySet()) {
        Field inner = entry.getValue();
        define(inner, "", entry.getKey());
        inner.offset = Layouts.roundUp(end, inner.align);
        end = inner.offset + inner.bytes;
        field.align = Math.max(field.align, inner.align);
        members.add(new BtfType.Member(entry.getKey(), inner.type, inner.offset * Byte.SIZE, 0));
      }
      field.bytes = Layouts.roundUp(end, field.align);
      field.type = btf.add(new BtfType.Struct(struct, field.bytes, members));
    }
    if (field.elements > 0) {
      field.type = types.array(field.type, field.elements);
      field.bytes *= field.elements;
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
    if (field.accessor.isEmpty()) {
      number(field, types.unsignedLong(), Long.BYTES);
      return;
    }
    Accessor accessor = field.accessor.get();
    switch (accessor.shape()) {
      case SCALAR, BITS ->
          number(
              field, types.id(accessor.type(), accessor.storage(), 0), accessor.storage().bytes());
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

  /// The relocation for an access.
  Resolved resolve(CoreAccess access) {
    Field field = roots.get(access.view());
    if (field == null) {
      throw new CompilerBug("no local type for " + access);
    }
    int root = Objects.requireNonNull(structs.get(access.view()));
    StringBuilder path = new StringBuilder("0");
    int offset = 0;
    for (Step step : steps(access.path())) {
      path.append(':').append(field.members.headMap(step.name).size());
      field = Objects.requireNonNull(field.members.get(step.name));
      offset += field.offset;
      if (step.index >= 0) {
        path.append(':').append(step.index);
        offset += step.index * (field.bytes / field.elements);
      }
    }
    return new Resolved(root, path.toString(), value(access, field, offset, root));
  }

  private static int value(CoreAccess access, Field field, int offset, int root) {
    int bits = Byte.SIZE * field.bytes / Math.max(field.elements, 1);
    return switch (access.kind()) {
      case FIELD_BYTE_OFFSET -> offset;
      case FIELD_BYTE_SIZE -> field.bytes;
      case FIELD_EXISTS, TYPE_EXISTS, TYPE_MATCHES -> 1;
      case FIELD_SIGNED ->
          field.accessor.map(accessor -> accessor.storage().signed() ? 1 : 0).orElse(0);
      case FIELD_LSHIFT_U64, FIELD_RSHIFT_U64 -> Long.SIZE - bits;
      case TYPE_ID_LOCAL, TYPE_ID_TARGET -> root;
      case TYPE_SIZE -> field.bytes;
      case ENUMVAL_EXISTS, ENUMVAL_VALUE ->
          throw new CompilerBug("views have no enumerators: " + access);
    };
  }
}
