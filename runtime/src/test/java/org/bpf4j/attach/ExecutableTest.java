package org.bpf4j.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.bpf4j.attach.TestElf.Symbol;
import org.bpf4j.isa.MalformedObjectException;
import org.bpf4j.kernel.NoSuchTargetException;
import org.bpf4j.kernel.RealKernel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/// Functions are found by name, in whatever way a file has their names.
class ExecutableTest {

  private static final int GLOBAL = 0x12;
  private static final int LOCAL = 0x02;
  private static final int WEAK = 0x22;
  private static final int INDIRECT = 0x1a;

  @TempDir Path folder;

  private static Symbol symbol(String name, int info, int at) {
    return new Symbol(name, info, TestElf.LOADED + at, 1);
  }

  private static TestElf plain(Symbol... symbols) {
    return new TestElf().symbols(false, List.of(symbols), List.of());
  }

  private Executable file(TestElf elf) throws IOException {
    return new Executable(Files.write(folder.resolve("file"), elf.write()));
  }

  @Test
  void whatIsKnownOutsideComesFirst() throws IOException {
    Executable file =
        file(
            plain(
                symbol("walk", LOCAL, 16),
                symbol("walk", WEAK, 32),
                symbol("walk", GLOBAL, 48),
                symbol("twice", LOCAL, 64),
                symbol("twice", LOCAL, 80),
                symbol("same", LOCAL, 96),
                symbol("same", GLOBAL, 96)));
    assertThat(file.offset("walk")).isEqualTo(48);
    assertThat(file.offset("same")).isEqualTo(96);
    assertThatThrownBy(() -> file.offset("twice"))
        .isInstanceOf(NoSuchTargetException.class)
        .hasMessage(
            "there is no single function twice of %s, which has 2; there is %s:64, %s:80"
                .formatted(file.path(), file.path(), file.path()));
    assertThat(file.places(name -> name.startsWith("t")).keySet()).containsExactly(64L, 80L);
  }

  @Test
  void versionsTellFunctionsApart() throws IOException {
    List<Symbol> symbols =
        List.of(
            new Symbol("copy", GLOBAL, TestElf.LOADED + 16, 0x8002),
            new Symbol("copy", GLOBAL, TestElf.LOADED + 32, 3),
            new Symbol("old", GLOBAL, TestElf.LOADED + 48, 0x8002),
            new Symbol("bare", GLOBAL, TestElf.LOADED + 64, 1));
    Executable file =
        file(new TestElf().symbols(true, symbols, List.of("libcopy.so", "COPY_1", "COPY_2")));
    assertThat(file.offset("copy")).isEqualTo(32);
    assertThat(file.offset("copy@COPY_1")).isEqualTo(16);
    assertThat(file.offset("copy@@COPY_2")).isEqualTo(32);
    assertThat(file.offset("old")).isEqualTo(48);
    assertThat(file.offset("bare")).isEqualTo(64);
    assertThatThrownBy(() -> file.offset("copy@COPY_3"))
        .isInstanceOf(NoSuchTargetException.class)
        .hasMessageContaining("function copy@COPY_3")
        .hasMessageContaining("there is copy@COPY_1, copy@COPY_2");
    Executable named =
        file(plain(symbol("copy@COPY_1", GLOBAL, 16), symbol("copy@@COPY_2", GLOBAL, 32)));
    assertThat(named.offset("copy")).isEqualTo(32);
    assertThat(named.offset("copy@COPY_1")).isEqualTo(16);
  }

  @Test
  void functionsThatAreChosenLaterAreNamedSo() throws IOException {
    Executable file =
        file(plain(symbol("strlen", INDIRECT, 16), symbol("__strlen_fast", LOCAL, 32)));
    assertThatThrownBy(() -> file.offset("strlen"))
        .isInstanceOf(NoSuchTargetException.class)
        .hasMessageContaining("where each process chooses among several")
        .hasMessageContaining("there is __strlen_fast");
    assertThat(file.places(_ -> true).values()).containsExactly("__strlen_fast");
  }

  @Test
  void addressesAreThoseOfTheSymbols() throws IOException {
    Executable file = file(plain());
    assertThat(file.offset("*0x400010")).isEqualTo(16);
    assertThat(file.offset("*4194336")).isEqualTo(32);
    assertThatThrownBy(() -> file.offset("*0x500000")).isInstanceOf(NoSuchTargetException.class);
    assertThatThrownBy(() -> file.offset("*main")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void namesLikeItAreSaid() throws IOException {
    Executable file = file(plain(symbol("reader_open", GLOBAL, 16), symbol("close", GLOBAL, 32)));
    assertThatThrownBy(() -> file.offset("reader_opn"))
        .isInstanceOf(NoSuchTargetException.class)
        .hasMessageEndingWith("; there is reader_open");
  }

  private static byte[] packed(byte[] bytes, int preset) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (XZOutputStream xz = new XZOutputStream(out, new LZMA2Options(preset))) {
      xz.write(bytes);
    }
    return out.toByteArray();
  }

  private static TestElf stripped(byte[] data) {
    List<Symbol> linked = List.of(symbol("open", GLOBAL, 16));
    return new TestElf().symbols(true, linked, List.of()).section(".gnu_debugdata", 1, 0, data);
  }

  @Test
  void strippedFilesHaveTheirSymbolsPacked() throws IOException {
    byte[] hidden = plain(symbol("hidden", LOCAL, 48)).write();
    Executable file = file(stripped(packed(hidden, 6)));
    assertThat(file.offset("open")).isEqualTo(16);
    assertThat(file.offset("hidden")).isEqualTo(48);
    assertThat(file.places(_ -> true).values()).containsExactly("open", "hidden");
    assertThatThrownBy(() -> file.offset("hiden"))
        .isInstanceOf(NoSuchTargetException.class)
        .hasMessageEndingWith("; there is hidden");
  }

  @Test
  void packedSymbolsAreBounded() throws IOException {
    byte[] nothing = new byte[10 << 20];
    assertThatThrownBy(() -> file(stripped(packed(nothing, 6))).offset("hidden"))
        .isInstanceOf(MalformedObjectException.class)
        .hasMessageContaining("the packed symbols are more than");
    assertThatThrownBy(() -> file(stripped(packed(new byte[100], 9))).offset("hidden"))
        .isInstanceOf(MalformedObjectException.class)
        .hasMessageContaining("the packed symbols are broken");
    byte[] cut = Arrays.copyOf(packed(plain().write(), 6), 100);
    for (byte[] broken : List.of(cut, new byte[] {1, 2, 3}, packed(new byte[10], 6))) {
      assertThatThrownBy(() -> file(stripped(broken)).offset("hidden"))
          .isInstanceOf(MalformedObjectException.class);
    }
  }

  private static byte[] link(byte[] debug, int wrong) {
    CRC32 sum = new CRC32();
    sum.update(debug);
    return ByteBuffer.allocate(16)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(TestElf.text("file.debug\0\0"))
        .putInt((int) sum.getValue() + wrong)
        .array();
  }

  @Test
  void strippedFilesNameTheFileWithTheirSymbols() throws IOException {
    byte[] debug = plain(symbol("hidden", LOCAL, 48)).write();
    Path directory = Files.createDirectory(folder.resolve(".debug"));
    Files.write(directory.resolve("file.debug"), debug);
    for (int wrong : new int[] {0, 1}) {
      Executable file =
          file(
              new TestElf()
                  .symbols(true, List.of(symbol("open", GLOBAL, 16)), List.of())
                  .section(".gnu_debuglink", 1, 0, link(debug, wrong)));
      if (wrong == 0) {
        assertThat(file.offset("hidden")).isEqualTo(48);
      } else {
        assertThatThrownBy(() -> file.offset("hidden")).isInstanceOf(NoSuchTargetException.class);
      }
    }
  }

  @Test
  void namesAreLookedForWhereTheLoaderDoes() {
    Path libc = Binaries.find("libc.so.6", -1);
    assertThat(libc).isAbsolute().isRegularFile();
    assertThat(Binaries.find(libc.toString(), -1)).isEqualTo(libc);
    assertThat(Binaries.find("libc.so.6", ProcessHandle.current().pid())).isRegularFile();
    assertThat(new Executable(libc).offset("malloc")).isPositive();
    assertThat(Binaries.find("true", -1)).isExecutable();
    assertThatThrownBy(() -> Binaries.find("libc", -1))
        .isInstanceOf(NoSuchTargetException.class)
        .hasMessageContaining("libc.so.6");
    assertThatThrownBy(() -> Binaries.find("/bin/tru", -1))
        .isInstanceOf(NoSuchTargetException.class)
        .hasMessageContaining("/bin/true");
    assertThatThrownBy(() -> Binaries.find("libc.so.6", 999_999_999))
        .isInstanceOf(NoSuchTargetException.class)
        .hasMessageContaining("process 999999999");
    assertThatThrownBy(() -> Binaries.find("\0", -1)).isInstanceOf(NoSuchTargetException.class);
  }

  /// A container has files of its own.
  @Test
  void pathsAreThoseOfTheProcess() throws Exception {
    RealKernel.use();
    Path file = file(plain(symbol("inside", GLOBAL, 16))).path();
    Path hidden = Files.createDirectory(folder.resolve("mounted")).resolve("libinside.so");
    String script =
        "mount -t tmpfs bpf4j-test %s && cp %s %s && echo ready && read line"
            .formatted(hidden.getParent(), file, hidden);
    Process process = new ProcessBuilder("unshare", "-m", "sh", "-c", script).start();
    try (var out = process.inputReader()) {
      assertThat(out.readLine()).isEqualTo("ready");
      Path found = Binaries.find(hidden.toString(), process.pid());
      assertThat(found).isEqualTo(Path.of("/proc/" + process.pid() + "/root" + hidden));
      assertThat(new Executable(found).offset("inside")).isEqualTo(16);
      assertThatThrownBy(() -> Binaries.find(hidden.toString(), -1))
          .isInstanceOf(NoSuchTargetException.class);
    } finally {
      process.destroy();
      process.waitFor();
    }
  }
}
