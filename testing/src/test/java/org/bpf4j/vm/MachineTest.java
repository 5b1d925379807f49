package org.bpf4j.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bpf4j.isa.Assembler;
import org.bpf4j.isa.Insn;
import org.bpf4j.isa.InsnIndex;
import org.bpf4j.isa.MemorySize;
import org.bpf4j.isa.Register;
import org.bpf4j.vm.Outcome.BudgetExhausted;
import org.bpf4j.vm.Outcome.Fault;
import org.bpf4j.vm.Outcome.Kind;
import org.bpf4j.vm.Outcome.Returned;
import org.bpf4j.vm.Region.Access;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MachineTest {

  private final Memory memory = new Memory();

  private Outcome run(String text, long... arguments) {
    return run(Assembler.assemble(text), arguments);
  }

  private Outcome run(List<Insn> program, long... arguments) {
    return Machine.interpreter(100_000).run(Code.of(program), memory, Helpers.NONE, arguments);
  }

  private Fault fault(String text, long... arguments) {
    Outcome outcome = run(text, arguments);
    assertThat(outcome).isInstanceOf(Fault.class);
    return (Fault) outcome;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ldxb %r0, [%r1-1]      | OUT_OF_BOUNDS",
        "ldxb %r0, [%r1+16]     | OUT_OF_BOUNDS",
        "ldxdw %r0, [%r1+9]     | OUT_OF_BOUNDS",
        "stxdw [%r1+9], %r0     | OUT_OF_BOUNDS",
        "ldxdw %r0, [%r10+0]    | OUT_OF_BOUNDS",
        "ldxdw %r0, [%r10-520]  | OUT_OF_BOUNDS",
        "ldxw %r0, [%r2+8]      | NULL_POINTER",
        "ldxw %r0, [%r3]        | INVALID_POINTER",
        "lock add [%r10-6], %r2 | MISALIGNED",
        "stb [%r4], 1           | READ_ONLY",
        "call 77                | UNSUPPORTED",
        "ja +5                  | LEFT_PROGRAM"
      })
  void faultsNameTheInstruction(String insn, Kind kind) {
    long sixteen = memory.add("sixteen", new byte[16]).address();
    long readOnly = memory.add("read-only", new byte[4], 0, 4, Access.READ).address();
    Fault fault = fault("mov %r0, 0\n" + insn + "\nexit", sixteen, 0, 1L << 40, readOnly);
    assertThat(fault.kind()).isEqualTo(kind);
    assertThat(fault.at()).isEqualTo(new InsnIndex(kind == Kind.LEFT_PROGRAM ? 3 : 1));
  }

  @Test
  void neighboursCannotBeReached() {
    byte[] block = new byte[16];
    Region low = memory.add("low", block, 0, 8, Access.READ_WRITE);
    memory.add("high", block, 8, 16, Access.READ_WRITE);
    assertThat(fault("ldxb %r0, [%r1+8]\nexit", low.address()).message())
        .isEqualTo("read of 1 byte at offset 8 of the low, which has 8");
  }

  @Test
  void removedRegionsFault() {
    Region region = memory.add("gone", new byte[8]);
    memory.remove(region);
    for (int i = 0; i < Memory.QUARANTINE / 2; i++) {
      memory.remove(memory.add("other", new byte[8]));
    }
    memory.add("new", new byte[8]);
    assertThat(fault("ldxb %r0, [%r1]\nexit", region.address()).kind())
        .isEqualTo(Kind.INVALID_POINTER);
  }

  @Test
  void framesOfReturnedCallsAreGone() {
    String text =
        """
        call local inner
        ldxb %r0, [%r0-8]
        exit
        inner:
        mov %r0, %r10
        exit
        """;
    assertThat(fault(text).kind()).isEqualTo(Kind.INVALID_POINTER);
  }

  @Test
  void callersStackIsReachable() {
    String text =
        """
        stdw [%r10-8], 41
        mov %r1, %r10
        mov %r6, 1
        call local inner
        ldxdw %r0, [%r10-8]
        add %r0, %r6
        exit
        inner:
        mov %r6, 1000
        ldxdw %r2, [%r1-8]
        add %r2, 1
        stxdw [%r1-8], %r2
        exit
        """;
    assertThat(run(text)).isEqualTo(new Returned(43));
  }

  @Test
  void eightFramesAndNoMore() {
    String text =
        """
        call local down
        exit
        down:
        mov %r0, 7
        sub %r1, 1
        jeq %r1, 0, end
        call local down
        end:
        exit
        """;
    assertThat(run(text, 7)).isEqualTo(new Returned(7));
    assertThat(fault(text, 8).kind()).isEqualTo(Kind.CALL_DEPTH);
  }

  @Test
  void endlessLoopsEnd() {
    assertThat(run("again:\nja again\nexit"))
        .isEqualTo(new BudgetExhausted(new InsnIndex(0), 100_000));
  }

  @Test
  void mayGotoEndsALoop() {
    List<Insn> program =
        List.of(
            new Insn.Alu(
                org.bpf4j.isa.Width.W64, Insn.AluOp.ADD, Register.R0, new Insn.Operand.Imm(1)),
            new Insn.MayGoto(1),
            new Insn.Jump(false, -3),
            new Insn.Exit());
    Outcome outcome = Machine.interpreter().run(Code.of(program), memory, Helpers.NONE);
    assertThat(outcome).isEqualTo(new Returned((1 << 23) + 1));
  }

  @Test
  void contextFieldsAreRewritten() {
    Region packet = memory.add("packet", new byte[20]);
    ContextFields fields =
        new ContextFields() {
          @Override
          public long load(int offset, int size, long stored) {
            return offset == 4 ? packet.address() : stored;
          }

          @Override
          public boolean writable(int offset, int size) {
            return offset == 8;
          }
        };
    long context = memory.addContext("context", new byte[12], fields).address();
    assertThat(run("ldxw %r0, [%r1+4]\nldxb %r0, [%r0+19]\nexit", context))
        .isEqualTo(new Returned(0));
    assertThat(run("stw [%r1+8], 3\nldxw %r0, [%r1+8]\nexit", context)).isEqualTo(new Returned(3));
    assertThat(fault("stw [%r1], 3\nexit", context).kind()).isEqualTo(Kind.READ_ONLY);
  }

  @Test
  void nothingIsReadAsZeroByAccident() {
    assertThat(run("ldxb %r0, [%r10-1]\nexit")).isEqualTo(new Returned(0xa5));
  }

  @Test
  void callbacksKeepTheCallersRegisters() {
    Helpers twice =
        (_, call) -> call.callBack(call.argument(1), 5) + call.callBack(call.argument(1), 6);
    List<Insn> program =
        List.of(
            new Insn.LoadImm64(Register.R1, Insn.ImmKind.FUNCTION, 5),
            Assembler.assemble("mov %r6, 100").getFirst(),
            new Insn.Call(Insn.CallKind.HELPER, 1),
            Assembler.assemble("add %r0, %r6").getFirst(),
            new Insn.Exit(),
            Assembler.assemble("mov %r0, %r1").getFirst(),
            Assembler.assemble("mov %r6, 0").getFirst(),
            new Insn.Exit());
    assertThat(Machine.interpreter().run(Code.of(program), memory, twice))
        .isEqualTo(new Returned(111));
  }

  @Test
  void functionsAreNoMemoryAndMemoryNoFunction() {
    Helpers call = (_, c) -> c.callBack(c.argument(1));
    List<Insn> program = Assembler.assemble("mov %r1, 3\ncall 1\nexit");
    assertThat(Machine.interpreter().run(Code.of(program), memory, call))
        .isInstanceOfSatisfying(
            Fault.class, fault -> assertThat(fault.kind()).isEqualTo(Kind.LEFT_PROGRAM));
  }

  @Test
  void refusedInstructionsSayTheirName() {
    Insn legacy = new Insn.LegacyLoad(MemorySize.B, false, Register.R0, 0);
    Insn cast = new Insn.AddressSpaceCast(Register.R1, Register.R1, 0, 1);
    Insn map = new Insn.LoadImm64(Register.R1, Insn.ImmKind.MAP_FD, 3);
    Insn kfunc = new Insn.Call(Insn.CallKind.KFUNC, 12);
    assertThat(((Fault) run(List.of(legacy))).message()).contains("legacy packet load");
    assertThat(((Fault) run(List.of(cast))).message()).contains("addr_space_cast");
    assertThat(((Fault) run(List.of(map))).message()).contains("MAP_FD");
    assertThat(((Fault) run(List.of(kfunc))).message()).contains("kfunc 12");
  }

  /// Whatever the instructions are, a run ends with an outcome.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void everyProgramHasAnOutcome(long seed) {
    RandomInsns random = new RandomInsns(seed);
    Set<Class<?>> kinds = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      Region region = memory.add("memory", new byte[16]);
      Code code = Code.of(random.program());
      Machine machine = Machine.interpreter(500);
      kinds.add(machine.run(code, memory, Helpers.NONE, region.address(), 16).getClass());
      memory.remove(region);
    }
    assertThat(kinds).contains(Returned.class, Fault.class, BudgetExhausted.class);
  }
}
