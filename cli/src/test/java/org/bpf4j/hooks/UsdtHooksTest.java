package org.bpf4j.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Link;
import org.bpf4j.handle.ProbePlace;
import org.bpf4j.handle.UsdtProgram;
import org.bpf4j.inventory.LinkTarget;
import org.bpf4j.isa.MalformedObjectException;
import org.bpf4j.kernel.IncompatibleTargetException;
import org.bpf4j.kernel.NoSuchTargetException;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.ProgramKind;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Programs at static probes, with arguments in registers, constants and memory.
class UsdtHooksTest {

  @TempDir Path folder;

  private static Hook hook(LiveCase live, String program, Path binary) {
    return UsdtProgram.hook(
        live.object(), program, new ProbePlace(binary.toString(), "app", "step"), -1);
  }

  private static int run(Path program) throws IOException, InterruptedException {
    Assumptions.assumeTrue(System.getProperty("os.arch").equals("amd64"), "a program for x86-64");
    return new ProcessBuilder(program.toString()).start().waitFor();
  }

  @Test
  @Fires(ProgramKind.USDT)
  void argumentsAreInOtherPlacesAtEachInstruction() throws Exception {
    Path stepper =
        Stepper.write(folder, "8@%rdi -4@%esi -1@$-7", "8@(%rbx) -4@(%rbx,%rcx,8) -1@$9");
    assertThat(run(stepper)).isZero();
    try (LiveCase probes = LiveCase.load("tracing/static-probes")) {
      Link link = probes.attach("step", hook(probes, "step", stepper));
      assertThat(run(stepper)).isEqualTo(2);
      assertThat(probes.number("passed")).isEqualTo(2);
      assertThat(probes.number("first")).isEqualTo(5000 + 0x1234);
      assertThat(probes.number("second")).isEqualTo(-3 - 5);
      assertThat(probes.number("third")).isEqualTo(-7 + 9);
      link.close();
      assertThat(run(stepper)).isZero();
      probes.attach("pass", hook(probes, "pass", stepper));
      assertThat(run(stepper)).isEqualTo(2);
      assertThat(probes.number("passed")).isEqualTo(202);
    }
  }

  /// One link for all instructions can be pinned, as several cannot.
  @Test
  @Does(value = "a static probe's link is pinned", since = "6.10")
  void theLinkIsPinned() throws Exception {
    Path stepper = Stepper.write(folder, "8@%rdi -4@%esi -1@$-7", "8@(%rbx) -4@%ecx -1@$9");
    Path pin = Path.of("/sys/fs/bpf/bpf4j-usdt-" + ProcessHandle.current().pid());
    try (LiveCase probes = LiveCase.load("tracing/static-probes")) {
      Link link = probes.attach("step", hook(probes, "step", stepper));
      if (link.info().target() instanceof LinkTarget.UprobeMulti many) {
        assertThat(many.places()).isEqualTo(2);
        assertThat(many.file()).isEqualTo(stepper.toString());
        link.pin(pin);
        link.close();
        assertThat(run(stepper)).isEqualTo(2);
        assertThat(probes.number("passed")).isEqualTo(2);
      } else {
        assertThatThrownBy(() -> link.pin(pin)).isInstanceOf(UnsupportedFeatureException.class);
      }
      link.unpin();
    } finally {
      Files.deleteIfExists(pin);
    }
  }

  @Test
  void displacementsAndPartsOfRegisters() throws Exception {
    Path stepper = Stepper.write(folder, "2@%di -2@%si 1@%dil", "-8@8(%rbx) 2@(%rbx) 1@%cl");
    try (LiveCase probes = LiveCase.load("tracing/static-probes")) {
      probes.attach("step", hook(probes, "step", stepper));
      run(stepper);
      assertThat(probes.number("first")).isEqualTo(5000 - 5);
      assertThat(probes.number("second")).isEqualTo(-3 + 0x1234);
      assertThat(probes.number("third")).isEqualTo((byte) 5000 + 1);
    }
  }

  @Test
  void whatDoesNotFitIsNamed() throws Exception {
    try (LiveCase probes = LiveCase.load("tracing/static-probes")) {
      Path few = Stepper.write(folder, "8@%rdi -4@%esi", "8@%rdi -4@%esi");
      assertThatThrownBy(() -> probes.attach("step", hook(probes, "step", few)))
          .isInstanceOf(IncompatibleTargetException.class)
          .hasMessageContaining("8@%rdi -4@%esi");
      Path odd = Stepper.write(folder, "8@%rdi 4@table(%rip) 1@$1", "8@%rdi 4@%esi 1@$1");
      assertThatThrownBy(() -> probes.attach("step", hook(probes, "step", odd)))
          .isInstanceOf(UnsupportedFeatureException.class)
          .hasMessageContaining("4@table(%rip)");
      assertThatThrownBy(
              () ->
                  probes.attach(
                      "step",
                      UsdtProgram.hook(
                          probes.object(),
                          "step",
                          new ProbePlace(odd.toString(), "app", "leap"),
                          -1)))
          .isInstanceOf(NoSuchTargetException.class)
          .hasMessageContaining("app:leap")
          .hasMessageContaining("app:step");
      byte[] cut = Files.readAllBytes(odd);
      Files.write(odd, java.util.Arrays.copyOf(cut, 0x450));
      assertThatThrownBy(() -> probes.attach("step", hook(probes, "step", odd)))
          .isInstanceOf(MalformedObjectException.class);
    }
  }
}
