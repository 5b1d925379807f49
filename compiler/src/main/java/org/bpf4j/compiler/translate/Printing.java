package org.bpf4j.compiler.translate;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.GlobalLayout.Placement;
import org.bpf4j.compiler.ast.PrintFormat;
import org.bpf4j.compiler.ast.Type.Primitive;
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

/// `printk`: the format lies in `.rodata`, arguments are passed as 64 bits.
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
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < format.forms().size(); i++) {
      values.add(argument(call.arguments().get(i + 1), format.forms().get(i)));
    }
    Optional<Value> output = call.receiver().map(this::output);
    body.at(call.span());
    int bytes = format.text().getBytes(StandardCharsets.UTF_8).length + 1;
    if (output.isPresent()) {
      write(output.get(), text(format.text()), bytes, values);
    } else {
      values.addFirst(code.i64(bytes));
      values.addFirst(text(format.text()));
      code.run(Helper.TRACE_PRINTK, values.toArray(Value[]::new));
    }
    return Operand.NOTHING;
  }

  /// The file that a listing's context (`struct bpf_iter_meta`, its first word) is for.
  private Value output(Expr context) {
    Value words = body.expressions.value(context).only();
    Value meta = code.load(Address.unaligned(words, 0), MemorySize.DW, false, Type.PTR);
    Value offset = KernelViews.core(code, Kind.FIELD_BYTE_OFFSET, "bpf_iter_meta", "seq");
    Address at = Address.unaligned(code.pointerAdd(meta, offset), 0);
    return code.load(at, MemorySize.DW, false, Type.PTR);
  }

  /// Arguments lie in an array.
  private void write(Value file, Value format, int bytes, List<Value> values) {
    if (values.isEmpty()) {
      code.run(Helper.SEQ_PRINTF, file, format, code.i64(bytes), code.nullPointer(), code.i64(0));
      return;
    }
    org.bpf4j.compiler.translate.Code.Scratch array = code.scratch(Long.BYTES * values.size());
    for (int i = 0; i < values.size(); i++) {
      code.store(array.address().plus(Long.BYTES * i), MemorySize.DW, values.get(i));
    }
    code.run(
        Helper.SEQ_PRINTF,
        file,
        format,
        code.i64(bytes),
        array.address().base(),
        code.i64(array.bytes()));
    code.release(array);
  }

  private Value text(String text) {
    Placement at = body.scope.globals().text(text);
    return code.globalAddress(at.section(), at.offset());
  }

  private Value argument(Expr expr, PrintFormat.Form form) {
    Operand operand = body.expressions.value(expr);
    body.at(expr.span());
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
