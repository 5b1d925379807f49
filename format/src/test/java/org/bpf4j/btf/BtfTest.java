package org.bpf4j.btf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bpf4j.btf.BtfType.Member;
import org.bpf4j.isa.MalformedObjectException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class BtfTest {

  @Test
  void roundTripsEveryKind() {
    Btf btf = BtfSamples.everyKind();
    assertThat(btf.types().stream().map(BtfType::getClass).distinct().count()).isEqualTo(19);
    byte[] bytes = BtfWriter.write(btf);
    assertThat(BtfReader.read(bytes)).isEqualTo(btf);
    assertThat(BtfWriter.write(BtfReader.read(bytes))).isEqualTo(bytes);
  }

  @Test
  void anEmptyOneIsAHeaderAndNul() {
    assertThat(BtfWriter.write(Btf.EMPTY)).hasSize(25);
    assertThat(BtfReader.read(BtfWriter.write(Btf.EMPTY))).isEqualTo(Btf.EMPTY);
  }

  @Test
  void builderSharesEqualTypes() {
    BtfBuilder types = new BtfBuilder();
    int first = types.add(new BtfType.Pointer(0));
    int other = types.add(new BtfType.Const(0));
    assertThat(types.add(new BtfType.Pointer(0))).isEqualTo(first).isNotEqualTo(other);
    assertThat(types.build().types()).hasSize(2);
  }

  @Test
  void resolvesAndMeasures() {
    BtfBuilder types = new BtfBuilder();
    int u16 = types.add(new BtfType.Int("u16", 2, BtfType.IntEncoding.NONE, 16));
    int alias = types.add(new BtfType.Typedef("alias", types.add(new BtfType.Const(u16))));
    int rows = types.add(new BtfType.Array(alias, u16, 3));
    int matrix = types.add(new BtfType.Array(rows, u16, 5));
    int pointer = types.add(new BtfType.Pointer(matrix));
    Btf btf = types.build();
    assertThat(btf.resolve(alias)).isEqualTo(u16);
    assertThat(btf.sizeOf(matrix)).hasValue(30);
    assertThat(btf.sizeOf(pointer)).hasValue(8);
    assertThat(btf.sizeOf(0)).isEmpty();
  }

  @Test
  void cyclesEnd() {
    Btf loop = new Btf(List.of(new BtfType.Typedef("a", 2), new BtfType.Typedef("b", 1)));
    assertThatThrownBy(() -> loop.resolve(1)).isInstanceOf(MalformedObjectException.class);
    Btf nested = new Btf(List.of(new BtfType.Array(1, 1, 2)));
    assertThatThrownBy(() -> nested.sizeOf(1)).isInstanceOf(MalformedObjectException.class);
    Btf huge =
        new Btf(
            List.of(
                new BtfType.Array(2, 0, -1),
                new BtfType.Array(3, 0, -1),
                new BtfType.Array(4, 0, -1),
                new BtfType.Pointer(0)));
    assertThatThrownBy(() -> huge.sizeOf(1)).isInstanceOf(MalformedObjectException.class);
  }

  @Test
  void readsTheRunningKernel() throws IOException {
    Path vmlinux = Path.of("/sys/kernel/btf/vmlinux");
    Assumptions.assumeTrue(Files.isReadable(vmlinux), "no BTF of the running kernel");
    byte[] bytes = Files.readAllBytes(vmlinux);
    Btf btf = BtfReader.read(bytes);
    assertThat(btf.count()).isGreaterThan(10_000);
    assertThat(BtfReader.read(BtfWriter.write(btf))).isEqualTo(btf);

    BtfNames names = BtfNames.of(bytes);
    assertThat(names.count()).isEqualTo(btf.count());
    int task = names.findFirst(BtfType.Struct.class, "task_struct").orElseThrow();
    assertThat(names.type(task)).isEqualTo(btf.type(task));
    assertThat(((BtfType.Struct) names.type(task)).members())
        .extracting(Member::name)
        .contains("pid", "tgid", "comm");
    assertThat(names.find(BtfType.Union.class, "task_struct")).isEmpty();
    assertThat(names.find(BtfType.Struct.class, "no_such_struct_anywhere")).isEmpty();
    for (int id = 1; id <= btf.count(); id += 997) {
      BtfType type = btf.type(id);
      if (!type.name().isEmpty()) {
        assertThat(names.find(type.getClass(), type.name())).contains(id);
      }
      assertThat(names.type(id)).isEqualTo(type);
    }
  }

  @Test
  void brokenBytesAreRefusedClearly() {
    byte[] good = BtfWriter.write(BtfSamples.everyKind());
    assertMalformed(new byte[3], "no header");
    assertMalformed(patch(good, 0, (short) 0x9feb), "big-endian");
    assertMalformed(patch(good, 12, Integer.MAX_VALUE), "leave the section");
    assertMalformed(patch(good, 24, 1 << 20), "outside the strings");
    assertMalformed(patch(good, 28, 31 << 24), "unknown kind 31");
    assertMalformed(patch(good, 24 + 12, 9 << 24 | 8), "unknown integer encoding 9");
    assertMalformed(Arrays.copyOf(good, good.length - 1), "leave the section");
  }

  private static byte[] patch(byte[] bytes, int at, Number value) {
    byte[] copy = bytes.clone();
    ByteBuffer buffer = ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN);
    if (value instanceof Short s) {
      buffer.putShort(at, s);
    } else {
      buffer.putInt(at, value.intValue());
    }
    return copy;
  }

  private static void assertMalformed(byte[] bytes, String message) {
    assertThatThrownBy(() -> BtfReader.read(bytes))
        .isInstanceOf(MalformedObjectException.class)
        .hasMessageContaining(message);
  }

  @Test
  void overlappingStringsDoNotMultiply() {
    int count = 2_000;
    StringBuilder text = new StringBuilder("\0");
    text.repeat('a', 50_000).append('\0');
    ByteBuffer bytes =
        ByteBuffer.allocate(24 + 12 * count + text.length()).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putShort((short) 0xeb9f).put((byte) 1).put((byte) 0).putInt(24);
    bytes.putInt(0).putInt(12 * count).putInt(12 * count).putInt(text.length());
    for (int i = 0; i < count; i++) {
      bytes.putInt(1 + i).putInt(7 << 24).putInt(0);
    }
    bytes.put(text.toString().getBytes(StandardCharsets.US_ASCII));
    assertMalformed(bytes.array(), "overlap");
  }

  @Test
  void readingAllocatesASmallMultipleOfTheInput() {
    int count = 60_000;
    int bytes = 24 + 12 + 8 * count + 2 * count + 1;
    ByteBuffer in = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    in.putShort((short) 0xeb9f).put((byte) 1).put((byte) 0).putInt(24);
    in.putInt(0).putInt(12 + 8 * count).putInt(12 + 8 * count).putInt(2 * count + 1);
    in.putInt(0).putInt(6 << 24 | count).putInt(4);
    for (int i = 0; i < count; i++) {
      in.putInt(1 + 2 * i).putInt(i);
    }
    in.put((byte) 0);
    for (int i = 0; i < count; i++) {
      in.put((byte) 'a').put((byte) 0);
    }
    ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = memory.getCurrentThreadAllocatedBytes();
    Btf btf = BtfReader.read(in.array());
    long allocated = memory.getCurrentThreadAllocatedBytes() - before;
    assertThat(((BtfType.Enum) btf.type(1)).values()).hasSize(count);
    assertThat(allocated).isLessThan(20L * bytes);
  }

  @Test
  void mutantsAreReadOrRefused() {
    byte[] good = BtfWriter.write(BtfSamples.everyKind());
    Random random = new Random(4);
    int read = 0;
    for (int i = 0; i < 10_000; i++) {
      byte[] bad = good.clone();
      for (int n = random.nextInt(1, 6); n > 0; n--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      }
      if (random.nextInt(8) == 0) {
        bad = Arrays.copyOf(bad, random.nextInt(bad.length));
      }
      try {
        Btf btf = BtfReader.read(bad);
        BtfPrinter.print(btf);
        measure(btf);
        measure(BtfNames.of(bad));
        read++;
      } catch (MalformedObjectException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
    assertThat(read).isBetween(100, 9_900);
  }

  private static void measure(BtfTypes types) {
    for (int id = 1; id <= types.count(); id++) {
      types.type(id);
      types.resolve(id);
      types.sizeOf(id);
    }
  }

  @Test
  void printsEveryKind() {
    assertThat(BtfPrinter.print(BtfSamples.everyKind()))
        .contains("[1] INT 'int' size=4 bits=32 SIGNED\n")
        .contains("STRUCT 'flags' size=8\n\t'low' type=1 bit=0 bits=3\n")
        .contains("ENUM 'sign' size=4\n\t'MINUS'=-1\n")
        .contains("FUNC 'walk_ext'");
  }
}
