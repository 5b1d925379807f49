package org.bpf4j.compiler.translate;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bpf4j.btf.BtfNames;
import org.bpf4j.compiler.ast.Declaration.Accessor;
import org.bpf4j.compiler.ast.Declaration.Shape;
import org.bpf4j.compiler.ast.Declaration.ViewDecl;
import org.bpf4j.compiler.ast.Storage;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.ssa.Fact;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Inst.BinaryOp;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Inst.CoreAccess;
import org.bpf4j.compiler.ssa.Inst.UnaryOp;
import org.bpf4j.compiler.ssa.Region;
import org.bpf4j.compiler.ssa.Terminator.AbortReason;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.isa.MemorySize;
import org.bpf4j.object.CoreRelocation.Kind;
import org.bpf4j.object.Helper;

/// Fields of kernel structs and tracepoints, whose offsets the loader fills in.
///
/// A kernel struct is read by a helper into the stack, which gives zeroes where the address is null
/// or faults; where the kernel knows what lies there, the optimizer makes loads of that. A
/// tracepoint's fields are loads from the context.
final class KernelViews {

  /// What the name of a field begins with that holds where a dynamic string is: its offset from the
  /// record's start in the low half (`__get_dynamic_array` in `trace_events.h`).
  private static final String DATA_LOCATION = "__data_loc_";

  private final Body body;
  private final Code code;

  KernelViews(Body body) {
    this.body = body;
    this.code = body.code;
  }

  /// @param index which element, if the accessor takes one; out of range it aborts
  Operand readStruct(ViewDecl view, Accessor accessor, Value struct, Optional<Value> index) {
    Value address = index.map(i -> element(view, accessor, struct, i)).orElse(struct);
    String described = view.describedBy(accessor);
    if (accessor.shape() == Shape.BITS) {
      return bits(described, accessor, address);
    }
    return switch (accessor.shape()) {
      case SCALAR, ENUM, POINTER ->
          Operand.of(
              alternatives(
                  described,
                  accessor.ways(),
                  body.shapes.of(accessor.type()).getFirst(),
                  path -> member(view, accessor, path, address)));
      case EMBEDDED, RECORD, CHARS -> {
        Value field =
            alternatives(
                described,
                accessor.ways(),
                org.bpf4j.compiler.ssa.Type.I64,
                path -> {
                  Value at = code.binary(BinaryOp.ADD, address, offset(described, path));
                  return isPointedTo(accessor, path) ? pointer(at) : at;
                });
        yield accessor.shape() == Shape.RECORD ? probe(field, accessor) : Operand.of(field);
      }
      case BITS -> throw new CompilerBug("bits have no address");
    };
  }

  /// The address from which the element is as far as the first one from the struct.
  private Value element(ViewDecl view, Accessor accessor, Value struct, Value index) {
    int length = accessor.length();
    code.ssa().check(CompareOp.ULT, index, code.i32(length), AbortReason.INDEX_OUT_OF_BOUNDS);
    Value inRange = code.refine(index, new Fact.Range(0, length - 1));
    Value bytes = ask(Kind.FIELD_BYTE_SIZE, view, accessor);
    Value distance = code.binary(BinaryOp.MUL, code.unary(UnaryOp.ZEXT32, inRange), bytes);
    return code.binary(BinaryOp.ADD, code.unary(UnaryOp.NUMBER, struct), distance);
  }

  /// The number or pointer in a member. Of a pointer it is known where it comes from, if its member
  /// is one whose type the program says.
  private Value member(ViewDecl view, Accessor accessor, String path, Value address) {
    String described = view.describedBy(accessor);
    if (accessor.shape() != Shape.POINTER) {
      return number(described, accessor, path, address);
    }
    Value there = pointer(code.binary(BinaryOp.ADD, address, offset(described, path)));
    return accessor.isPlain()
        ? code.refine(
            there, new Fact.Member(described, BtfNames.essential(view.kernelType()), path))
        : code.unary(UnaryOp.NUMBER, there);
  }

  /// A number whose size the kernel has as the accessor says is read as it lies there. Else it is
  /// taken as the kernel has it, and then as the accessor wants it. Which of the two, the loader
  /// knows.
  private Value number(String view, Accessor accessor, String path, Value struct) {
    int bytes = body.scope.layouts().size(accessor.type(), accessor.storage(), accessor.length());
    return either(
        CompareOp.EQ,
        core(code, Kind.FIELD_BYTE_SIZE, view, path),
        code.i64(bytes),
        body.shapes.of(accessor.type()).getFirst(),
        () -> {
          Value there =
              probe(code.binary(BinaryOp.ADD, struct, offset(view, path)), accessor).only();
          return path.endsWith(Accessor.OTHER_KIND) ? code.unary(UnaryOp.NUMBER, there) : there;
        },
        () -> sized(accessor, word(view, path, struct)));
  }

  private Value sized(Accessor accessor, Value number) {
    Code.Scratch scratch = code.scratch(Long.BYTES);
    code.store(scratch.address(), MemorySize.DW, number);
    Operand wanted =
        body.memory.read(scratch.address(), accessor.type(), accessor.storage(), accessor.length());
    code.release(scratch);
    return wanted.only();
  }

  /// Writes a number where the kernel lets programs write: to a struct that it gave, which is
  /// there.
  void write(ViewDecl view, Accessor accessor, Value address, String subject, Operand value) {
    body.scope.requireWritable(view, accessor, code.ssa().origin());
    String described = view.describedBy(accessor);
    alternatives(
        described,
        accessor.paths(),
        org.bpf4j.compiler.ssa.Type.I64,
        path -> {
          Value member = code.pointerAdd(place(address, subject), offset(described, path));
          body.memory.write(
              Address.unaligned(member, 0), accessor.type(), accessor.storage(), value);
          return code.i64(0);
        });
  }

  /// The address of a struct that the kernel knows, perhaps inside another.
  private Value place(Value address, String subject) {
    if (code.ssa().definition(address).orElse(null) instanceof Inst.Binary inside
        && code.ssa().definition(inside.right()).orElse(null) instanceof Inst.CoreConst member) {
      CoreAccess access = member.access();
      Value offset = core(code, access.kind(), access.view(), access.path());
      return code.pointerAdd(place(inside.left(), subject), offset);
    }
    Value there = code.refine(address, new Fact.NonNull(subject));
    Value pointer = code.unary(UnaryOp.POINTER, there);
    code.ssa().give(pointer, Region.KERNEL);
    return pointer;
  }

  private Operand bits(String view, Accessor accessor, Value address) {
    Value word =
        alternatives(
            view,
            accessor.paths(),
            org.bpf4j.compiler.ssa.Type.I64,
            path -> word(view, path, address));
    Type.Primitive wanted = Expressions.primitiveOf(accessor.type());
    return wanted == Type.Primitive.BOOLEAN
        ? Operand.of(code.compare(CompareOp.NE, word, 0))
        : Operand.of(body.conversions.convert(word, Type.Primitive.LONG, wanted));
  }

  /// A number of the kernel's or the word that a bit field is in, shifted to the left and back: by
  /// as much as the kernel's layout asks for, and with its sign.
  private Value word(String view, String path, Value struct) {
    Value at = code.binary(BinaryOp.ADD, struct, offset(view, path));
    Code.Scratch scratch = code.scratch(Long.BYTES);
    code.zero(scratch.address(), Long.BYTES);
    Value size = core(code, Kind.FIELD_BYTE_SIZE, view, path);
    code.run(Helper.PROBE_READ_KERNEL, scratch.address().base(), size, at);
    Value read = code.load(scratch.address(), MemorySize.DW, false);
    code.release(scratch);
    Value left = core(code, Kind.FIELD_LSHIFT_U64, view, path);
    Value right = core(code, Kind.FIELD_RSHIFT_U64, view, path);
    Value top = code.binary(BinaryOp.SHL, read, left);
    return code.choose(
        CompareOp.NE,
        core(code, Kind.FIELD_SIGNED, view, path),
        code.i64(0),
        code.binary(BinaryOp.SAR, top, right),
        code.binary(BinaryOp.SHR, top, right));
  }

  /// Fields are loads from the context, whose offsets must be constants; so all elements are loaded
  /// if the index is none.
  ///
  /// @param index which element, if the accessor takes one; out of range it aborts
  Operand readTracepoint(ViewDecl view, Accessor accessor, Value context, Optional<Value> index) {
    if (index.isEmpty()) {
      return loaded(view, view.describedBy(accessor), accessor, context);
    }
    OptionalLong constant = code.ssa().constantOf(index.get());
    String described = view.describedBy(accessor);
    int length = accessor.length();
    if (constant.isPresent() && constant.getAsLong() >= 0 && constant.getAsLong() < length) {
      Accessor element = accessor.at((int) constant.getAsLong());
      return loaded(view, described, element, context);
    }
    code.ssa().check(CompareOp.ULT, index.get(), code.i32(length), AbortReason.INDEX_OUT_OF_BOUNDS);
    Value chosen = loaded(view, described, accessor.at(0), context).only();
    for (int i = 1; i < length; i++) {
      Value other = loaded(view, described, accessor.at(i), context).only();
      chosen = code.choose(CompareOp.EQ, index.get(), code.i32(i), other, chosen);
    }
    return Operand.of(chosen);
  }

  private Operand loaded(ViewDecl view, String described, Accessor accessor, Value context) {
    return switch (accessor.shape()) {
      case SCALAR, ENUM -> {
        List<org.bpf4j.compiler.ssa.Type> shape = body.shapes.of(accessor.type());
        yield Operand.of(
            alternatives(
                described,
                accessor.ways(),
                shape.getFirst(),
                path ->
                    body.numbers.load(
                        Address.unaligned(code.pointerAdd(context, offset(described, path)), 0),
                        accessor.storage(),
                        accessor.type())));
      }
      case POINTER ->
          Operand.of(
              alternatives(
                  described,
                  accessor.paths(),
                  org.bpf4j.compiler.ssa.Type.I64,
                  path -> argument(described, path, context)));
      case CHARS ->
          Operand.of(
              alternatives(
                  described,
                  accessor.ways().stream().flatMap(KernelViews::inRecord).toList(),
                  org.bpf4j.compiler.ssa.Type.I64,
                  path -> text(described, path, context)));
      case EMBEDDED, RECORD, BITS ->
          readStruct(view, accessor, code.unary(UnaryOp.ADDRESS, context), Optional.empty());
    };
  }

  /// Whether the member is a pointer to the text that the accessor gives.
  private static boolean isPointedTo(Accessor accessor, String path) {
    return accessor.shape() == Shape.CHARS && path.endsWith(Accessor.OTHER_KIND);
  }

  private Value argument(String view, String path, Value context) {
    Value at = code.pointerAdd(context, offset(view, path));
    return code.load(Address.unaligned(at, 0), MemorySize.DW, false);
  }

  /// A string of a record lies in it, behind it, or elsewhere.
  private static Stream<String> inRecord(String path) {
    boolean further = isDataLocation(path) || path.endsWith(Accessor.OTHER_KIND);
    String dynamic = DATA_LOCATION + Accessor.within(path);
    return further
        ? Stream.of(path)
        : Stream.of(
            Accessor.struct(path).map(other -> Accessor.path(other, dynamic)).orElse(dynamic),
            path);
  }

  private static boolean isDataLocation(String path) {
    return Accessor.within(path).startsWith(DATA_LOCATION);
  }

  /// The address of a string.
  private Value text(String view, String path, Value context) {
    if (isDataLocation(path)) {
      return dynamicText(view, path, context);
    }
    return path.endsWith(Accessor.OTHER_KIND)
        ? argument(view, path, context)
        : code.binary(BinaryOp.ADD, code.unary(UnaryOp.ADDRESS, context), offset(view, path));
  }

  private Value dynamicText(String view, String path, Value context) {
    Value at = code.pointerAdd(context, offset(view, path));
    Value location = code.load(Address.unaligned(at, 0), MemorySize.W, false);
    Value distance = code.unary(UnaryOp.ZEXT32, code.binary(BinaryOp.AND, location, 0xffff));
    return code.binary(BinaryOp.ADD, code.unary(UnaryOp.ADDRESS, context), distance);
  }

  private Operand probe(Value address, Accessor accessor) {
    return probe(address, accessor.type(), accessor.storage(), accessor.length());
  }

  /// What lies at an address of the kernel; a view of a struct there is the address itself.
  Operand probe(Value address, Type type, Storage storage, int length) {
    if (type instanceof Type.ViewType) {
      return Operand.of(address);
    }
    Code.Scratch scratch = code.scratch(body.scope.layouts().size(type, storage, length));
    probe(scratch, address);
    Operand result = body.memory.read(scratch.address(), type, storage, length);
    code.release(scratch);
    return result;
  }

  private Value pointer(Value address) {
    Code.Scratch scratch = code.scratch(8);
    probe(scratch, address);
    Value result = code.load(scratch.address(), MemorySize.DW, false);
    code.release(scratch);
    return result;
  }

  /// The helper zeroes its destination where it cannot read.
  private void probe(Code.Scratch to, Value address) {
    code.run(Helper.PROBE_READ_KERNEL, to.address().base(), code.i64(to.bytes()), address);
  }

  /// The answer to a question about a field, by the first of its names that the kernel has.
  Value ask(Kind question, ViewDecl view, Accessor accessor) {
    String described = view.describedBy(accessor);
    List<String> paths = accessor.ways();
    if (question != Kind.FIELD_EXISTS) {
      return alternatives(
          described,
          paths,
          org.bpf4j.compiler.ssa.Type.I64,
          path -> core(code, question, described, path));
    }
    Value any = core(code, question, described, paths.getFirst());
    for (String path : paths.subList(1, paths.size())) {
      any = code.binary(BinaryOp.OR, any, core(code, question, described, path));
    }
    return any;
  }

  private Value offset(String view, String path) {
    return core(code, Kind.FIELD_BYTE_OFFSET, view, path);
  }

  /// Asks the kernel about a field.
  static Value core(Code code, Kind kind, String view, String path) {
    Value result = code.ssa().newValue(org.bpf4j.compiler.ssa.Type.I64);
    CoreAccess access = new CoreAccess(kind, view, path);
    code.ssa().add(new Inst.CoreConst(result, access, code.ssa().origin()));
    return result;
  }

  /// Uses the first path that the running kernel has; the last one is not asked for, so that a
  /// field which is missing under all its names is refused by the loader.
  private Value alternatives(
      String view,
      List<String> paths,
      org.bpf4j.compiler.ssa.Type type,
      Function<String, Value> use) {
    if (paths.isEmpty()) {
      throw new CompilerBug("an accessor of " + view + " has no path");
    }
    if (paths.size() == 1) {
      return use.apply(paths.getFirst());
    }
    List<String> rest = paths.subList(1, paths.size());
    return either(
        CompareOp.NE,
        core(code, Kind.FIELD_EXISTS, view, paths.getFirst()),
        code.i64(0),
        type,
        () -> use.apply(paths.getFirst()),
        () -> alternatives(view, rest, type, use));
  }

  private Value either(
      CompareOp op,
      Value left,
      Value right,
      org.bpf4j.compiler.ssa.Type type,
      Supplier<Value> ifSo,
      Supplier<Value> otherwise) {
    Draft yes = code.ssa().newBlock();
    Draft no = code.ssa().newBlock();
    Draft join = code.ssa().newBlock();
    Value result = code.ssa().parameter(join, type);
    code.ssa().branch(op, left, right, yes, no);
    code.ssa().enterSealed(yes);
    code.ssa().jump(join, ifSo.get());
    code.ssa().enterSealed(no);
    code.ssa().jump(join, otherwise.get());
    code.ssa().enterSealed(join);
    return result;
  }
}
