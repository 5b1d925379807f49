package org.bpf4j.compiler.translate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.bpf4j.compiler.ast.ProbeRegisters;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Unit.Local;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.ssa.Fact;
import org.bpf4j.compiler.ssa.Inst.BinaryOp;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Inst.UnaryOp;
import org.bpf4j.compiler.ssa.Region;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.isa.MemorySize;
import org.bpf4j.object.CoreRelocation.Kind;
import org.bpf4j.object.Helper;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.object.ProgramParameters;
import org.bpf4j.object.ProgramParameters.RegisterUse;

/// Makes a program's Java parameters of its one kernel argument, the context.
final class Prologue {
  private final Body body;
  private final Code code;

  Prologue(Body body) {
    this.body = body;
    this.code = body.code;
  }

  /// @param context the function's parameter, which is there even if the method has none
  void run(ProgramKind kind, List<Local> parameters, Value context) {
    switch (kind.parameters()) {
      case ProgramParameters.Context _, ProgramParameters.Fields _ -> {
        for (Local parameter : parameters) {
          declare(parameter, Operand.reference(context, 0, Operand.MAX_ALIGN));
        }
      }
      case ProgramParameters.Struct _ ->
          parameters.forEach(parameter -> struct(parameter, context, this::hasStructs));
      case ProgramParameters.Function _ ->
          throw new CompilerBug("an extension has no context of its own");
      case ProgramParameters.Buffer _ -> buffer(parameters, context);
      case ProgramParameters.Registers registers -> {
        if (!parameters.isEmpty()) {
          registers(registers.use(), parameters, context);
        }
      }
      case ProgramParameters.Probe _ -> {
        if (!parameters.isEmpty()) {
          List<Value> words = new ProbeArguments(body, context).words(parameters.size());
          for (int i = 0; i < parameters.size(); i++) {
            declare(parameters.get(i), argument(parameters.get(i).type(), words.get(i)));
          }
        }
      }
      case ProgramParameters.Item _ -> item(parameters, context);
      case ProgramParameters.Arguments arguments ->
          arguments(parameters, arguments.result(), context);
    }
  }

  private void declare(Local parameter, Operand value) {
    body.frame().declare(parameter, body.shapes).write(code.ssa(), value);
  }

  /// The verifier takes only constant offsets into a context: a struct with an array of structs or
  /// arrays, whose elements are referred to by variable index, is used as a copy on the stack,
  /// which is copied back wherever the program is left.
  ///
  /// @param asCopy which structs are
  private void struct(Local parameter, Value context, Predicate<Type.StructType> asCopy) {
    Value base = context;
    if (parameter.type() instanceof Type.StructType type && asCopy.test(type)) {
      int bytes = body.scope.layouts().size(type);
      Address there = new Address(context, 0, Operand.MAX_ALIGN);
      Value slot = code.stackAddress(code.ssa().newSlot(bytes, parameter.name()), true);
      Address here = new Address(slot, 0, Operand.MAX_ALIGN);
      code.copy(here, there, bytes);
      code.ssa().beforeLeaving(() -> code.copy(there, here, bytes));
      base = slot;
    }
    declare(parameter, Operand.reference(base, 0, Operand.MAX_ALIGN));
  }

  /// The first word is the address of the struct, which the kernel vouches for.
  private void buffer(List<Local> parameters, Value context) {
    for (int i = 0; i < parameters.size(); i++) {
      Local parameter = parameters.get(i);
      Address word = Address.unaligned(context, Long.BYTES * i);
      if (i == 0) {
        Value there = code.load(word, MemorySize.DW, false, org.bpf4j.compiler.ssa.Type.PTR);
        struct(parameter, code.refine(there, new Fact.Trusted(false)), this::hasArrays);
      } else {
        declare(parameter, argument(parameter.type(), code.load(word, MemorySize.DW, false)));
      }
    }
  }

  private boolean hasStructs(Type.StructType type) {
    return hasArrays(
        type, element -> element instanceof Type.StructType || element instanceof Type.RowType);
  }

  private boolean hasArrays(Type.StructType type) {
    return hasArrays(type, _ -> true);
  }

  private boolean hasArrays(Type.StructType type, Predicate<Type> of) {
    return body.scope.layouts().struct(type.name()).fields().stream()
        .map(field -> field.member().type())
        .anyMatch(
            member ->
                switch (member) {
                  case Type.ArrayType(Type element) -> of.test(element);
                  case Type.StructType inner -> hasArrays(inner, of);
                  default -> false;
                });
  }

  /// The first word is the listing's own. Where there is no item, there is nothing to do, unless
  /// the program wants to know.
  private void item(List<Local> parameters, Value context) {
    for (int i = 0; i < parameters.size(); i++) {
      Local parameter = parameters.get(i);
      if (i == 0) {
        declare(parameter, Operand.reference(context, 0, Operand.MAX_ALIGN));
        continue;
      }
      Address at = Address.unaligned(context, Long.BYTES * i);
      boolean view = parameter.type() instanceof Type.ViewType;
      Value word = view ? pointer(at, parameter) : code.load(at, MemorySize.DW, false);
      if (view && !parameter.nullable()) {
        Draft there = code.ssa().newBlock();
        Draft end = code.ssa().newBlock();
        code.ssa().branch(CompareOp.NE, word, code.i64(0), there, end);
        code.ssa().enterSealed(end);
        body.leave(Optional.empty());
        code.ssa().enterSealed(there);
      }
      declare(parameter, argument(parameter.type(), word));
    }
  }

  /// One 64-bit word for each argument. Where helpers may be used that give the result, arguments
  /// before it may be left out, else its place tells the loader that none is.
  private void arguments(List<Local> parameters, boolean result, Value context) {
    for (int i = 0; i < parameters.size(); i++) {
      boolean asked =
          result && i == parameters.size() - 1 && body.scope.allows(Helper.GET_FUNC_RET.since());
      boolean last = result && i == parameters.size() - 1;
      boolean vouchedFor = !last && parameters.get(i).type() instanceof Type.ViewType;
      Address at = Address.unaligned(context, Long.BYTES * i);
      Value word =
          asked
              ? returned(context)
              : vouchedFor ? pointer(at, parameters.get(i)) : code.load(at, MemorySize.DW, false);
      declare(parameters.get(i), argument(parameters.get(i).type(), word));
    }
  }

  /// An argument that is a pointer, which the kernel vouches for, as a number.
  private Value pointer(Address at, Local parameter) {
    Value there = code.load(at, MemorySize.DW, false, org.bpf4j.compiler.ssa.Type.PTR);
    code.ssa().give(there, Region.KERNEL);
    return code.unary(UnaryOp.ADDRESS, code.refine(there, new Fact.Trusted(parameter.nullable())));
  }

  private Value returned(Value context) {
    Code.Scratch scratch = code.scratch(Long.BYTES);
    code.run(Helper.GET_FUNC_RET, context, scratch.address().base());
    Value word = code.load(scratch.address(), MemorySize.DW, false);
    code.release(scratch);
    return word;
  }

  /// What is in the registers, for each architecture.
  private void registers(RegisterUse use, List<Local> parameters, Value context) {
    Draft x86 = code.ssa().newBlock();
    Draft arm = code.ssa().newBlock();
    Draft join = code.ssa().newBlock();
    List<Value> registers = new ArrayList<>();
    parameters.forEach(
        _ -> registers.add(code.ssa().parameter(join, org.bpf4j.compiler.ssa.Type.I64)));
    String first = ProbeRegisters.x86Path(RegisterUse.ARGUMENTS, 0);
    Value isX86 = KernelViews.core(code, Kind.FIELD_EXISTS, ProbeRegisters.X86_64, first);
    code.ssa().branch(CompareOp.NE, isX86, code.i64(0), x86, arm);
    code.ssa().enterSealed(x86);
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      paths.add(ProbeRegisters.x86Path(use, i));
    }
    code.ssa().jump(join, values(use, context, ProbeRegisters.X86_64, first, paths));
    code.ssa().enterSealed(arm);
    paths.clear();
    for (int i = 0; i < parameters.size(); i++) {
      paths.add(ProbeRegisters.armPath(use, i));
    }
    String x0 = ProbeRegisters.armPath(RegisterUse.ARGUMENTS, 0);
    code.ssa().jump(join, values(use, context, ProbeRegisters.ARM64, x0, paths));
    code.ssa().enterSealed(join);
    for (int i = 0; i < parameters.size(); i++) {
      declare(parameters.get(i), argument(parameters.get(i).type(), registers.get(i)));
    }
  }

  /// Where the function is a system call, its one argument is the address of the registers.
  private Value[] values(
      RegisterUse use, Value context, String struct, String first, List<String> paths) {
    return switch (use) {
      case ARGUMENTS, RESULT, SESSION ->
          paths.stream().map(path -> register(context, struct, path)).toArray(Value[]::new);
      case SYSTEM_CALL -> {
        Value saved = register(context, struct, first);
        yield paths.stream().map(path -> saved(saved, struct, path)).toArray(Value[]::new);
      }
    };
  }

  private Value register(Value context, String struct, String path) {
    Value offset = KernelViews.core(code, Kind.FIELD_BYTE_OFFSET, struct, path);
    Address at = Address.unaligned(code.pointerAdd(context, offset), 0);
    return code.load(at, MemorySize.DW, false);
  }

  private Value saved(Value registers, String struct, String path) {
    Value offset = KernelViews.core(code, Kind.FIELD_BYTE_OFFSET, struct, path);
    Value address = code.binary(BinaryOp.ADD, registers, offset);
    Code.Scratch scratch = code.scratch(Long.BYTES);
    code.run(
        Helper.PROBE_READ_KERNEL, scratch.address().base(), code.i64(scratch.bytes()), address);
    Value word = code.load(scratch.address(), MemorySize.DW, false);
    code.release(scratch);
    return word;
  }

  /// The ABI leaves the upper bits of a small argument undefined.
  private Operand argument(Type type, Value register) {
    if (!(type instanceof Primitive primitive)) {
      return Operand.of(register);
    }
    if (primitive == Primitive.BOOLEAN) {
      Value low = code.binary(BinaryOp.AND, code.unary(UnaryOp.TRUNC, register), 0xff);
      return Operand.of(code.compare(CompareOp.NE, low, 0));
    }
    return Operand.of(body.conversions.convert(register, Primitive.LONG, primitive));
  }
}
