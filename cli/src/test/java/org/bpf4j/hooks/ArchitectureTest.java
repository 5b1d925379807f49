package org.bpf4j.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.bpf4j.btf.Btf;
import org.bpf4j.btf.BtfType;
import org.bpf4j.btf.BtfType.Member;
import org.bpf4j.cases.Compiled;
import org.bpf4j.cases.Javac;
import org.bpf4j.cases.Place;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.handle.TestInput;
import org.bpf4j.kernel.LoadRequest;
import org.bpf4j.sim.SimulatedKernel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// One object for both architectures: arguments and results are in the registers that the running
/// kernel's own types say.
class ArchitectureTest {

  /// As much as programs see of `struct pt_regs` in the simulated kernel: what x86-64 has.
  private static final int REGISTERS = 21 * Long.BYTES;

  private static final long UPPER_HALF = 0x7700_0000_0000L;

  private static final String SOURCE =
      """
      import org.bpf4j.lang.*;

      @Bpf(license = "GPL")
      public final class Registers {
        static long sum;

        @Kprobe("some_function")
        static void enter(long a, int b, long c, byte d, long e) {
          sum = a * 10_000 + b * 1_000 + c * 100 + d * 10 + e;
        }

        @Kretprobe("some_function")
        static void leave(int result) {
          sum = result;
        }

        @KprobeSession("some_function")
        static int pass(int result, long first, long second) {
          sum = result * 100 + first * 10 + second;
          return 0;
        }

        @Ksyscall("some_call")
        static void call(long a, long b, long c, long d, long e) {
          sum = a * 10_000 + b * 1_000 + c * 100 + d * 10 + e;
        }
      }
      """;

  /// The kernel's structs, and in which eight bytes they have arguments, those of system calls, and
  /// results.
  private enum Architecture {
    X86_64(x86(), List.of(14, 13, 12, 11, 9), List.of(14, 13, 12, 7, 9), 10),
    ARM64(arm(), List.of(0, 1, 2, 3, 4), List.of(0, 1, 2, 3, 4), 0);

    private final Btf types;
    private final List<Integer> arguments;
    private final List<Integer> systemCall;
    private final int result;

    Architecture(Btf types, List<Integer> arguments, List<Integer> systemCall, int result) {
      this.types = types;
      this.arguments = arguments;
      this.systemCall = systemCall;
      this.result = result;
    }

    /// `struct pt_regs` of `arch/x86/include/asm/ptrace.h`.
    private static Btf x86() {
      String names = "r15 r14 r13 r12 bp bx r11 r10 r9 r8 ax cx dx si di orig_ax ip cs flags sp ss";
      List<Member> members = new ArrayList<>();
      for (String name : names.split(" ")) {
        members.add(new Member(name, 1, members.size() * Long.SIZE, 0));
      }
      return new Btf(
          List.of(
              new BtfType.Int("unsigned long", 8, BtfType.IntEncoding.NONE, Long.SIZE),
              new BtfType.Struct("pt_regs", 21 * Long.BYTES, members)));
    }

    /// `struct user_pt_regs` of arm64's UAPI, and `struct pt_regs` that begins with it.
    private static Btf arm() {
      List<Member> registers =
          List.of(
              new Member("regs", 3, 0, 0),
              new Member("sp", 2, 31 * Long.SIZE, 0),
              new Member("pc", 2, 32 * Long.SIZE, 0),
              new Member("pstate", 2, 33 * Long.SIZE, 0));
      return new Btf(
          List.of(
              new BtfType.Int("long long unsigned int", 8, BtfType.IntEncoding.NONE, Long.SIZE),
              new BtfType.Typedef("__u64", 1),
              new BtfType.Array(2, 1, 31),
              new BtfType.Struct("user_pt_regs", 34 * Long.BYTES, registers),
              new BtfType.Struct("", 34 * Long.BYTES, registers),
              new BtfType.Union(
                  "",
                  34 * Long.BYTES,
                  List.of(new Member("user_regs", 4, 0, 0), new Member("", 5, 0, 0))),
              new BtfType.Struct(
                  "pt_regs",
                  35 * Long.BYTES,
                  List.of(new Member("", 6, 0, 0), new Member("orig_x0", 2, 34 * Long.SIZE, 0)))));
    }
  }

  private static Compiled.Loadable compiled() throws Exception {
    try (Javac javac = new Javac()) {
      return javac.compile(List.of(Javac.source("Registers", SOURCE))).orFail().only();
    }
  }

  private static byte[] registers(List<Integer> places, long... values) {
    ByteBuffer memory = ByteBuffer.allocate(REGISTERS).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < values.length; i++) {
      memory.putLong(places.get(i) * Long.BYTES, values[i]);
    }
    return memory.array();
  }

  private static long sum(LoadedObject object) {
    Place place = Place.of(object.object(), "sum");
    return object
        .data(place.section())
        .segment()
        .get(ValueLayout.JAVA_LONG_UNALIGNED, place.offset());
  }

  @ParameterizedTest
  @EnumSource(Architecture.class)
  void argumentsAndResults(Architecture architecture) throws Exception {
    Compiled.Loadable loadable = compiled();
    SimulatedKernel kernel = SimulatedKernel.withTypes(architecture.types);
    try (LoadedObject object = kernel.load(LoadRequest.of(loadable.object(), loadable.owner()))) {
      byte[] entry = registers(architecture.arguments, 1, UPPER_HALF | 2, 3, UPPER_HALF | 4, 5);
      object.program("enter").run(TestInput.context(entry));
      assertThat(sum(object)).isEqualTo(12_345);
      byte[] leaving = registers(List.of(architecture.result), UPPER_HALF | 7);
      object.program("leave").run(TestInput.context(leaving));
      assertThat(sum(object)).isEqualTo(7);
      byte[] beginning = registers(architecture.arguments, 3, 4);
      object.program("pass").run(TestInput.context(beginning));
      assertThat(sum(object)).isEqualTo(architecture == Architecture.ARM64 ? 334 : 34);
    }
  }

  /// The one argument of a system call's function is the address of the registers at its entry.
  @ParameterizedTest
  @EnumSource(Architecture.class)
  void argumentsOfSystemCalls(Architecture architecture) throws Exception {
    Compiled.Loadable loadable = compiled();
    SimulatedKernel kernel = SimulatedKernel.withTypes(architecture.types);
    try (LoadedObject object = kernel.load(LoadRequest.of(loadable.object(), loadable.owner()))) {
      long saved = kernel.kernelMemory(registers(architecture.systemCall, 1, 2, 3, 4, 5));
      byte[] entry = registers(architecture.arguments, saved);
      object.program("call").run(TestInput.context(entry));
      assertThat(sum(object)).isEqualTo(12_345);
    }
  }

  /// Where the kernel has neither form of registers, as on RISC-V (`epc`, `ra`, …, `a0`), nothing
  /// is read from a wrong place.
  @Test
  void registersOfOtherArchitecturesAreRefused() throws Exception {
    List<Member> members = new ArrayList<>();
    for (String name : "epc ra sp gp tp t0 t1 t2 s0 s1 a0 a1 a2".split(" ")) {
      members.add(new Member(name, 1, members.size() * Long.SIZE, 0));
    }
    Btf types =
        new Btf(
            List.of(
                new BtfType.Int("unsigned long", 8, BtfType.IntEncoding.NONE, Long.SIZE),
                new BtfType.Struct("pt_regs", members.size() * Long.BYTES, members)));
    Compiled.Loadable loadable = compiled();
    SimulatedKernel kernel = SimulatedKernel.withTypes(types);
    try (LoadedObject object = kernel.load(LoadRequest.of(loadable.object(), loadable.owner()))) {
      assertThatThrownBy(() -> object.program("enter").run(TestInput.context(new byte[REGISTERS])))
          .hasMessageContaining("a field that this kernel's types do not have");
    }
  }
}
