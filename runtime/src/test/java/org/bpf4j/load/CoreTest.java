package org.bpf4j.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.bpf4j.btf.BtfType;
import org.bpf4j.btf.BtfType.Member;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.handle.TestInput;
import org.bpf4j.kernel.RealKernel;
import org.bpf4j.kernel.RejectedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CoreTest {

  private final ObjectText text = new ObjectText();

  @BeforeEach
  void real() {
    RealKernel.use();
  }

  /// `task_struct` as the program's author knows it: other fields, other order, a flavour.
  private int task(String field, int type) {
    int pointer = text.types.add(new BtfType.Pointer(0));
    return text.types.add(
        new BtfType.Struct(
            "task_struct___mine",
            16,
            List.of(new Member("mm", pointer, 0, 0), new Member(field, type, 64, 0))));
  }

  private int run(String lines) {
    try (LoadedObject object = text.program("syscall", "probe", lines).load()) {
      return object.program("probe").run(TestInput.context(new byte[0])).returnValue();
    }
  }

  @Test
  void readsAFieldWhereTheKernelHasIt() {
    int task = task("tgid", text.intType);
    int tgid =
        run(
            """
            call 35
            r6 = r0
            FIELD_BYTE_OFFSET %d 0:1 : r1 = 0
            r6 += r1
            *(u32 *)(r10 - 8) = 0
            r1 = r10
            r1 += -8
            r2 = 4
            r3 = r6
            call 113
            r0 = *(u32 *)(r10 - 8)
            exit
            """
                .formatted(task));
    assertThat(tgid).isEqualTo((int) ProcessHandle.current().pid());
  }

  @Test
  void followsPathsThroughArraysAndUnnamedMembers() {
    int comm =
        text.types.add(
            new BtfType.Array(
                text.types.add(new BtfType.Int("char", 1, BtfType.IntEncoding.CHAR, 8)),
                text.intType,
                16));
    int task = task("comm", comm);
    int difference =
        run(
            """
            FIELD_BYTE_OFFSET %d 0:1:3 : r0 = 0
            FIELD_BYTE_OFFSET %d 0:1 : r1 = 0
            r0 -= r1
            exit
            """
                .formatted(task, task));
    assertThat(difference).isEqualTo(3);
    assertThat(runOther("FIELD_BYTE_SIZE %d 0:1 : r0 = 0\nexit", "comm", comm)).isEqualTo(16);
    int unnamed =
        text.types.add(
            new BtfType.Struct("page___x", 8, List.of(new Member("mapping", pointer(), 0, 0))));
    assertThat(fresh("FIELD_EXISTS " + unnamed + " 0:0 : r0 = 0\nexit")).isEqualTo(1);
  }

  private int pointer() {
    return text.types.add(new BtfType.Pointer(0));
  }

  private int runOther(String lines, String field, int type) {
    return fresh(lines.formatted(task(field, type)));
  }

  private int programs;

  private int fresh(String lines) {
    String name = "probe" + programs++;
    try (LoadedObject object = text.program("syscall", name, lines).load()) {
      return object.program(name).run(TestInput.context(new byte[0])).returnValue();
    }
  }

  @Test
  void answersExistenceOfFieldsAndTypes() {
    int there = task("tgid", text.intType);
    assertThat(fresh("FIELD_EXISTS " + there + " 0:1 : r0 = 5\nexit")).isEqualTo(1);
    int gone = task("no_such_field", text.intType);
    assertThat(fresh("FIELD_EXISTS " + gone + " 0:1 : r0 = 5\nexit")).isZero();
    int otherKind = task("tgid", pointer());
    assertThat(fresh("FIELD_EXISTS " + otherKind + " 0:1 : r0 = 5\nexit")).isZero();
    assertThat(fresh("TYPE_EXISTS " + there + " 0 : r0 = 5\nexit")).isEqualTo(1);
    int noType = text.types.add(new BtfType.Struct("no_such_struct", 4, List.of()));
    assertThat(fresh("TYPE_EXISTS " + noType + " 0 : r0 = 5\nexit")).isZero();
    assertThat(fresh("TYPE_ID_LOCAL " + noType + " 0 : r0 = 5\nexit")).isEqualTo(noType);
    assertThat(fresh("TYPE_SIZE " + there + " 0 : r0 = 5\nexit")).isGreaterThan(1000);
    assertThat(fresh("TYPE_ID_TARGET " + there + " 0 : r0 = 5\nexit")).isPositive();
  }

  @Test
  void matchesTypesByWhatTheyMention() {
    int list = text.types.reserve("list_head");
    int pointer = text.types.add(new BtfType.Pointer(list));
    text.types.define(
        list,
        new BtfType.Struct(
            "list_head",
            16,
            List.of(new Member("next", pointer, 0, 0), new Member("prev", pointer, 64, 0))));
    assertThat(fresh("TYPE_MATCHES " + list + " 0 : r0 = 5\nexit")).isEqualTo(1);
    int other =
        text.types.add(
            new BtfType.Struct("list_head___x", 8, List.of(new Member("up", pointer, 0, 0))));
    assertThat(fresh("TYPE_MATCHES " + other + " 0 : r0 = 5\nexit")).isZero();
  }

  @Test
  void answersEnumerators() {
    int type =
        text.types.add(
            new BtfType.Enum(
                "bpf_map_type",
                4,
                false,
                List.of(
                    new BtfType.EnumValue("BPF_MAP_TYPE_RINGBUF", 5),
                    new BtfType.EnumValue("BPF_MAP_TYPE_NONE_SUCH", 6))));
    assertThat(fresh("ENUMVAL_VALUE " + type + " 0 : r0 = 0 ll\nexit")).isEqualTo(27);
    assertThat(fresh("ENUMVAL_EXISTS " + type + " 0 : r0 = 5\nexit")).isEqualTo(1);
    assertThat(fresh("ENUMVAL_EXISTS " + type + " 1 : r0 = 5\nexit")).isZero();
  }

  /// `sk_buff.pkt_type` has 3 bits at the start of its unnamed group; its neighbours are found by
  /// the same shifts.
  @Test
  void extractsBitFields() {
    int u8 = text.types.add(new BtfType.Int("u8", 1, BtfType.IntEncoding.NONE, 8));
    int skb =
        text.types.add(
            new BtfType.Struct("sk_buff___x", 8, List.of(new Member("pkt_type", u8, 0, 3))));
    assertThat(fresh("FIELD_RSHIFT_U64 " + skb + " 0:0 : r0 = 5\nexit")).isEqualTo(61);
    assertThat(fresh("FIELD_LSHIFT_U64 " + skb + " 0:0 : r0 = 5\nexit")).isBetween(56, 61);
    assertThat(fresh("FIELD_SIGNED " + skb + " 0:0 : r0 = 5\nexit")).isZero();
    assertThat(fresh("FIELD_BYTE_SIZE " + skb + " 0:0 : r0 = 5\nexit")).isEqualTo(1);
  }

  @Test
  void leavesAMissingFieldAloneThatNothingReaches() {
    int gone = task("no_such_field", text.intType);
    assertThat(
            fresh(
                """
                r0 = 7
                FIELD_EXISTS %d 0:1 : r1 = 1
                if r1 == 0 goto +1
                FIELD_BYTE_OFFSET %d 0:1 : r0 = 0
                exit
                """
                    .formatted(gone, gone)))
        .isEqualTo(7);
  }

  @Test
  void namesAMissingFieldThatTheProgramReads() {
    int gone = task("no_such_field", text.intType);
    text.program("syscall", "reader", "FIELD_BYTE_OFFSET " + gone + " 0:1 : r0 = 0\nexit");
    RejectedException rejected = catchThrowableOfType(RejectedException.class, text::load);
    assertThat(rejected.reason()).isEqualTo("this kernel has no field task_struct.no_such_field");
    assertThat(rejected.line()).isEqualTo(1);
  }
}
