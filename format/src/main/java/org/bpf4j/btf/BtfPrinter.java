package org.bpf4j.btf;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bpf4j.btf.BtfType.EnumValue;
import org.bpf4j.btf.BtfType.Member;

/// Prints types, one a line with its parts indented below, in the manner of `bpftool btf dump`.
public final class BtfPrinter {

  private BtfPrinter() {}

  /// Prints all types with their ids.
  public static String print(Btf btf) {
    StringBuilder text = new StringBuilder();
    for (int id = 1; id <= btf.count(); id++) {
      text.append('[').append(id).append("] ").append(print(btf.type(id))).append('\n');
    }
    return text.toString();
  }

  /// Prints one type; one arm for each kind.
  public static String print(BtfType type) {
    return switch (type) {
      case BtfType.Int t ->
          head("INT", t) + " size=" + t.bytes() + " bits=" + t.bits() + " " + t.encoding();
      case BtfType.Pointer t -> "PTR to=" + t.to();
      case BtfType.Array t ->
          "ARRAY element="
              + t.element()
              + " index="
              + t.index()
              + " count="
              + Integer.toUnsignedString(t.count());
      case BtfType.Struct t -> head("STRUCT", t) + " size=" + t.bytes() + members(t.members());
      case BtfType.Union t -> head("UNION", t) + " size=" + t.bytes() + members(t.members());
      case BtfType.Enum t -> head("ENUM", t) + " size=" + t.bytes() + values(t.values());
      case BtfType.Enum64 t -> head("ENUM64", t) + " size=" + t.bytes() + values(t.values());
      case BtfType.Forward t -> head("FWD", t) + (t.union() ? " union" : " struct");
      case BtfType.Typedef t -> head("TYPEDEF", t) + " to=" + t.to();
      case BtfType.Volatile t -> "VOLATILE to=" + t.to();
      case BtfType.Const t -> "CONST to=" + t.to();
      case BtfType.Restrict t -> "RESTRICT to=" + t.to();
      case BtfType.Func t -> head("FUNC", t) + " proto=" + t.proto() + " " + lower(t.linkage());
      case BtfType.FuncProto t ->
          "FUNC_PROTO returns="
              + t.returnType()
              + lines(t.parameters(), p -> quoted(p.name()) + " type=" + p.type());
      case BtfType.Var t -> head("VAR", t) + " type=" + t.type() + " " + lower(t.linkage());
      case BtfType.DataSection t ->
          head("DATASEC", t)
              + " size="
              + t.bytes()
              + lines(
                  t.vars(), v -> "var=" + v.var() + " offset=" + v.offset() + " size=" + v.size());
      case BtfType.Float t -> head("FLOAT", t) + " size=" + t.bytes();
      case BtfType.DeclTag t ->
          head("DECL_TAG", t) + " type=" + t.type() + " component=" + t.componentIndex();
      case BtfType.TypeTag t -> head("TYPE_TAG", t) + " type=" + t.type();
    };
  }

  private static String head(String kind, BtfType type) {
    return kind + " " + quoted(type.name());
  }

  private static String quoted(String name) {
    return name.isEmpty() ? "(anon)" : "'" + name + "'";
  }

  private static String members(List<Member> members) {
    return lines(
        members,
        m ->
            quoted(m.name())
                + " type="
                + m.type()
                + " bit="
                + m.bitOffset()
                + (m.bitSize() == 0 ? "" : " bits=" + m.bitSize()));
  }

  private static String values(List<EnumValue> values) {
    return lines(values, v -> quoted(v.name()) + "=" + v.value());
  }

  private static <T> String lines(List<T> parts, Function<T, String> print) {
    return parts.stream().map(part -> "\n\t" + print.apply(part)).collect(Collectors.joining());
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
