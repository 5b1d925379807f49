package org.bpf4j.compiler.translate;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.GlobalLayout.Placement;
import org.bpf4j.compiler.ast.Layouts;
import org.bpf4j.compiler.ast.Library;
import org.bpf4j.compiler.ast.PrintFormat;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Type.Special;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.ssa.Fact;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Inst.UnaryOp;
import org.bpf4j.compiler.ssa.Requirement;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.isa.MemorySize;
import org.bpf4j.object.CoreRelocation.Kind;
import org.bpf4j.object.Helper;
import org.bpf4j.object.KernelVersion;

/// Formats: they lie in `.rodata`, and arguments are passed as 64 bits.
final class Printing {

  /// The first kernel whose `bpf_trace_printk` knows `%c`.
  private static final KernelVersion CHARACTERS = new KernelVersion(5, 13);

  private final Body body;
  private final org.bpf4j.compiler.translate.Code code;

  Printing(Body body) {
    this.body = body;
    this.code = body.code;
  }

  Operand print(Expr.LibraryCall call) {
    PrintFormat format = PrintFormat.of(call);
    if (format.problem().isPresent()) {
      throw new Refusal(
          Diagnostic.error(
              Code.BPF1019,
              call.span(),
              format.problem().get(),
              "%d and %x print numbers, %c characters, %s a BpfString"));
    }
    return switch (call.method()) {
      case ITER_PRINT -> {
        List<Value> values = arguments(call, format);
        Value file = output(LibraryCalls.receiverOf(call));
        body.at(call.span());
        run(Helper.SEQ_PRINTF, List.of(file, text(format.text()), bytes(format)), values);
        yield Operand.NOTHING;
      }
      case STRING_FORMAT -> format(call, format);
      default -> {
        List<Value> values = arguments(call, format);
        body.at(call.span());
        trace(PrintFormat.printer(call), List.of(text(format.text()), bytes(format)), values);
        yield Operand.NOTHING;
      }
    };
  }

  private List<Value> arguments(Expr.LibraryCall call, PrintFormat format) {
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < format.forms().size(); i++) {
      Expr argument = call.arguments().get(i + 1);
      Operand operand = body.expressions.value(argument);
      values.add(argument(argument, operand, format.forms().get(i)));
    }
    return values;
  }

  private void trace(Helper helper, List<Value> format, List<Value> values) {
    if (helper == Helper.TRACE_VPRINTK) {
      run(helper, format, values);
    } else {
      code.run(helper, Stream.concat(format.stream(), values.stream()).toArray(Value[]::new));
    }
  }

  private Value bytes(PrintFormat format) {
    return code.i64(format.text().getBytes(StandardCharsets.UTF_8).length + 1);
  }

  /// Into a string. It is zeroed first, so that nothing stands behind the text; so strings that are
  /// printed, which may be the same, are copied before, each with a zero behind it. No helper
  /// writes a context: there it is a copy that is written.
  private Operand format(Expr.LibraryCall call, PrintFormat format) {
    Expr receiver = LibraryCalls.receiverOf(call);
    Operand string = body.expressions.value(receiver);
    List<Value> values = new ArrayList<>();
    List<org.bpf4j.compiler.translate.Code.Scratch> scratches = new ArrayList<>();
    for (int i = 0; i < format.forms().size(); i++) {
      Expr argument = call.arguments().get(i + 1);
      Operand operand = body.expressions.value(argument);
      Value value = argument(argument, operand, format.forms().get(i));
      values.add(
          argument.type() == Special.BPF_STRING
              ? terminated(operand.with(List.of(value)), scratches)
              : value);
    }
    body.at(call.span());
    Value there = code.refine(string.only(), new Fact.NonNull(Subjects.of(receiver)));
    Address home = Provenance.place(code.ssa(), there, string.align());
    boolean copied = Provenance.isOutOfReach(code.ssa(), there);
    int size = string.extent();
    Address target = copied ? scratch(size, scratches) : home;
    code.zero(target, size);
    List<Value> first =
        List.of(copied ? target.base() : there, code.i64(size), text(format.text()));
    Value length = run(Helper.SNPRINTF, first, values);
    if (copied) {
      code.copy(home, target, size);
    }
    scratches.forEach(code::release);
    return Operand.of(code.unary(UnaryOp.TRUNC, length));
  }

  private Address scratch(int bytes, List<org.bpf4j.compiler.translate.Code.Scratch> scratches) {
    org.bpf4j.compiler.translate.Code.Scratch scratch = code.scratch(bytes);
    scratches.add(scratch);
    return scratch.address();
  }

  /// The address of a copy of a string with a zero behind it.
  private Value terminated(
      Operand string, List<org.bpf4j.compiler.translate.Code.Scratch> scratches) {
    int bytes = string.extent();
    Address copy = scratch(Layouts.roundUp(bytes + 1, Operand.MAX_ALIGN), scratches);
    code.copy(copy, Provenance.place(code.ssa(), string.only(), string.align()), bytes);
    code.store(copy.plus(bytes), MemorySize.B, code.i32(0));
    return copy.base();
  }

  /// The file that a listing is written to.
  private Value output(Expr context) {
    return code.load(listing(context, "seq"), MemorySize.DW, false, Type.PTR);
  }

  /// What a listing's context says of the item and of the reading.
  Operand listing(Expr.LibraryCall call) {
    String member = call.method() == Library.ITER_SEQ_NUM ? "seq_num" : "session_id";
    Address at = listing(LibraryCalls.receiverOf(call), member);
    return Operand.of(code.load(at, MemorySize.DW, false));
  }

  /// A member of what the first word of a listing's context points to, a `struct bpf_iter_meta`.
  private Address listing(Expr context, String member) {
    Value words = body.expressions.value(context).only();
    body.at(context.span());
    Value meta = code.load(Address.unaligned(words, 0), MemorySize.DW, false, Type.PTR);
    Value offset = KernelViews.core(code, Kind.FIELD_BYTE_OFFSET, "bpf_iter_meta", member);
    return Address.unaligned(code.pointerAdd(meta, offset), 0);
  }

  /// Calls a helper whose last arguments are an array and its size.
  private Value run(Helper helper, List<Value> first, List<Value> array) {
    List<Value> all = new ArrayList<>(first);
    if (array.isEmpty()) {
      all.add(code.nullPointer());
      all.add(code.i64(0));
      return code.call(helper, Type.I64, all.toArray(Value[]::new));
    }
    org.bpf4j.compiler.translate.Code.Scratch words = code.scratch(Long.BYTES * array.size());
    for (int i = 0; i < array.size(); i++) {
      code.store(words.address().plus(Long.BYTES * i), MemorySize.DW, array.get(i));
    }
    all.add(words.address().base());
    all.add(code.i64(words.bytes()));
    Value result = code.call(helper, Type.I64, all.toArray(Value[]::new));
    code.release(words);
    return result;
  }

  private Value text(String text) {
    Placement at = body.scope.globals().text(text);
    return code.globalAddress(at.section(), at.offset());
  }

  private Value argument(Expr expr, Operand operand, PrintFormat.Form form) {
    body.at(expr.span());
    if (expr.type() == Special.KERNEL_STRING) {
      return operand.only();
    }
    if (form == PrintFormat.Form.STRING) {
      return code.refine(operand.only(), new Fact.NonNull(Subjects.of(expr)));
    }
    Primitive type = Expressions.primitiveOf(expr.type());
    Value number = body.expressions.convert(operand, expr.type(), type, Subjects.of(expr)).only();
    return switch (form) {
      case NUMBER -> body.conversions.convert(number, type, Primitive.LONG);
      case HEX -> hexadecimal(number, type);
      case CHARACTER -> {
        body.scope.require(
            new Requirement(CHARACTERS, "`%c` in formats", Optional.of(code.ssa().origin())));
        yield code.unary(UnaryOp.ZEXT32, number);
      }
      case BOOLEAN -> code.choose(CompareOp.NE, number, code.i32(0), text("true"), text("false"));
      case STRING -> number;
    };
  }

  /// A negative number prints the bits that its type has.
  private Value hexadecimal(Value number, Primitive type) {
    return switch (type) {
      case BYTE -> code.unary(UnaryOp.ZEXT32, code.unary(UnaryOp.ZEXT8, number));
      case SHORT -> code.unary(UnaryOp.ZEXT32, code.unary(UnaryOp.ZEXT16, number));
      case BOOLEAN, CHAR, INT -> code.unary(UnaryOp.ZEXT32, number);
      case LONG -> number;
    };
  }
}
