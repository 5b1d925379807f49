package org.bpf4j.compiler.translate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpf4j.compiler.ast.Declaration.Member;
import org.bpf4j.compiler.ast.Layouts;
import org.bpf4j.compiler.ast.Layouts.Field;
import org.bpf4j.compiler.ast.Layouts.StructLayout;
import org.bpf4j.compiler.ast.Storage;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Special;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.ssa.Fact;
import org.bpf4j.compiler.ssa.Inst.BinaryOp;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.isa.MemorySize;

/// Values of every type in memory: numbers and records are read and written as a whole, the rest is
/// referred to.
final class Memory {
  private final Body body;
  private final Code code;

  Memory(Body body) {
    this.body = body;
    this.code = body.code;
  }

  /// What lies at an address: the value of a number or record (a snapshot), a reference to anything
  /// else.
  Operand read(Address at, Type type, Storage storage, int length) {
    return switch (type) {
      case Type.Primitive _, Type.EnumType _ -> Operand.of(body.numbers.load(at, storage, type));
      case Type.Boxed _ -> Operand.pair(code.i32(1), body.numbers.load(at, storage, type));
      case Type.RecordType record -> readRecord(at, record);
      case Type.RowType(Type element, int elements) ->
          Operand.array(code.pointer(at), elements, element, at.alignment());
      case Type.ArrayType(Type element) ->
          Operand.array(code.pointer(at), length, element, at.alignment());
      case Type.StructType _, Type.AtomicType _ ->
          Operand.reference(code.pointer(at), length, at.alignment());
      case Type.ViewType _, Type.ArenaType _ -> Operand.of(code.load(at, MemorySize.DW, false));
      case Special special when special == Special.BPF_STRING || special.kernelBytes() > 0 ->
          Operand.reference(code.pointer(at), length, at.alignment());
      case Type.HeldType _, Type.CollectionType _ ->
          Operand.reference(code.pointer(at), 0, at.alignment());
      case Special _, Type.MapType _, Type.ObjectType _ ->
          throw new CompilerBug(type + " does not lie in memory");
    };
  }

  /// Writes a value; a number that does not fit its storage aborts.
  void write(Address at, Type type, Storage storage, Operand value) {
    switch (type) {
      case Type.Primitive _ -> {
        body.numbers.checkFits(storage, type, value.only());
        body.numbers.store(at, storage, type, forgotten(at, value.only()));
      }
      case Type.EnumType _ -> body.numbers.store(at, storage, type, value.only());
      case Type.Boxed boxed -> {
        Value number = code.refine(value.parts().get(1), new Fact.Present(value.flag(), "value"));
        write(at, boxed.primitive(), storage, Operand.of(number));
      }
      case Type.RecordType record -> writeRecord(at, record, value, "the record");
      case Type.ViewType _, Type.ArenaType _ -> code.store(at, MemorySize.DW, value.only());
      case Type.StructType _,
          Type.ArrayType _,
          Type.RowType _,
          Type.AtomicType _,
          Type.MapType _,
          Type.HeldType _,
          Type.ObjectType _,
          Type.CollectionType _,
          Special _ ->
          throw new CompilerBug(type + " is not written as a whole");
    }
  }

  /// A number that a callback leaves in what it captured, as the verifier cannot know it: what it
  /// knows would be more in each round, and rounds would never come to agree.
  private Value forgotten(Address at, Value number) {
    return Provenance.isCaptured(code.ssa(), at.base()) && code.constantOf(number).isEmpty()
        ? code.binary(BinaryOp.XOR, number, body.loops.zero(number.type()))
        : number;
  }

  private Operand readRecord(Address at, Type.RecordType type) {
    List<Value> parts = new ArrayList<>();
    parts.add(code.i32(1));
    for (Field field : layout(type).fields()) {
      Member member = field.member();
      Operand part = read(at.plus(field.offset()), member.type(), member.storage(), 0);
      parts.addAll(part.parts());
    }
    return Operand.of(parts);
  }

  /// Writes a record's components, its padding zeroed.
  ///
  /// @param subject the Java expression, for the message if it may be null
  void writeRecord(Address at, Type.RecordType type, Operand value, String subject) {
    StructLayout layout = layout(type);
    int used = layout.fields().stream().mapToInt(Field::bytes).sum();
    if (used < layout.size()) {
      code.zero(at, layout.size());
    }
    int part = 1;
    for (Field field : layout.fields()) {
      Member member = field.member();
      int count = body.shapes.of(member.type()).size();
      List<Value> values = new ArrayList<>();
      for (Value each : value.parts().subList(part, part + count)) {
        values.add(code.refine(each, new Fact.Present(value.flag(), subject)));
      }
      write(at.plus(field.offset()), member.type(), member.storage(), Operand.of(values));
      part += count;
    }
  }

  private StructLayout layout(Type.RecordType type) {
    return body.scope.layouts().struct(type.name());
  }

  /// The bytes of a map's key or value.
  int size(Type type) {
    return body.scope.layouts().size(type);
  }

  /// Puts a map's key or value where a helper can read it: structs and atomics are passed where
  /// they are, anything else is encoded in a stack slot, every byte of which is set.
  Argument argument(Type type, Operand value, String subject) {
    return switch (type) {
      case Type.StructType _, Type.AtomicType _ -> {
        Value there = code.refine(value.only(), new Fact.NonNull(subject));
        yield Provenance.isOutOfReach(code.ssa(), there)
            ? copied(there, size(type))
            : new Argument(there, Optional.empty());
      }
      case Type.Primitive _, Type.EnumType _, Type.Boxed _, Type.RecordType _, Type.ViewType _ -> {
        Code.Scratch scratch = code.scratch(size(type));
        if (type instanceof Type.RecordType record) {
          writeRecord(scratch.address(), record, value, subject);
        } else if (type instanceof Type.Boxed boxed) {
          Value number =
              value.parts().size() == 1
                  ? value.only()
                  : code.refine(value.parts().get(1), new Fact.Present(value.flag(), subject));
          Storage storage = Layouts.defaultStorage(boxed);
          write(scratch.address(), boxed.primitive(), storage, Operand.of(number));
        } else {
          write(scratch.address(), type, Layouts.defaultStorage(type), value);
        }
        yield new Argument(scratch.address().base(), Optional.of(scratch));
      }
      case Type.ArrayType _,
          Type.RowType _,
          Type.ArenaType _,
          Type.MapType _,
          Type.HeldType _,
          Type.ObjectType _,
          Type.CollectionType _,
          Special _ ->
          throw new CompilerBug(type + " is neither key nor value");
    };
  }

  /// A copy of memory that the kernel lets no helper read.
  private Argument copied(Value there, int bytes) {
    Code.Scratch scratch = code.scratch(bytes);
    Address from = Provenance.place(code.ssa(), there, Operand.MAX_ALIGN);
    code.copy(scratch.address(), from, bytes);
    return new Argument(scratch.address().base(), Optional.of(scratch));
  }

  /// Memory that a helper reads, perhaps borrowed for it.
  record Argument(Value pointer, Optional<Code.Scratch> borrowed) {}

  /// Gives back what was borrowed.
  void release(Argument argument) {
    argument.borrowed().ifPresent(code::release);
  }
}
