package org.bpf4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bpf4j.btf.BtfBuilder;
import org.bpf4j.btf.BtfNames;
import org.bpf4j.btf.BtfType;
import org.bpf4j.btf.BtfType.EnumValue;
import org.bpf4j.btf.BtfType.IntEncoding;
import org.bpf4j.btf.BtfType.Member;
import org.bpf4j.btf.BtfWriter;
import org.bpf4j.isa.Insn;
import org.bpf4j.isa.InsnIndex;
import org.bpf4j.isa.MalformedObjectException;
import org.bpf4j.isa.MemorySize;
import org.bpf4j.isa.Register;
import org.bpf4j.isa.Width;
import org.bpf4j.object.CoreRelocation;
import org.bpf4j.object.CoreRelocation.Kind;
import org.junit.jupiter.api.Test;

class CoreResolverTest {

  private final BtfBuilder local = new BtfBuilder();
  private final BtfBuilder kernel = new BtfBuilder();
  private final int localInt = number(local, "int", 4, IntEncoding.SIGNED);
  private final int kernelInt = number(kernel, "int", 4, IntEncoding.SIGNED);
  private final int kernelByte = number(kernel, "unsigned char", 1, IntEncoding.NONE);
  private final int kernelLong = number(kernel, "long unsigned int", 8, IntEncoding.NONE);

  private static int number(BtfBuilder btf, String name, int bytes, IntEncoding encoding) {
    return btf.add(new BtfType.Int(name, bytes, encoding, bytes * 8));
  }

  private static int struct(BtfBuilder btf, String name, int bytes, Member... members) {
    return btf.add(new BtfType.Struct(name, bytes, List.of(members)));
  }

  private static Member member(String name, int type, int byteOffset) {
    return new Member(name, type, byteOffset * 8, 0);
  }

  private CoreResolver resolver() {
    BtfNames names = BtfNames.of(BtfWriter.write(kernel.build()));
    return new CoreResolver(local.build(), CoreCandidates.in(names));
  }

  private CoreResult ask(Kind kind, int type, String path) {
    return resolver().resolve(new CoreRelocation(new InsnIndex(0), type, path, kind));
  }

  private long value(Kind kind, int type, String path) {
    assertThat(ask(kind, type, path)).isInstanceOf(CoreResult.Found.class);
    return ((CoreResult.Found) ask(kind, type, path)).value();
  }

  private String missing(Kind kind, int type, String path) {
    assertThat(ask(kind, type, path)).isInstanceOf(CoreResult.Missing.class);
    return ((CoreResult.Missing) ask(kind, type, path)).reason();
  }

  @Test
  void findsMembersWhereverTheyStand() {
    int unnamed = struct(kernel, "", 12, member("a", kernelInt, 0), member("b", kernelInt, 8));
    struct(kernel, "task", 32, member("first", kernelLong, 0), member("", unnamed, 8));
    int task = struct(local, "task___mine", 4, member("b", localInt, 0));
    assertThat(value(Kind.FIELD_BYTE_OFFSET, task, "0:0")).isEqualTo(16);
    assertThat(value(Kind.FIELD_BYTE_SIZE, task, "0:0")).isEqualTo(4);
    assertThat(value(Kind.FIELD_SIGNED, task, "0:0")).isEqualTo(1);
    assertThat(value(Kind.FIELD_EXISTS, task, "0:0")).isEqualTo(1);
    assertThat(value(Kind.FIELD_LSHIFT_U64, task, "0:0")).isEqualTo(32);
    assertThat(value(Kind.FIELD_RSHIFT_U64, task, "0:0")).isEqualTo(32);
    assertThat(value(Kind.FIELD_BYTE_OFFSET, task, "1:0")).isEqualTo(48);
  }

  @Test
  void skipsWhatIsUnnamedInTheObject() {
    int inner = struct(local, "", 4, member("b", localInt, 0));
    int task = struct(local, "task", 4, member("", inner, 0));
    struct(kernel, "task", 12, member("a", kernelLong, 0), member("b", kernelInt, 8));
    assertThat(value(Kind.FIELD_BYTE_OFFSET, task, "0:0:0")).isEqualTo(8);
  }

  @Test
  void indexesArraysWithinTheirBounds() {
    int four = kernel.add(new BtfType.Array(kernelLong, kernelInt, 4));
    int open = kernel.add(new BtfType.Array(kernelByte, kernelInt, 0));
    struct(kernel, "page", 40, member("flags", four, 8), member("tail", open, 40));
    int eight = local.add(new BtfType.Array(localInt, localInt, 8));
    int page = struct(local, "page", 64, member("flags", eight, 0), member("tail", eight, 32));
    assertThat(value(Kind.FIELD_BYTE_OFFSET, page, "0:0:3")).isEqualTo(32);
    assertThat(value(Kind.FIELD_BYTE_OFFSET, page, "0:1:5")).isEqualTo(45);
    assertThat(missing(Kind.FIELD_BYTE_OFFSET, page, "0:0:4"))
        .isEqualTo("this kernel has no field page.flags[4]: `flags` has 4 elements");
    assertThat(value(Kind.FIELD_EXISTS, page, "0:0:4")).isZero();
  }

  @Test
  void saysWhatIsThereInstead() {
    int inner = struct(kernel, "inner", 4, member("n", kernelInt, 0));
    int pointer = kernel.add(new BtfType.Pointer(inner));
    struct(kernel, "outer", 16, member("to", pointer, 0), member("in", inner, 8));
    int shape = struct(local, "", 4, member("n", localInt, 0));
    int outer = struct(local, "outer", 16, member("to", shape, 0), member("in", localInt, 8));
    assertThat(missing(Kind.FIELD_BYTE_OFFSET, outer, "0:0:0"))
        .isEqualTo(
            "this kernel has no field outer.to.n: `to` is a pointer, which a path does not follow;"
                + " give it a view of its own");
    assertThat(missing(Kind.FIELD_BYTE_OFFSET, outer, "0:1"))
        .isEqualTo(
            "this kernel has no field outer.in: `in` is a struct, and here it is described as a"
                + " number");
    int other = struct(local, "outer", 4, member("no", localInt, 0));
    assertThat(missing(Kind.FIELD_BYTE_OFFSET, other, "0:0"))
        .isEqualTo("this kernel has no field outer.no");
  }

  @Test
  void saysWhatIsThereInAnOpenArray() {
    int inner = struct(kernel, "inner", 4, member("n", kernelInt, 0));
    int open = kernel.add(new BtfType.Array(inner, kernelInt, 0));
    struct(kernel, "outer", 8, member("count", kernelInt, 0), member("all", open, 4));
    int four = local.add(new BtfType.Array(local.add(new BtfType.Pointer(0)), localInt, 4));
    int outer = struct(local, "outer", 32, member("all", four, 0));
    assertThat(missing(Kind.FIELD_BYTE_OFFSET, outer, "0:0:1"))
        .isEqualTo(
            "this kernel has no field outer.all[1]: `all` is a struct, and here it is described as a"
                + " pointer");
  }

  @Test
  void readsBitFieldsByTheLeastWordThatHoldsThem() {
    struct(
        kernel,
        "skb",
        16,
        new Member("low", kernelByte, 8, 3),
        new Member("across", kernelInt, 30, 5),
        new Member("wide", kernelLong, 1, 64));
    int skb =
        struct(
            local,
            "skb",
            16,
            new Member("low", localInt, 0, 3),
            new Member("across", localInt, 3, 5),
            new Member("wide", localInt, 8, 32));
    assertThat(value(Kind.FIELD_BYTE_OFFSET, skb, "0:0")).isEqualTo(1);
    assertThat(value(Kind.FIELD_BYTE_SIZE, skb, "0:0")).isEqualTo(1);
    assertThat(value(Kind.FIELD_LSHIFT_U64, skb, "0:0")).isEqualTo(61);
    assertThat(value(Kind.FIELD_RSHIFT_U64, skb, "0:0")).isEqualTo(61);
    assertThat(value(Kind.FIELD_BYTE_OFFSET, skb, "0:1")).isZero();
    assertThat(value(Kind.FIELD_BYTE_SIZE, skb, "0:1")).isEqualTo(8);
    assertThat(value(Kind.FIELD_LSHIFT_U64, skb, "0:1")).isEqualTo(29);
    assertThat(missing(Kind.FIELD_BYTE_SIZE, skb, "0:2")).contains("skb.wide");
  }

  @Test
  void comparesTypesByNameAndKind() {
    int inner = struct(kernel, "inner", 4, member("x", kernelInt, 0));
    int pointer = kernel.add(new BtfType.Pointer(inner));
    struct(kernel, "outer", 24, member("n", kernelInt, 0), member("p", pointer, 8));
    int forward = local.add(new BtfType.Forward("inner___z", false));
    int union = local.add(new BtfType.Forward("inner", true));
    int good =
        struct(local, "outer___a", 8, member("p", local.add(new BtfType.Pointer(forward)), 0));
    int bad = struct(local, "outer___b", 8, member("p", local.add(new BtfType.Pointer(union)), 0));
    assertThat(value(Kind.TYPE_EXISTS, good, "0")).isEqualTo(1);
    assertThat(value(Kind.TYPE_SIZE, good, "0")).isEqualTo(24);
    assertThat(value(Kind.TYPE_ID_LOCAL, good, "0")).isEqualTo(good);
    assertThat(kernel.build().type((int) value(Kind.TYPE_ID_TARGET, good, "0")).name())
        .isEqualTo("outer");
    assertThat(value(Kind.TYPE_MATCHES, good, "0")).isEqualTo(1);
    assertThat(value(Kind.TYPE_MATCHES, bad, "0")).isZero();
    int none = struct(local, "none", 0);
    assertThat(value(Kind.TYPE_EXISTS, none, "0")).isZero();
    assertThat(value(Kind.TYPE_SIZE, none, "0")).isZero();
    assertThat(value(Kind.TYPE_ID_TARGET, none, "0")).isZero();
  }

  @Test
  void findsEnumeratorsInEnumsOfBothSizes() {
    kernel.add(new BtfType.Enum64("state", 8, false, List.of(new EnumValue("DEAD", 1L << 40))));
    int state =
        local.add(
            new BtfType.Enum(
                "state___x",
                4,
                false,
                List.of(new EnumValue("DEAD___x", 5), new EnumValue("GONE", 6))));
    assertThat(value(Kind.ENUMVAL_VALUE, state, "0")).isEqualTo(1L << 40);
    assertThat(value(Kind.ENUMVAL_EXISTS, state, "0")).isEqualTo(1);
    assertThat(value(Kind.ENUMVAL_EXISTS, state, "1")).isZero();
    assertThat(missing(Kind.ENUMVAL_VALUE, state, "1"))
        .isEqualTo("this kernel has no enumerator state.GONE");
    assertThatThrownBy(() -> ask(Kind.ENUMVAL_VALUE, state, "2"))
        .isInstanceOf(MalformedObjectException.class);
  }

  @Test
  void candidatesOfTheKernelMustAgree() {
    struct(kernel, "dup", 8, member("a", kernelInt, 0), member("b", kernelInt, 4));
    struct(kernel, "dup___2", 12, member("a", kernelInt, 0), member("b", kernelInt, 8));
    struct(kernel, "dup____x", 8, member("c", kernelInt, 0));
    int dup =
        struct(
            local,
            "dup",
            12,
            member("a", localInt, 0),
            member("b", localInt, 4),
            member("c", localInt, 8));
    assertThat(value(Kind.FIELD_BYTE_OFFSET, dup, "0:0")).isZero();
    assertThat(missing(Kind.FIELD_BYTE_OFFSET, dup, "0:1")).contains("disagree");
    assertThat(value(Kind.FIELD_EXISTS, dup, "0:1")).isEqualTo(1);
    assertThat(value(Kind.FIELD_EXISTS, dup, "0:2")).isZero();
  }

  @Test
  void modulesGoOnWhereTheKernelEnds() {
    BtfNames vmlinux = BtfNames.of(BtfWriter.write(kernel.build()));
    BtfNames whole = moduleOf(vmlinux);
    int conn = struct(local, "nf_conn", 4, member("mark", localInt, 0));
    CoreResolver resolver =
        new CoreResolver(local.build(), CoreCandidates.in(vmlinux).or(CoreCandidates.in(whole)));
    CoreRelocation mark = new CoreRelocation(new InsnIndex(0), conn, "0:0", Kind.FIELD_BYTE_OFFSET);
    assertThat(((CoreResult.Found) resolver.resolve(mark)).value()).isEqualTo(8);
    assertThat(whole.type(kernelInt)).isEqualTo(vmlinux.type(kernelInt));
    assertThat(whole.count()).isEqualTo(vmlinux.count() + 1);
  }

  /// A module with one struct whose type and member's name are the kernel's.
  private BtfNames moduleOf(BtfNames vmlinux) {
    byte[] base = BtfWriter.write(kernel.build());
    ByteBuffer header = ByteBuffer.wrap(base).order(ByteOrder.LITTLE_ENDIAN);
    int strings = header.getInt(20);
    byte[] text = "nf_conn\0mark\0".getBytes(StandardCharsets.US_ASCII);
    ByteBuffer module = ByteBuffer.allocate(24 + 24 + text.length).order(ByteOrder.LITTLE_ENDIAN);
    module.putShort((short) 0xeb9f).put((byte) 1).put((byte) 0).putInt(24);
    module.putInt(0).putInt(24).putInt(24).putInt(text.length);
    module.putInt(strings).putInt(4 << 24 | 1).putInt(16);
    module.putInt(strings + 8).putInt(kernelInt).putInt(64);
    module.put(text);
    return BtfNames.module(module.array(), vmlinux);
  }

  @Test
  void accessesFollowTheSizeOfWhatIsUnsigned() {
    struct(kernel, "sized", 16, member("wide", kernelLong, 8), member("signed", kernelInt, 0));
    int unsigned = number(local, "unsigned int", 4, IntEncoding.NONE);
    int signed = number(local, "short", 2, IntEncoding.SIGNED);
    int sized = struct(local, "sized", 8, member("wide", unsigned, 0), member("signed", signed, 4));
    Insn word = new Insn.Load(MemorySize.W, false, Register.R0, Register.R1, (short) 0);
    assertThat(patched(word, sized, "0:0"))
        .isEqualTo(
            new CoreOutcome.Patched(
                new Insn.Load(MemorySize.DW, false, Register.R0, Register.R1, (short) 8)));
    Insn half = new Insn.Load(MemorySize.H, false, Register.R0, Register.R1, (short) 4);
    assertThat(patched(half, sized, "0:1"))
        .isEqualTo(new CoreOutcome.Impossible("the field has 4 bytes here and 2 in the program"));
    assertThatThrownBy(() -> patched(half, sized, "0:0"))
        .isInstanceOf(MalformedObjectException.class);
    Insn wrong =
        new Insn.Alu(Width.W64, Insn.AluOp.MOV, Register.R0, new Insn.Operand.Reg(Register.R1));
    assertThatThrownBy(() -> patched(wrong, sized, "0:0"))
        .isInstanceOf(MalformedObjectException.class);
  }

  private CoreOutcome patched(Insn insn, int type, String path) {
    return resolver()
        .patch(insn, new CoreRelocation(new InsnIndex(0), type, path, Kind.FIELD_BYTE_OFFSET));
  }
}
