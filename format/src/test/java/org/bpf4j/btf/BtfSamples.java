package org.bpf4j.btf;

import java.util.List;
import org.bpf4j.btf.BtfType.EnumValue;
import org.bpf4j.btf.BtfType.IntEncoding;
import org.bpf4j.btf.BtfType.Linkage;
import org.bpf4j.btf.BtfType.Member;
import org.bpf4j.btf.BtfType.Parameter;
import org.bpf4j.btf.BtfType.SectionVar;

/// Types to test with.
public final class BtfSamples {

  private BtfSamples() {}

  /// Types of all nineteen kinds.
  public static Btf everyKind() {
    BtfBuilder types = new BtfBuilder();
    int integer = types.add(new BtfType.Int("int", 4, IntEncoding.SIGNED, 32));
    int character = types.add(new BtfType.Int("char", 1, IntEncoding.CHAR, 8));
    types.add(new BtfType.Int("_Bool", 1, IntEncoding.BOOL, 8));
    int unsigned = types.add(new BtfType.Int("unsigned long", 8, IntEncoding.NONE, 64));
    int node = types.reserve("node");
    int toNode = types.add(new BtfType.Pointer(node));
    int array = types.add(new BtfType.Array(character, integer, 16));
    types.define(
        node,
        new BtfType.Struct(
            "node",
            32,
            List.of(
                new Member("next", toNode, 0, 0),
                new Member("name", array, 64, 0),
                new Member("value", unsigned, 192, 0))));
    types.add(
        new BtfType.Struct(
            "flags",
            8,
            List.of(new Member("low", integer, 0, 3), new Member("high", integer, 3, 29))));
    types.add(
        new BtfType.Union(
            "either", 8, List.of(new Member("", integer, 0, 0), new Member("b", toNode, 0, 0))));
    types.add(
        new BtfType.Enum(
            "sign", 4, true, List.of(new EnumValue("MINUS", -1), new EnumValue("PLUS", 1))));
    types.add(new BtfType.Enum("big", 4, false, List.of(new EnumValue("TOP", 0xffffffffL))));
    types.add(new BtfType.Enum64("huge", 8, false, List.of(new EnumValue("MIN", Long.MIN_VALUE))));
    types.add(new BtfType.Forward("unknown", false));
    types.add(new BtfType.Forward("unknown", true));
    int alias = types.add(new BtfType.Typedef("alias_t", array));
    int constant = types.add(new BtfType.Const(alias));
    types.add(new BtfType.Volatile(constant));
    types.add(new BtfType.Restrict(toNode));
    types.add(new BtfType.TypeTag("user", integer));
    types.add(new BtfType.DeclTag("note", node, -1));
    types.add(new BtfType.DeclTag("note", node, 1));
    types.add(new BtfType.Float("double", 8));
    int proto =
        types.add(
            new BtfType.FuncProto(
                integer, List.of(new Parameter("a", toNode), new Parameter("", 0))));
    types.add(new BtfType.Func("walk", Linkage.STATIC, proto));
    types.add(new BtfType.Func("walk_ext", Linkage.EXTERN, proto));
    int var = types.add(new BtfType.Var("head", toNode, Linkage.GLOBAL));
    types.add(new BtfType.DataSection(".bss", 8, List.of(new SectionVar(var, 0, 8))));
    return types.build();
  }
}
