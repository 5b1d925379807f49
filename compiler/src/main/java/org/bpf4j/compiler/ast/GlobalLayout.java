package org.bpf4j.compiler.ast;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpf4j.compiler.ast.Layouts.Field;
import org.bpf4j.compiler.ast.Type.Special;
import org.bpf4j.compiler.ast.Unit.Global;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.object.DataSection;

/// Where the global variables of a program lie: section, offset and first contents.
///
/// `@Config` and constants are in `.rodata`, variables in `.bss` if they begin as zero, else in
/// `.data`; what the kernel was configured with is in `.kconfig`, one place for each name. Behind
/// the declared globals come those that the compiler adds: a counter of lost records for each ring
/// in `.bss`, a zero for loops there, and the texts of format strings in `.rodata`. Each lies at a
/// multiple of its alignment, of 8 where user space may access it as one word.
public final class GlobalLayout {

  /// A data section.
  ///
  /// @param name its ELF name
  /// @param variables what it holds, by offset
  /// @param bytes its initial contents
  public record Section(String name, List<Variable> variables, byte[] bytes) {
    /// Copies the list and the bytes.
    public Section {
      variables = List.copyOf(variables);
      bytes = bytes.clone();
    }

    /// A copy of the initial contents.
    @Override
    public byte[] bytes() {
      return bytes.clone();
    }
  }

  /// A variable in a section.
  ///
  /// @param symbol its ELF name
  /// @param offset its first byte
  /// @param bytes its size
  /// @param global the declaration; absent for what the compiler adds
  public record Variable(String symbol, int offset, int bytes, Optional<Global> global) {}

  /// The section and offset of a variable.
  public record Placement(String section, int offset) {}

  /// The section of what is constant once programs run.
  public static final String CONSTANTS = ".rodata";

  private static final String ZERO = "zero";

  /// Rounds of a loop that every verifier follows one by one.
  private static final int SHORT_LOOP = 1024;

  private final Map<String, Draft> sections = new LinkedHashMap<>();
  private final Map<String, Placement> placements = new HashMap<>();
  private final Layouts layouts;

  private static final class Draft {
    private final List<Variable> variables = new ArrayList<>();
    private final List<byte[]> contents = new ArrayList<>();
    private int size;

    private boolean has(String symbol) {
      return variables.stream().anyMatch(variable -> variable.symbol().equals(symbol));
    }

    private int offset(String symbol) {
      return variables.stream()
          .filter(variable -> variable.symbol().equals(symbol))
          .mapToInt(Variable::offset)
          .findFirst()
          .orElseThrow();
    }
  }

  /// Lays out the globals of a program.
  public GlobalLayout(Program program) {
    layouts = new Layouts(program.declarations());
    Symbols symbols = new Symbols(program);
    for (Global global : program.globals()) {
      if (global.kind() == Unit.GlobalKind.KERNEL_VARIABLE) {
        continue;
      }
      place(
          key(global.owner(), global.name()),
          sectionOf(global),
          symbols.global(global.owner(), global.name()),
          contents(global),
          Math.max(8, layouts.align(global.type(), global.storage())),
          Optional.of(global));
    }
    for (Unit.MapDeclaration map : program.maps()) {
      if (map.type().form().family() == MapFamily.RING) {
        String symbol = symbols.map(map.owner(), map.name()) + "_lost";
        place(lostKey(map.owner(), map.name()), ".bss", symbol, new byte[8], 8, Optional.empty());
      }
    }
    for (Unit.Function function : program.functions()) {
      Walk.expressions(function.body(), this::placeTexts);
    }
    if (program.functions().stream()
        .anyMatch(function -> hasDemandingLoop(function.body()) || hasLambda(function.body()))) {
      place(ZERO, ".bss", "opaque_zero", new byte[8], 8, Optional.empty());
    }
  }

  private static boolean hasLambda(Stmt root) {
    boolean[] found = {false};
    Walk.expressions(root, expr -> found[0] |= expr instanceof Expr.Lambda);
    return found[0];
  }

  /// Whether there is a loop in which paths may part and meet, or one that may be long.
  private static boolean hasDemandingLoop(Stmt root) {
    boolean[] found = {false};
    Walk.allStatements(
        root,
        stmt -> {
          if (stmt instanceof Stmt.For
              || stmt instanceof Stmt.Each
              || stmt instanceof Stmt.While
              || stmt instanceof Stmt.DoWhile) {
            found[0] |= !isShort(stmt);
            Walk.children(stmt)
                .forEach(child -> Walk.statements(child, s -> found[0] |= branches(s)));
            Walk.expressions(stmt, expr -> found[0] |= branches(expr));
          }
        });
    return found[0];
  }

  /// Whether a loop visibly ends after few rounds.
  private static boolean isShort(Stmt loop) {
    return loop instanceof Stmt.For each
        && each.condition().isPresent()
        && each.condition().get() instanceof Expr.Binary test
        && (test.right() instanceof Expr.ArrayLength
            || (test.right() instanceof Expr.Literal(_, long bound, _) && bound <= SHORT_LOOP));
  }

  private static boolean branches(Stmt stmt) {
    return switch (stmt) {
      case Stmt.If _, Stmt.Switch _, Stmt.While _, Stmt.DoWhile _, Stmt.For _, Stmt.Each _ -> true;
      case Stmt.Block _,
          Stmt.Declare _,
          Stmt.Evaluate _,
          Stmt.Labeled _,
          Stmt.Budgeted _,
          Stmt.Break _,
          Stmt.Continue _,
          Stmt.Return _,
          Stmt.Throw _,
          Stmt.Locked _,
          Stmt.Guarded _,
          Stmt.Yield _ ->
          false;
    };
  }

  /// Whether its code may have paths that part and meet, by itself: a read of a kernel struct asks
  /// for its layout.
  private static boolean branches(Expr expr) {
    return switch (expr) {
      case Expr.Logical _,
          Expr.Conditional _,
          Expr.SwitchExpr _,
          Expr.Call _,
          Expr.LibraryCall _,
          Expr.KernelCall _,
          Expr.Lambda _,
          Expr.ElementPlace _,
          Expr.ViewRead _,
          Expr.ViewWrite _ ->
          true;
      case Expr.Literal _,
          Expr.Null _,
          Expr.Text _,
          Expr.ClassLiteral _,
          Expr.MapRef _,
          Expr.ComponentRef _,
          Expr.LocalPlace _,
          Expr.GlobalPlace _,
          Expr.FieldPlace _,
          Expr.Unary _,
          Expr.Binary _,
          Expr.Convert _,
          Expr.Assign _,
          Expr.CompoundAssign _,
          Expr.Increment _,
          Expr.NewStruct _,
          Expr.NewRecord _,
          Expr.NewArray _,
          Expr.ArrayLength _,
          Expr.Component _,
          Expr.IsNull _,
          Expr.Bind _ ->
          false;
    };
  }

  private void placeTexts(Expr expr) {
    if (expr instanceof Expr.LibraryCall call && call.method().printed() > 0) {
      PrintFormat.of(call).texts().forEach(this::placeText);
    } else if (expr instanceof Expr.KernelCall call) {
      for (Expr argument : call.arguments()) {
        if (argument instanceof Expr.Text text) {
          placeText(text.value());
        }
      }
    }
  }

  private void placeText(String text) {
    if (!placements.containsKey(textKey(text))) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      byte[] terminated = Arrays.copyOf(utf8, utf8.length + 1);
      long number = placements.keySet().stream().filter(key -> key.startsWith(textKey(""))).count();
      place(textKey(text), CONSTANTS, "text_" + number, terminated, 1, Optional.empty());
    }
  }

  private void place(
      String key, String section, String symbol, byte[] bytes, int align, Optional<Global> global) {
    Draft draft = sections.computeIfAbsent(section, _ -> new Draft());
    if (section.equals(DataSection.KERNEL_CONFIG) && draft.has(symbol)) {
      placements.put(key, new Placement(section, draft.offset(symbol)));
      return;
    }
    int offset = Layouts.roundUp(draft.size, align);
    draft.variables.add(new Variable(symbol, offset, bytes.length, global));
    draft.contents.add(bytes);
    draft.size = offset + bytes.length;
    placements.put(key, new Placement(section, offset));
  }

  /// The sections that have variables, in order of their names.
  public List<Section> sections() {
    return sections.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(
            entry -> {
              Draft draft = entry.getValue();
              ByteBuffer bytes = ByteBuffer.allocate(Layouts.roundUp(draft.size, 8));
              for (int i = 0; i < draft.variables.size(); i++) {
                bytes.put(draft.variables.get(i).offset(), draft.contents.get(i));
              }
              return new Section(entry.getKey(), draft.variables, bytes.array());
            })
        .toList();
  }

  /// Where a global is.
  public Placement global(String owner, String name) {
    return find(key(owner, name));
  }

  /// Where the counter of a ring's lost records is.
  public Placement lost(String owner, String ring) {
    return find(lostKey(owner, ring));
  }

  /// Where eight bytes are that nothing ever writes, for a zero that the verifier does not know;
  /// they are there if a loop branches or something is called back.
  public Optional<Placement> zero() {
    return Optional.ofNullable(placements.get(ZERO));
  }

  /// Where the zero-terminated text is that some call of `printk` needs.
  public Placement text(String text) {
    return find(textKey(text));
  }

  private Placement find(String key) {
    Placement placement = placements.get(key);
    if (placement == null) {
      throw new CompilerBug("nothing is laid out for " + key);
    }
    return placement;
  }

  private static String key(String owner, String name) {
    return "global " + owner + " " + name;
  }

  private static String lostKey(String owner, String name) {
    return "lost " + owner + " " + name;
  }

  private static String textKey(String text) {
    return "text " + text;
  }

  private String sectionOf(Global global) {
    return switch (global.kind()) {
      case CONFIG, CONSTANT -> CONSTANTS;
      case VARIABLE ->
          global.initial().stream().allMatch(v -> v == 0) && layouts.beginsAsZero(global.type())
              ? ".bss"
              : ".data";
      case KERNEL_CONFIG -> DataSection.KERNEL_CONFIG;
      case KERNEL_VARIABLE -> throw new CompilerBug(global.name() + " lies in the kernel");
    };
  }

  /// The bytes of a global's initial values.
  private byte[] contents(Global global) {
    int size = layouts.size(global.type(), global.storage(), global.length());
    ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    if (!global.initial().isEmpty()) {
      var values = global.initial().iterator();
      encode(bytes, 0, global.type(), global.storage(), global.length(), values);
    } else {
      begin(bytes, 0, global.type(), global.length());
    }
    return bytes.array();
  }

  /// What the classes of structs say that new ones hold.
  private void begin(ByteBuffer bytes, int offset, Type type, int length) {
    switch (type) {
      case Type.StructType struct -> {
        for (Layouts.Field field : layouts.struct(struct.name()).fields()) {
          Declaration.Member member = field.member();
          int at = offset + field.offset();
          if (member.initial().isEmpty()) {
            begin(bytes, at, member.type(), member.length());
          } else {
            Iterator<Long> values = member.initial().iterator();
            encode(bytes, at, member.type(), member.storage(), member.length(), values);
          }
        }
      }
      case Type.ArrayType(Type element) when !layouts.beginsAsZero(element) -> {
        for (int i = 0; i < length; i++) {
          begin(bytes, offset + i * layouts.size(element), element, 0);
        }
      }
      case Type.RowType(Type element, int elements) ->
          begin(bytes, offset, new Type.ArrayType(element), elements);
      default -> {}
    }
  }

  private void encode(
      ByteBuffer bytes, int offset, Type type, Storage storage, int length, Iterator<Long> values) {
    switch (type) {
      case Type.RowType(Type element, int elements) ->
          encode(bytes, offset, new Type.ArrayType(element), storage, elements, values);
      case Type.ArrayType(Type element) -> {
        Storage each = Layouts.defaultStorage(element);
        int size = layouts.size(element);
        for (int i = 0; i < length; i++) {
          encode(bytes, offset + i * size, element, each, 0, values);
        }
      }
      case Type.StructType struct -> encodeFields(bytes, offset, struct.name(), values);
      case Type.RecordType record -> encodeFields(bytes, offset, record.name(), values);
      case Special special when special == Special.BPF_STRING -> {
        for (int i = 0; i < length && values.hasNext(); i++) {
          bytes.put(offset + i, values.next().byteValue());
        }
      }
      case Type.Primitive _,
          Type.Boxed _,
          Type.EnumType _,
          Type.AtomicType _,
          Type.ViewType _,
          Type.ArenaType _,
          Type.MapType _,
          Type.HeldType _,
          Type.ObjectType _,
          Type.CollectionType _,
          Special _ -> {
        long value = values.hasNext() ? values.next() : 0;
        for (int i = 0; i < storage.bytes(); i++) {
          int shift = 8 * (storage.bigEndian() ? storage.bytes() - 1 - i : i);
          bytes.put(offset + i, (byte) (value >>> shift));
        }
      }
    }
  }

  private void encodeFields(ByteBuffer bytes, int offset, String struct, Iterator<Long> values) {
    for (Field field : layouts.struct(struct).fields()) {
      Declaration.Member member = field.member();
      encode(
          bytes, offset + field.offset(), member.type(), member.storage(), member.length(), values);
    }
  }
}
