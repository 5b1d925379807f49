package org.bpf4j.compiler.translate;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Layouts;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Type.Special;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.ssa.Fact;
import org.bpf4j.compiler.ssa.Inst.BinaryOp;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Inst.UnaryOp;
import org.bpf4j.compiler.ssa.Region;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.isa.MemorySize;
import org.bpf4j.object.Helper;

/// `BpfString` and `KernelString`: texts of UTF-8 bytes that end at the first zero or at the end of
/// their room.
///
/// A comparison with a constant looks at the constant's bytes and the terminator only, so what
/// stands behind a terminator never matters. It has no branches: words are compared with exclusive
/// or, and the differences are collected.
final class StringCalls {
  private final Body body;
  private final org.bpf4j.compiler.translate.Code code;
  private final TextScans scans;

  StringCalls(Body body) {
    this.body = body;
    this.code = body.code;
    this.scans = new TextScans(body);
  }

  /// Translates a call.
  ///
  /// @param used whether anybody wants the result
  Operand call(Expr.LibraryCall call, boolean used) {
    Expr receiver = LibraryCalls.receiverOf(call);
    return receiver.type() == Special.KERNEL_STRING
        ? ofKernel(call, body.expressions.value(receiver).only(), used)
        : call(call, reference(receiver));
  }

  private Operand call(Expr.LibraryCall call, Operand string) {
    return switch (call.method()) {
      case STRING_TEXT -> string;
      case STRING_SIZE -> Operand.of(code.i32(string.extent()));
      case STRING_LENGTH -> Operand.of(scans.length(string));
      case STRING_IS_EMPTY -> {
        Value first = code.load(address(string), MemorySize.B, false);
        yield Operand.of(code.compare(CompareOp.EQ, first, 0));
      }
      case STRING_INDEX_OF -> {
        Value octet = body.expressions.number(call.arguments().getFirst());
        body.at(call.span());
        yield Operand.of(scans.indexOf(string, octet));
      }
      case STRING_CONTENT_EQUALS -> Operand.of(contentEquals(call, string));
      case STRING_STARTS_WITH -> Operand.of(startsWith(string, text(call)));
      case STRING_BYTE_AT -> byteAt(call, string);
      case STRING_COPY_FROM -> copy(call, string);
      case STRING_CLEAR -> {
        body.at(call.span());
        code.zero(address(string), string.extent());
        yield Operand.NOTHING;
      }
      default -> throw new CompilerBug(call.method() + " is no method of BpfString");
    };
  }

  private Operand reference(Expr expr) {
    Operand operand = body.expressions.value(expr);
    body.at(expr.span());
    Value there = code.refine(operand.only(), new Fact.NonNull(Subjects.of(expr)));
    return operand.with(List.of(there));
  }

  private Address address(Operand string) {
    return Provenance.place(code.ssa(), string.only(), string.align());
  }

  private String text(Expr.LibraryCall call) {
    body.at(call.span());
    if (call.arguments().getFirst() instanceof Expr.Text text) {
      return text.value();
    }
    throw new Refusal(
        Diagnostic.error(
            Code.BPF1004,
            call.span(),
            "a BpfString can only be compared with a constant",
            "e.comm.contentEquals(\"sshd\")"));
  }

  /// Whether the text of a string is that one: its bytes, then a zero where there is room.
  Value contentEquals(Operand string, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > string.extent() || text.indexOf('\0') >= 0) {
      return code.i32(0);
    }
    return equal(string, Arrays.copyOf(bytes, Math.min(bytes.length + 1, string.extent())));
  }

  private Value startsWith(Operand string, String prefix) {
    byte[] bytes = prefix.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > string.extent() || prefix.indexOf('\0') >= 0) {
      return code.i32(0);
    }
    return equal(string, bytes);
  }

  private Value equal(Operand string, byte[] expected) {
    Optional<Value> difference = Optional.empty();
    int align = anyAlignment(string.only()) ? Operand.MAX_ALIGN : string.align();
    for (int at = 0; at < expected.length; ) {
      int size = Integer.highestOneBit(Math.min(expected.length - at, align));
      long word = 0;
      for (int i = 0; i < size; i++) {
        word |= (expected[at + i] & 0xffL) << (8 * i);
      }
      Value here = code.load(address(string).plus(at), MemorySize.ofBytes(size), false);
      Value wide = here.type() == Type.I64 ? here : code.unary(UnaryOp.ZEXT32, here);
      Value differs = code.binary(BinaryOp.XOR, wide, word);
      difference =
          Optional.of(
              difference.map(all -> code.binary(BinaryOp.OR, all, differs)).orElse(differs));
      at += size;
    }
    return difference.map(all -> code.compare(CompareOp.EQ, all, 0)).orElseGet(() -> code.i32(1));
  }

  /// Only the stack and contexts must be accessed at natural alignment.
  private boolean anyAlignment(Value address) {
    return Provenance.of(code.ssa(), address)
        .map(
            kind ->
                kind != Region.Kind.STACK && kind != Region.Kind.CONTEXT && kind != Region.Kind.ANY)
        .orElse(false);
  }

  private Operand byteAt(Expr.LibraryCall call, Operand string) {
    Expr index = call.arguments().getFirst();
    Value number = body.expressions.number(index);
    int size = string.extent();
    if (code.constantOf(number).isEmpty() && Scattered.isNeeded(code, string.only())) {
      Value checked = body.scattered.check(number, size, index.span());
      return body.scattered.read(address(string), checked, size, Primitive.BYTE);
    }
    Address at = body.places.element(address(string), number, size, 1, index.span());
    body.at(call.span());
    return Operand.of(code.load(at, MemorySize.B, true));
  }

  /// Stores a constant text, cut to the room there is.
  private void store(Operand to, String text) {
    byte[] bytes = Arrays.copyOf(text.getBytes(StandardCharsets.UTF_8), to.extent());
    int align = anyAlignment(to.only()) ? Operand.MAX_ALIGN : to.align();
    for (int at = 0; at < bytes.length; ) {
      int size = Integer.highestOneBit(Math.min(bytes.length - at, align));
      long word = 0;
      for (int i = 0; i < size; i++) {
        word |= (bytes[at + i] & 0xffL) << (8 * i);
      }
      Value value = size == 8 ? code.i64(word) : code.i32(word);
      code.store(address(to).plus(at), MemorySize.ofBytes(size), value);
      at += size;
    }
  }

  private Value contentEquals(Expr.LibraryCall call, Operand string) {
    Expr other = call.arguments().getFirst();
    return other.type() == Special.BPF_STRING
        ? scans.sameText(string, reference(other))
        : contentEquals(string, text(call));
  }

  private Operand copy(Expr.LibraryCall call, Operand to) {
    if (call.arguments().getFirst().type() == Special.TEXT) {
      store(to, text(call));
      return Operand.NOTHING;
    }
    Operand from = reference(call.arguments().getFirst());
    body.at(call.span());
    int copied = Math.min(to.extent(), from.extent());
    code.copy(address(to), address(from), copied);
    code.zero(address(to).plus(copied), to.extent() - copied);
    return Operand.NOTHING;
  }

  /// A text of the kernel, given its address. It is compared by a copy of its start: of as much as
  /// decides.
  private Operand ofKernel(Expr.LibraryCall call, Value from, boolean used) {
    return switch (call.method()) {
      case KERNEL_STRING_COPY_TO -> {
        Operand to = reference(call.arguments().getFirst());
        body.at(call.span());
        Value result = fill(to, true, room -> read(room, to.extent(), from));
        yield used ? Operand.of(copied(result)) : Operand.NOTHING;
      }
      case KERNEL_STRING_CONTENT_EQUALS -> {
        String text = text(call);
        yield compared(from, bytes(text) + 2, start -> contentEquals(start, text));
      }
      case KERNEL_STRING_STARTS_WITH -> {
        String text = text(call);
        yield compared(from, bytes(text) + 1, start -> startsWith(start, text));
      }
      case KERNEL_STRING_IS_EMPTY -> {
        body.at(call.span());
        yield compared(from, 2, start -> contentEquals(start, ""));
      }
      default -> throw new CompilerBug(call.method() + " is no method of KernelString");
    };
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private Value read(Value room, int bytes, Value from) {
    return code.call(Helper.PROBE_READ_KERNEL_STR, Type.I64, room, code.i64(bytes), from);
  }

  /// The helper gives the bytes with the terminator, or a negative error.
  private Value copied(Value result) {
    Value some = code.choose(CompareOp.SGT, result, code.i64(0), result, code.i64(1));
    return code.unary(UnaryOp.TRUNC, code.binary(BinaryOp.SUB, some, 1));
  }

  private Operand compared(Value from, int bytes, Function<Operand, Value> comparison) {
    org.bpf4j.compiler.translate.Code.Scratch scratch =
        code.scratch(Layouts.roundUp(bytes, Operand.MAX_ALIGN));
    code.zero(scratch.address(), scratch.bytes());
    read(scratch.address().base(), bytes, from);
    Operand start = Operand.reference(scratch.address().base(), bytes, Operand.MAX_ALIGN);
    Value result = comparison.apply(start);
    code.release(scratch);
    return Operand.of(result);
  }

  /// Lets a helper write a string; gives what the helper gives. The kernel takes no memory of
  /// arenas for that, and none of contexts before 6.1, so a string there is copied afterwards.
  ///
  /// @param partial whether the helper leaves bytes behind the terminator alone; they are zeroed
  ///   before, except in rings, where they are unspecified
  Value fill(Operand to, boolean partial, UnaryOperator<Value> helper) {
    Optional<Region.Kind> kind = Provenance.of(code.ssa(), to.only());
    boolean ring = kind.filter(k -> k == Region.Kind.RING).isPresent();
    if (!Provenance.isOutOfReach(code.ssa(), to.only())) {
      if (partial && !ring) {
        code.zero(address(to), to.extent());
      }
      return helper.apply(to.only());
    }
    org.bpf4j.compiler.translate.Code.Scratch scratch = code.scratch(to.extent());
    code.zero(scratch.address(), to.extent());
    Value result = helper.apply(scratch.address().base());
    code.copy(address(to), scratch.address(), to.extent());
    code.release(scratch);
    return result;
  }
}
