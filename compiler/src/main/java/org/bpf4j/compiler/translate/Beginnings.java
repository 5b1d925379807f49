package org.bpf4j.compiler.translate;

import java.util.Iterator;
import org.bpf4j.compiler.ast.Declaration.Member;
import org.bpf4j.compiler.ast.Layouts;
import org.bpf4j.compiler.ast.Layouts.Field;
import org.bpf4j.compiler.ast.Storage;
import org.bpf4j.compiler.ast.Type;

/// What new structs hold besides zeroes, as the initialisers of their fields say.
final class Beginnings {
  private final Body body;

  Beginnings(Body body) {
    this.body = body;
  }

  /// Writes what an object holds into memory that is zero.
  ///
  /// @param length the elements, if it is an array
  void write(Address at, Type type, int length) {
    Layouts layouts = body.scope.layouts();
    switch (type) {
      case Type.StructType struct -> {
        for (Field field : layouts.struct(struct.name()).fields()) {
          write(at.plus(field.offset()), field.member());
        }
      }
      case Type.ArrayType(Type element)
          when element instanceof Type.StructType || element instanceof Type.RowType -> {
        if (!layouts.beginsAsZero(element)) {
          for (int i = 0; i < length; i++) {
            write(at.plus(i * layouts.size(element)), element, 0);
          }
        }
      }
      case Type.RowType(Type element, int elements) ->
          write(at, new Type.ArrayType(element), elements);
      default -> {}
    }
  }

  private void write(Address at, Member member) {
    if (member.initial().isEmpty()) {
      write(at, member.type(), member.length());
    } else {
      numbers(at, member.type(), member.storage(), member.length(), member.initial().iterator());
    }
  }

  private void numbers(Address at, Type type, Storage storage, int length, Iterator<Long> values) {
    Layouts layouts = body.scope.layouts();
    switch (type) {
      case Type.RowType(Type element, int elements) ->
          numbers(at, new Type.ArrayType(element), storage, elements, values);
      case Type.ArrayType(Type element) -> {
        Storage each = Layouts.defaultStorage(element);
        for (int i = 0; i < length; i++) {
          numbers(at.plus(i * layouts.size(element)), element, each, 0, values);
        }
      }
      case Type.RecordType record -> {
        for (Field field : layouts.struct(record.name()).fields()) {
          Member member = field.member();
          numbers(at.plus(field.offset()), member.type(), member.storage(), 0, values);
        }
      }
      case Type.AtomicType(Type.Primitive cell) ->
          number(at, cell, Storage.of(cell), values.hasNext() ? values.next() : 0);
      default -> number(at, type, storage, values.hasNext() ? values.next() : 0);
    }
  }

  private void number(Address at, Type type, Storage storage, long value) {
    if (value != 0) {
      body.memory.write(
          at, type, storage, Operand.of(body.code.number(body.shapes.of(type).getFirst(), value)));
    }
  }
}
