package org.bpf4j.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bpf4j.btf.BtfBuilder;
import org.bpf4j.btf.BtfType;
import org.bpf4j.btf.BtfType.Member;
import org.bpf4j.btf.BtfWriter;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.handle.TestInput;
import org.bpf4j.isa.MalformedObjectException;
import org.bpf4j.kernel.Kernel;
import org.bpf4j.kernel.RealKernel;
import org.bpf4j.object.ElfWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/// Kernels that do not describe themselves, and files that do it for them.
class GivenTypesTest {

  private static final Path KERNEL = Path.of("/sys/kernel/btf/vmlinux");
  private static final Path BPFTOOL = Path.of("/usr/sbin/bpftool");
  private static final Path UNSHARE = Path.of("/usr/bin/unshare");

  @TempDir private Path directory = Path.of("");

  @BeforeEach
  void real() {
    RealKernel.use();
  }

  /// A program that returns where `task_struct` has its `tgid`.
  static ObjectText asking() {
    ObjectText text = new ObjectText();
    int task = text.types.add(task(text.intType, 0));
    return text.program("syscall", "ask", "FIELD_BYTE_OFFSET " + task + " 0:0 : r0 = 0\nexit");
  }

  private static BtfType task(int type, int byteOffset) {
    return new BtfType.Struct(
        "task_struct",
        byteOffset + Integer.BYTES,
        List.of(new Member("tgid", type, byteOffset * Byte.SIZE, 0)));
  }

  private static int ask(Kernel kernel) {
    try (LoadedObject object = kernel.load(asking().request())) {
      return object.program("ask").run(TestInput.context(new byte[0])).returnValue();
    }
  }

  /// A kernel whose `task_struct` is like no other.
  private Path odd() throws Exception {
    BtfBuilder types = new BtfBuilder();
    int number = types.add(new BtfType.Int("int", 4, BtfType.IntEncoding.SIGNED, 32));
    types.add(task(number, 7144));
    return Files.write(directory.resolve("odd.btf"), BtfWriter.write(types.build()));
  }

  @Test
  void structsAreWhereTheFileSays() throws Exception {
    assertThat(ask(Kernel.local(odd()))).isEqualTo(7144);
    assertThat(ask(Kernel.local(KERNEL))).isEqualTo(ask(Kernel.local())).isNotEqualTo(7144);
  }

  @Test
  void fileMayBeReducedToWhatAnObjectNeeds() throws Exception {
    if (!Files.isExecutable(BPFTOOL)) {
      throw new TestAbortedException("there is no bpftool to reduce types by");
    }
    Path object = Files.write(directory.resolve("ask.bpf.o"), ElfWriter.write(asking().build()));
    Path reduced = directory.resolve("reduced.btf");
    Process process =
        new ProcessBuilder(
                List.of(
                    BPFTOOL.toString(),
                    "gen",
                    "min_core_btf",
                    KERNEL.toString(),
                    reduced.toString(),
                    object.toString()))
            .redirectErrorStream(true)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    assertThat(Files.size(reduced)).isLessThan(1_000);
    assertThat(ask(Kernel.local(reduced))).isEqualTo(ask(Kernel.local()));
  }

  @Test
  void whatIsNoTypesIsToldByItsName() throws Exception {
    Path missing = directory.resolve("missing.btf");
    assertThatThrownBy(() -> Kernel.local(missing))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("missing.btf");
    byte[] whole = Files.readAllBytes(KERNEL);
    for (int length : new int[] {0, 3, 23, 24, 4096, whole.length / 2, whole.length - 1}) {
      Path cut = Files.write(directory.resolve("cut.btf"), Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Kernel.local(cut))
          .as("%d bytes", length)
          .isInstanceOf(MalformedObjectException.class)
          .hasMessageContaining("cut.btf is no BTF: ");
    }
    Path executable = Path.of(System.getProperty("java.home"), "bin", "java");
    assertThatThrownBy(() -> Kernel.local(executable))
        .isInstanceOf(MalformedObjectException.class)
        .hasMessageContaining("is an ELF file; its types alone are wanted: `objcopy");
  }

  /// What [WithoutTypes] prints in a mount namespace where the kernel's types are hidden.
  @Test
  void programsThatNeedNoTypesLoadWithout() throws Exception {
    if (!Files.isExecutable(UNSHARE)) {
      throw new TestAbortedException("there is no unshare to hide the kernel's types by");
    }
    Process process =
        new ProcessBuilder(
                UNSHARE.toString(),
                "--mount",
                "sh",
                "-c",
                "mount -t tmpfs none /sys/kernel/btf && exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                WithoutTypes.class.getName(),
                odd().toString())
            .redirectErrorStream(true)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    Map<String, String> lines =
        out.lines()
            .filter(line -> line.contains(": "))
            .map(line -> line.split(": ", 2))
            .collect(Collectors.toMap(words -> words[0], words -> words[1]));
    assertThat(lines)
        .containsEntry("plain", "2")
        .containsEntry("tracepoint", "done")
        .containsEntry("given", "7144");
    assertThat(lines.get("relocated"))
        .startsWith("UnsupportedFeatureException: this kernel does not support relocation of")
        .contains("/sys/kernel/btf/vmlinux", "CONFIG_DEBUG_INFO_BTF", "Kernel.local(path)", "5.4");
    assertThat(lines.get("bound"))
        .startsWith("UnsupportedFeatureException: this kernel does not support programs")
        .contains("bound to its own types", "/sys/kernel/btf/vmlinux");
  }
}
