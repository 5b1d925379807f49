package org.bpf4j.cli;

import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import org.bpf4j.btf.Btf;
import org.bpf4j.btf.BtfType;
import org.bpf4j.object.CName;

/// What the rings of a program's class hold.
///
/// The types in an object do not say it, but the field in Java does.
///
/// @param owner the class
record RecordTypes(Class<?> owner) {

  /// The BTF type of a ring's records, or 0 if it cannot be told.
  int of(String ring, Btf types) {
    for (Field field : owner.getDeclaredFields()) {
      if (CName.of(field.getName()).equals(ring)
          && field.getGenericType() instanceof ParameterizedType type
          && type.getActualTypeArguments()[0] instanceof Class<?> struct) {
        return struct(CName.ofType(struct.getName()), types);
      }
    }
    return 0;
  }

  private static int struct(String name, Btf types) {
    for (int id = 1; id <= types.count(); id++) {
      if (types.type(id) instanceof BtfType.Struct struct && struct.name().equals(name)) {
        return id;
      }
    }
    return 0;
  }
}
