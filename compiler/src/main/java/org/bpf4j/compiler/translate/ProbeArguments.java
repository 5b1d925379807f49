package org.bpf4j.compiler.translate;

import java.util.ArrayList;
import java.util.List;
import org.bpf4j.compiler.ssa.Fact;
import org.bpf4j.compiler.ssa.Inst.BinaryOp;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Inst.UnaryOp;
import org.bpf4j.compiler.ssa.Terminator.AbortReason;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.isa.MemorySize;
import org.bpf4j.object.Helper;
import org.bpf4j.object.ProbeSpecs;
import org.bpf4j.object.ProbeSpecs.Form;

/// The arguments of a static probe, from where the entry of [ProbeSpecs] says that they are; its
/// number is the cookie of the attachment.
///
/// The verifier takes no variable offset into the context, so that registers are read as any memory
/// of the kernel is. What cannot be read is 0.
final class ProbeArguments {

  /// The bits of the parts of [ProbeSpecs#FORM].
  private static final int FORM_MASK = 0xff;

  private static final int INDEX_SHIFT = 8;
  private static final int INDEX_MASK = 0xfff;
  private static final int SCALE_SHIFT = 20;
  private static final int SCALE_MASK = 0xf;

  private final Code code;
  private final Value context;

  ProbeArguments(Body body, Value context) {
    this.code = body.code;
    this.context = context;
  }

  /// The first arguments.
  List<Value> words(int count) {
    Value cookie = code.call(Helper.GET_ATTACH_COOKIE, Type.I64, context);
    Code.Scratch key = code.scratch(Integer.BYTES);
    code.store(key.address(), MemorySize.W, code.unary(UnaryOp.TRUNC, cookie));
    Value map = code.mapAddress(ProbeSpecs.MAP);
    Value found = code.call(Helper.MAP_LOOKUP_ELEM, Type.PTR, map, key.address().base());
    code.release(key);
    code.ssa().check(CompareOp.NE, found, code.nullPointer(), AbortReason.MAP_LOOKUP_FAILED);
    Value spec = code.refine(found, new Fact.NonNull(ProbeSpecs.MAP));
    List<Value> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      words.add(word(spec, i * ProbeSpecs.ARGUMENT_BYTES));
    }
    return words;
  }

  private Value word(Value spec, int at) {
    Value number = code.load(Address.unaligned(spec, at + ProbeSpecs.NUMBER), MemorySize.DW, false);
    Value parts = code.load(Address.unaligned(spec, at + ProbeSpecs.FORM), MemorySize.W, false);
    Value form = code.binary(BinaryOp.AND, parts, FORM_MASK);
    Draft base = code.ssa().newBlock();
    Draft index = code.ssa().newBlock();
    Draft based = code.ssa().newBlock();
    Draft memory = code.ssa().newBlock();
    Draft raw = code.ssa().newBlock();
    Value address = code.ssa().parameter(based, Type.I64);
    Value word = code.ssa().parameter(raw, Type.I64);
    code.ssa()
        .branch(
            CompareOp.NE,
            form,
            code.i32(Form.CONSTANT.ordinal()),
            base,
            List.of(),
            raw,
            List.of(number));
    code.ssa().enterSealed(base);
    Value offset =
        code.load(Address.unaligned(spec, at + ProbeSpecs.REGISTER), MemorySize.H, false);
    Value sum = code.binary(BinaryOp.ADD, number, register(offset));
    code.ssa()
        .branch(
            CompareOp.EQ,
            form,
            code.i32(Form.INDEXED.ordinal()),
            index,
            List.of(),
            based,
            List.of(sum));
    code.ssa().enterSealed(index);
    code.ssa().jump(based, code.binary(BinaryOp.ADD, sum, scaled(parts)));
    code.ssa().enterSealed(based);
    code.ssa()
        .branch(
            CompareOp.UGE,
            form,
            code.i32(Form.MEMORY.ordinal()),
            memory,
            List.of(),
            raw,
            List.of(address));
    code.ssa().enterSealed(memory);
    code.ssa().jump(raw, read(Helper.PROBE_READ_USER, address));
    code.ssa().enterSealed(raw);
    return extended(word, spec, at);
  }

  private Value scaled(Value parts) {
    Value offset = code.binary(BinaryOp.SHR, parts, INDEX_SHIFT);
    Value scale = code.binary(BinaryOp.SHR, parts, SCALE_SHIFT);
    return code.binary(
        BinaryOp.SHL,
        register(code.binary(BinaryOp.AND, offset, INDEX_MASK)),
        code.unary(UnaryOp.ZEXT32, code.binary(BinaryOp.AND, scale, SCALE_MASK)));
  }

  private Value register(Value offset) {
    Value registers = code.unary(UnaryOp.ADDRESS, context);
    Value wide = code.unary(UnaryOp.ZEXT32, offset);
    return read(Helper.PROBE_READ_KERNEL, code.binary(BinaryOp.ADD, registers, wide));
  }

  private Value read(Helper helper, Value address) {
    Code.Scratch scratch = code.scratch(Long.BYTES);
    code.run(helper, scratch.address().base(), code.i64(scratch.bytes()), address);
    Value word = code.load(scratch.address(), MemorySize.DW, false);
    code.release(scratch);
    return word;
  }

  /// The bits above those of the value are cleared or filled with its sign.
  private Value extended(Value word, Value spec, int at) {
    Value shift = code.load(Address.unaligned(spec, at + ProbeSpecs.SHIFT), MemorySize.B, false);
    Value signed = code.load(Address.unaligned(spec, at + ProbeSpecs.SIGNED), MemorySize.B, false);
    Value wide = code.unary(UnaryOp.ZEXT32, shift);
    Value left = code.binary(BinaryOp.SHL, word, wide);
    return code.choose(
        CompareOp.NE,
        signed,
        code.i32(0),
        code.binary(BinaryOp.SAR, left, wide),
        code.binary(BinaryOp.SHR, left, wide));
  }
}
