package org.bpf4j.inspect;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.bpf4j.btf.BtfNames;
import org.bpf4j.btf.BtfType;
import org.bpf4j.inventory.KernelTerms;
import org.bpf4j.inventory.ListedProgram;
import org.bpf4j.inventory.ProgramActivity;
import org.bpf4j.inventory.ProgramSize;
import org.bpf4j.inventory.Tenure;
import org.bpf4j.isa.MalformedObjectException;
import org.bpf4j.sys.Bpf;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.KernelFiles;
import org.bpf4j.sys.ObjectFamily;
import org.bpf4j.sys.ObjectInfo;

/// Describes programs; offsets are those of `struct bpf_prog_info`.
///
/// It remembers the names in type information, which many programs share.
final class ProgramReader {

  private static final String WHAT = "a program";

  /// `sizeof(struct bpf_func_info)`.
  private static final int FUNCTION_BYTES = 8;

  private final Map<Integer, Optional<BtfNames>> names = new HashMap<>();
  private final Instant boot = boot();

  /// When the machine started, which the kernel counts from.
  private static Instant boot() {
    double seconds =
        KernelFiles.text(Path.of("/proc/uptime"))
            .map(text -> Double.parseDouble(text.substring(0, text.indexOf(' '))))
            .orElse(0.0);
    return Instant.now().minus(Duration.ofMillis(Math.round(seconds * 1000)));
  }

  ListedProgram read(Descriptor program, Tenure tenure) {
    ObjectInfo info = ObjectInfo.of(program, WHAT);
    return new ListedProgram(
        info.number(4),
        KernelTerms.programType(info.number(0)),
        name(program, info),
        HexFormat.of().formatHex(info.bytes(8, 8)),
        boot.plusNanos(info.wide(40)),
        info.number(48),
        (info.number(84) & 1) != 0,
        info.number(128),
        maps(program, info.number(52)),
        info.number(80),
        new ProgramSize(info.number(20), info.number(16), lockedBytes(program), info.ifFilled(216)),
        new ProgramActivity(
            info.wide(200), Duration.ofNanos(info.wide(192)), info.wideIfFilled(208)),
        tenure);
  }

  private static OptionalLong lockedBytes(Descriptor program) {
    String locked = KernelFiles.descriptor(program).get("memlock");
    return locked == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(locked));
  }

  private static List<Integer> maps(Descriptor program, int count) {
    List<Integer> ids = new ArrayList<>();
    if (count > 0) {
      byte[] bytes = ObjectInfo.beside(program, WHAT, 56, 52, count, Integer.BYTES, 0);
      ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
      while (numbers.hasRemaining()) {
        ids.add(numbers.getInt());
      }
    }
    return ids;
  }

  /// The name, from the type of the program's function if the kernel's copy is cut off and its
  /// types are such as this version reads.
  private String name(Descriptor program, ObjectInfo info) {
    String shown = info.text(64);
    if (shown.length() < Bpf.NAME_LENGTH || info.number(128) == 0 || info.number(144) == 0) {
      return shown;
    }
    byte[] function = ObjectInfo.beside(program, WHAT, 136, 144, 1, FUNCTION_BYTES, 132);
    int type = ByteBuffer.wrap(function).order(ByteOrder.nativeOrder()).getInt(4);
    try {
      return names
          .computeIfAbsent(info.number(128), ProgramReader::types)
          .filter(types -> type > 0 && type <= types.count())
          .map(types -> types.type(type))
          .map(found -> found instanceof BtfType.Func(String full, _, _) ? full : shown)
          .orElse(shown);
    } catch (MalformedObjectException _) {
      return shown;
    }
  }

  private static Optional<BtfNames> types(int id) {
    Optional<Descriptor> found = ObjectFamily.TYPES.open(id);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try (Descriptor types = found.get()) {
      return Optional.of(BtfNames.of(Bpf.btfBytes(types)));
    }
  }
}
