package org.bpf4j.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.bpf4j.fault.Mutants;
import org.junit.jupiter.api.Test;

class VerifierLogTest {

  private static final int COUNT = Integer.getInteger("bpf4j.fault.mutants", 5_000);

  /// Linux 5.10: no file names, state behind a colon.
  @Test
  void readsOldLogs() {
    VerifierLog log =
        new VerifierLog(
            """
            func#0 @0
            0: R1=ctx(id=0,off=0,imm=0) R10=fp0
            ; Stats s = stats.get(key);
            0: (85) call bpf_map_lookup_elem#1
            1: R0_w=map_value_or_null(id=1,off=0,ks=4,vs=8,imm=0) R10=fp0
            1: (79) r0 = *(u64 *)(r0 +0)
            R0 invalid mem access 'map_value_or_null'
            processed 2 insns (limit 1000000) max_states_per_insn 0 total_states 0 peak_states 0
            """);
    assertThat(log.reason()).isEqualTo("R0 invalid mem access 'map_value_or_null'");
    assertThat(log.slot()).hasValue(1);
  }

  /// Linux 7.3: a report for people stands behind the steps.
  @Test
  void readsLogsWithAReport() {
    VerifierLog log =
        new VerifierLog(
            """
            0: R1=ctx() R10=fp0
            0: (b7) r1 = 1                        ; R1=1
            1: (63) *(u32 *)(r10 -4) = r1         ; R1=1 R10=fp0 fp-8=mmmm????
            6: (85) call bpf_map_lookup_elem#1    ; R0=map_value_or_null(id=1,map=m,ks=4,vs=8)
            9: (15) if r0 == 0x0 goto pc+1        ; R0=map_value(map=m,var_off=(0x0; 0x3),vs=8)
            10: (61) r3 = *(u32 *)(r0 +12)
            invalid access to map value, value_size=8 off=12 size=4
            R0 min value is outside of the allowed memory range

            Verification failed: Memory Safety: Access outside bounds

            Reason:
              The verifier cannot prove offset + access_size <= object_size.

            At:
              oob @ r.bpf.c:5:97
              Instruction context:
                  9 | (15) if r0 == 0x0 goto pc+1
              >>> 10 | (61) r3 = *(u32 *)(r0 +12)

            Suggestion:
              Add or adjust a bounds check that proves offset + access_size stays within the object.

            processed 10 insns (limit 1000000) max_states_per_insn 0 total_states 0 peak_states 0
            """);
    assertThat(log.messages())
        .containsExactly(
            "invalid access to map value, value_size=8 off=12 size=4",
            "R0 min value is outside of the allowed memory range");
    assertThat(log.slot()).hasValue(10);
    assertThat(log.step()).isEqualTo("10: (61) r3 = *(u32 *)(r0 +12)");
    assertThat(log.concerned()).containsExactly("R0");
    assertThat(log.registers())
        .containsEntry("R0", "map_value(map=m,var_off=(0x0; 0x3),vs=8)")
        .containsEntry("fp-8", "mmmm????")
        .containsEntry("R10", "fp0")
        .hasSize(3);
  }

  /// Linux 7.3: a program that was refused before any step.
  @Test
  void takesThePlaceFromTheReport() {
    VerifierLog log =
        new VerifierLog(
            """
            the program has an end that is not one

            Verification failed: Program Structure: Unreachable instruction

            At:
              Instruction context:
                  1 | (95) exit
              >>> 2 | (b7) r0 = 0

            Suggestion:
              Remove the unreachable instruction.
            """);
    assertThat(log.reason()).isEqualTo("the program has an end that is not one");
    assertThat(log.slot()).hasValue(2);
    assertThat(log.registers()).isEmpty();
  }

  /// What is told as a whole takes the place of what was known before.
  @Test
  void followsTheStateOfOldLogs() {
    VerifierLog log =
        new VerifierLog(
            """
            0: R1=ctx(id=0,off=0,imm=0) R10=fp0
            0: (85) call bpf_ktime_get_ns#5
            1: R0_w=inv(id=0) R10=fp0
            1: (15) if r0 == 0x0 goto pc+3
             R0_w=inv(id=0) R6=inv7 R10=fp0 fp-16_r=mmmmmmmm

            from 1 to 5: frame1: R0=inv0 R10=fp0
            5: (79) r1 = *(u64 *)(r0 +0)
            R0 invalid mem access 'inv'
            """);
    assertThat(log.registers()).containsOnly(Map.entry("R0", "inv0"), Map.entry("R10", "fp0"));
    assertThat(Explanation.of(log, slot -> "")).contains("a number (in r0) is used as a reference");
  }

  @Test
  void explainsWithWhatTheReasonSays() {
    assertThat(explained("invalid access to map value, value_size=8 off=12 size=4"))
        .isEqualTo("it uses 4 bytes at offset 12 of a map's value that has 8 bytes");
    assertThat(explained("R0 invalid mem access 'map_value_or_null'")).contains("null");
    assertThat(explained("something else")).isEmpty();
  }

  private static String explained(String log) {
    return Explanation.of(new VerifierLog(log), slot -> "");
  }

  /// Some messages end without an end of line.
  @Test
  void separatesCountsFromTheReason() {
    VerifierLog log =
        new VerifierLog(
            """
            3: (85) call bpf_tail_call#12
            expected prog array map for tail callprocessed 3 insns (limit 1000000) max_states 0
            """);
    assertThat(log.reason()).isEqualTo("expected prog array map for tail call");
  }

  /// What the kernel knows and we do not.
  @Test
  void takesTheKernelsOwnWordsForWhatIsNew() {
    VerifierLog log =
        new VerifierLog(
            """
            3: (85) call 9999
            something new

            Verification failed: Something: New

            Reason:
              It is new, and
              was not there before.

            At:
              Instruction context:
            """);
    assertThat(Explanation.of(log, slot -> "")).isEqualTo("It is new, and was not there before.");
  }

  /// Linux 7.3: what interrupts the verifier stands behind the instruction.
  @Test
  void findsTheReasonBehindAnInstruction() {
    VerifierLog log =
        new VerifierLog(
            """
            arg#0 reference type('FWD xdp_md') size cannot be determined: -22
            38: (2d) if r1 > r5 goto pc+92 BPF program is too large. Processed 1000001 insn
            processed 1000001 insns (limit 1000000) max_states_per_insn 70 total_states 35763
            """);
    assertThat(log.reason()).isEqualTo("BPF program is too large. Processed 1000001 insn");
    assertThat(log.slot()).hasValue(38);
  }

  @Test
  void aLoopThatSeemsToHaveNoEndInterruptsAnInstruction() {
    VerifierLog log =
        new VerifierLog(
            """
            reg type unsupported for arg#0 function p16#195
            594: (55) if r8 != 0x0 goto pc+1 infinite loop detected at insn 596
            processed 2368 insns (limit 1000000) max_states_per_insn 3 total_states 129
            """);
    assertThat(log.reason()).isEqualTo("infinite loop detected at insn 596");
  }

  @Test
  void findsTheReasonOfAComplexProgram() {
    VerifierLog log =
        new VerifierLog(
            """
            12: (05) goto pc-3
            BPF program is too large. Processed 1000001 insn
            processed 1000001 insns (limit 1000000) max_states_per_insn 4 total_states 9
            """);
    assertThat(log.reason()).isEqualTo("BPF program is too large. Processed 1000001 insn");
    assertThat(log.slot()).hasValue(12);
  }

  @Test
  void takesTheSlotFromTheReason() {
    VerifierLog log = new VerifierLog("jump out of range from insn 3 to 9\nprocessed 0 insns\n");
    assertThat(log.reason()).isEqualTo("jump out of range from insn 3 to 9");
    assertThat(log.slot()).hasValue(3);
  }

  @Test
  void saysSoWhenThereIsNoReason() {
    assertThat(new VerifierLog("processed 2 insns\n").reason())
        .isEqualTo("the verifier gave no reason");
    assertThat(new VerifierLog("").slot()).isEmpty();
  }

  /// Logs that are too long are cut anywhere, and later kernels say other things.
  @Test
  void readsWhateverKernelsSay() {
    String log =
        """
        func#0 @0
        0: R1=ctx(id=0,off=0,imm=0) R10=fp0
        ; Stats s = stats.get(key);
        0: (85) call bpf_map_lookup_elem#1
        38: (2d) if r1 > r5 goto pc+92 BPF program is too large. Processed 1000001 insn
        594: (55) if r8 != 0x0 goto pc+1 infinite loop detected at insn 596
        99999999999: jump out of range from insn 99999999999 to 9
        R0 invalid mem access 'map_value_or_null'
        processed 2 insns (limit 1000000) max_states_per_insn 0 total_states 0 peak_states 0
        """;
    assertThat(new VerifierLog(log).reason()).endsWith("R0 invalid mem access 'map_value_or_null'");
    for (long number = 1; number <= COUNT; number++) {
      VerifierLog mutant = new VerifierLog(Mutants.ofText(log, number));
      assertThat(mutant.reason()).as("mutant %d", number).isNotBlank();
      assertThat(mutant.slot().orElse(0)).as("mutant %d", number).isNotNegative();
      assertThat(Explanation.of(mutant, slot -> "")).as("mutant %d", number).isNotNull();
    }
  }
}
