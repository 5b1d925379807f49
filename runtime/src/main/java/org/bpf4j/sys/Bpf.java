package org.bpf4j.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.MapKind;

/// The commands of bpf(2) that are used now and then; those of maps' hot paths are in [MapCall],
/// those that attach in [AttachCommands].
///
/// Offsets are those of `union bpf_attr` in `linux/bpf.h`, command numbers those of `enum bpf_cmd`.
/// An `attr` may be shorter or longer than what the kernel knows as long as the surplus is zero, so
/// each command passes just what it sets.
public final class Bpf {

  private static final int MAP_CREATE = 0;
  private static final int MAP_LOOKUP_ELEM = 1;
  private static final int MAP_UPDATE_ELEM = 2;
  private static final int MAP_DELETE_ELEM = 3;
  private static final int PROG_LOAD = 5;
  private static final int OBJ_PIN = 6;
  private static final int OBJ_GET = 7;
  private static final int OBJ_GET_INFO = 15;
  private static final int PROG_TEST_RUN = 10;
  private static final int BTF_LOAD = 18;
  private static final int BTF_GET_FD_BY_ID = 19;
  private static final int BTF_GET_NEXT_ID = 23;
  private static final int MAP_FREEZE = 22;
  private static final int ENABLE_STATS = 32;

  /// `struct bpf_btf_info`, and `MODULE_NAME_LEN` with room for more.
  private static final int BTF_INFO_BYTES = 32;

  private static final int BTF_NAME_BYTES = 128;

  /// As much of `struct bpf_prog_info` as is looked at, and where in it `btf_id` is.
  private static final int PROGRAM_INFO_BYTES = 136;

  private static final int PROGRAM_INFO_BTF = 128;

  /// As much of `struct bpf_map_info` as is looked at.
  private static final int MAP_INFO_BYTES = 80;

  /// `BPF_F_NUMA_NODE`.
  private static final int NUMA_NODE = 1 << 2;

  /// `BPF_F_TOKEN_FD`.
  private static final int TOKEN = 1 << 16;

  /// `BPF_OBJ_NAME_LEN` without its terminator.
  public static final int NAME_LENGTH = 15;

  private Bpf() {}

  /// Creates a map.
  ///
  /// @param btf the descriptor of the loaded BTF whose ids the definition uses, or −1
  /// @return a descriptor, or the negated error number
  public static long createMap(MapDefinition map, int btf) {
    return createMap(map, btf, -1, Token.NONE);
  }

  /// Creates a map that may hold maps.
  ///
  /// @param btf the descriptor of the loaded BTF whose ids the definition uses, or −1
  /// @param inner a map such as this one holds, or −1
  /// @param token by whose leave
  /// @return a descriptor, or the negated error number
  public static long createMap(MapDefinition map, int btf, int inner, Token token) {
    try (Arena arena = Arena.ofConfined()) {
      boolean allowed = token.number() >= 0;
      MemorySegment attr = arena.allocate(allowed ? 80 : 72, 8);
      if (allowed) {
        attr.set(JAVA_INT, 76, token.number());
      }
      attr.set(JAVA_INT, 0, map.kind().number());
      attr.set(JAVA_INT, 4, map.keySize());
      attr.set(JAVA_INT, 8, map.valueSize());
      attr.set(JAVA_INT, 12, map.maxEntries());
      boolean placed = map.traits().numaNode() >= 0;
      attr.set(JAVA_INT, 16, map.flags() | (placed ? NUMA_NODE : 0) | (allowed ? TOKEN : 0));
      attr.set(JAVA_INT, 20, Math.max(inner, 0));
      attr.set(JAVA_INT, 24, Math.max(map.traits().numaNode(), 0));
      attr.set(JAVA_LONG, 64, map.traits().extra());
      putName(attr, 28, map.name());
      if (btf >= 0) {
        attr.set(JAVA_INT, 48, btf);
        attr.set(JAVA_INT, 52, map.keyType());
        attr.set(JAVA_INT, 56, map.valueType());
      }
      return charged(arena, MAP_CREATE, attr);
    }
  }

  /// Creates the map of a struct of functions.
  ///
  /// @param btf the descriptor of the loaded BTF, which the kernel demands without using it
  /// @param valueType the id of the map's value among the kernel's types
  /// @return a descriptor, or the negated error number
  public static long createOperations(MapDefinition map, int btf, int valueType) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attr = arena.allocate(72, 8);
      attr.set(JAVA_INT, 0, map.kind().number());
      attr.set(JAVA_INT, 4, map.keySize());
      attr.set(JAVA_INT, 8, map.valueSize());
      attr.set(JAVA_INT, 12, map.maxEntries());
      attr.set(JAVA_INT, 16, map.flags());
      putName(attr, 28, map.name());
      attr.set(JAVA_INT, 48, Math.max(btf, 0));
      attr.set(JAVA_INT, 60, valueType);
      return bpf(arena, MAP_CREATE, attr);
    }
  }

  /// Deletes the only value of a one-element map.
  public static long empty(Descriptor map) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attr = arena.allocate(32, 8);
      attr.set(JAVA_INT, 0, map.number());
      attr.set(JAVA_LONG, 8, arena.allocate(JAVA_INT).address());
      return bpf(arena, MAP_DELETE_ELEM, attr);
    }
  }

  /// Sets a value of an array.
  public static long fill(Descriptor map, int index, byte[] value) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attr = arena.allocate(32, 8);
      attr.set(JAVA_INT, 0, map.number());
      attr.set(JAVA_LONG, 8, arena.allocateFrom(JAVA_INT, index).address());
      attr.set(JAVA_LONG, 16, arena.allocateFrom(ValueLayout.JAVA_BYTE, value).address());
      return bpf(arena, MAP_UPDATE_ELEM, attr);
    }
  }

  /// The only value of a one-element array.
  public static byte[] read(Descriptor map, int bytes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(bytes, 8);
      MemorySegment attr = arena.allocate(32, 8);
      attr.set(JAVA_INT, 0, map.number());
      attr.set(JAVA_LONG, 8, arena.allocate(JAVA_INT).address());
      attr.set(JAVA_LONG, 16, value.address());
      Failure.check(bpf(arena, MAP_LOOKUP_ELEM, attr), "BPF_MAP_LOOKUP_ELEM");
      return value.toArray(ValueLayout.JAVA_BYTE);
    }
  }

  /// Makes a map read-only for user space, for ever.
  public static long freeze(Descriptor map) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attr = arena.allocate(8, 8);
      attr.set(JAVA_INT, 0, map.number());
      return bpf(arena, MAP_FREEZE, attr);
    }
  }

  /// Loads type information.
  ///
  /// @return a descriptor, or the negated error number
  public static long loadBtf(byte[] btf) {
    return loadBtf(btf, Token.NONE);
  }

  /// Loads type information.
  ///
  /// @param token by whose leave
  /// @return a descriptor, or the negated error number
  public static long loadBtf(byte[] btf, Token token) {
    try (Arena arena = Arena.ofConfined()) {
      boolean allowed = token.number() >= 0;
      MemorySegment attr = arena.allocate(allowed ? 40 : 32, 8);
      if (allowed) {
        attr.set(JAVA_INT, 32, TOKEN);
        attr.set(JAVA_INT, 36, token.number());
      }
      attr.set(JAVA_LONG, 0, arena.allocateFrom(ValueLayout.JAVA_BYTE, btf).address());
      attr.set(JAVA_INT, 16, btf.length);
      return charged(arena, BTF_LOAD, attr);
    }
  }

  /// The next loaded type information.
  ///
  /// @param id the one before, or 0
  /// @return its id, or the negated error number
  public static long nextBtf(int id) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attr = arena.allocate(16, 8);
      attr.set(JAVA_INT, 0, id);
      long result = bpf(arena, BTF_GET_NEXT_ID, attr);
      return result < 0 ? result : Integer.toUnsignedLong(attr.get(JAVA_INT, 4));
    }
  }

  /// Opens loaded type information.
  ///
  /// @return a descriptor, or the negated error number
  public static long openBtf(int id) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attr = arena.allocate(16, 8);
      attr.set(JAVA_INT, 0, id);
      return bpf(arena, BTF_GET_FD_BY_ID, attr);
    }
  }

  /// Whose types a loaded type information has: the kernel's or a module's name, `""` for those of
  /// programs; all are `""` to kernels before 5.11, which know no names and no types of modules.
  public static String btfName(Descriptor btf) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocate(BTF_NAME_BYTES);
      MemorySegment info = arena.allocate(BTF_INFO_BYTES, 8);
      info.set(JAVA_LONG, 16, name.address());
      info.set(JAVA_INT, 24, BTF_NAME_BYTES);
      MemorySegment attr = arena.allocate(16, 8);
      attr.set(JAVA_INT, 0, btf.number());
      attr.set(JAVA_INT, 4, BTF_INFO_BYTES);
      attr.set(JAVA_LONG, 8, info.address());
      long result = bpf(arena, OBJ_GET_INFO, attr);
      if (Errno.E2BIG.is(result)) {
        return "";
      }
      Failure.check(result, "BPF_OBJ_GET_INFO_BY_FD of BTF");
      return info.get(JAVA_INT, 28) == 0 ? "" : name.getString(0);
    }
  }

  /// The bytes of loaded type information: they are asked for twice, at first for their number.
  public static byte[] btfBytes(Descriptor btf) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = arena.allocate(BTF_INFO_BYTES, 8);
      MemorySegment attr = arena.allocate(16, 8);
      attr.set(JAVA_INT, 0, btf.number());
      attr.set(JAVA_INT, 4, BTF_INFO_BYTES);
      attr.set(JAVA_LONG, 8, info.address());
      Failure.check(bpf(arena, OBJ_GET_INFO, attr), "BPF_OBJ_GET_INFO_BY_FD of BTF");
      int size = info.get(JAVA_INT, 8);
      MemorySegment bytes = arena.allocate(size);
      info.fill((byte) 0);
      info.set(JAVA_LONG, 0, bytes.address());
      info.set(JAVA_INT, 8, size);
      attr.set(JAVA_INT, 4, BTF_INFO_BYTES);
      Failure.check(bpf(arena, OBJ_GET_INFO, attr), "BPF_OBJ_GET_INFO_BY_FD of BTF");
      return bytes.toArray(ValueLayout.JAVA_BYTE);
    }
  }

  /// The id of a program's type information, or 0 if it was loaded without.
  public static int programBtf(Descriptor program) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = arena.allocate(PROGRAM_INFO_BYTES, 8);
      MemorySegment attr = arena.allocate(16, 8);
      attr.set(JAVA_INT, 0, program.number());
      attr.set(JAVA_INT, 4, PROGRAM_INFO_BYTES);
      attr.set(JAVA_LONG, 8, info.address());
      Failure.check(bpf(arena, OBJ_GET_INFO, attr), "BPF_OBJ_GET_INFO_BY_FD of a program");
      return info.get(JAVA_INT, PROGRAM_INFO_BTF);
    }
  }

  /// Loads a program.
  ///
  /// @param report where the verifier explains itself
  /// @return a descriptor, or the negated error number
  public static long loadProgram(ProgramCode code, VerifierReport report) {
    return loadProgram(code, report, Token.NONE);
  }

  /// Loads a program.
  ///
  /// @param report where the verifier explains itself
  /// @param token by whose leave
  /// @return a descriptor, or the negated error number
  public static long loadProgram(ProgramCode code, VerifierReport report, Token token) {
    try (Arena arena = Arena.ofConfined()) {
      boolean allowed = token.number() >= 0;
      MemorySegment attr = arena.allocate(allowed ? 152 : 128, 8);
      if (allowed) {
        attr.set(JAVA_INT, 144, token.number());
      }
      if (code.descriptors().length > 0) {
        attr.set(JAVA_LONG, 120, arena.allocateFrom(JAVA_INT, code.descriptors()).address());
      }
      attr.set(JAVA_INT, 0, code.type());
      attr.set(JAVA_INT, 4, code.insns().length / 8);
      attr.set(JAVA_LONG, 8, bytes(arena, code.insns()));
      attr.set(JAVA_LONG, 16, text(arena, code.license()));
      attr.set(JAVA_INT, 24, report.level());
      attr.set(JAVA_INT, 28, Math.toIntExact(report.log().byteSize()));
      attr.set(JAVA_LONG, 32, report.log().address());
      attr.set(JAVA_INT, 44, code.flags() | (allowed ? TOKEN : 0));
      putName(attr, 48, code.name());
      attr.set(JAVA_INT, 68, code.expectedAttachType());
      attr.set(JAVA_INT, 108, code.attachType());
      attr.set(JAVA_INT, 112, code.attachProgram());
      if (code.btf() >= 0) {
        attr.set(JAVA_INT, 72, code.btf());
        attr.set(JAVA_INT, 76, ProgramCode.FUNCTION_RECORD_BYTES);
        attr.set(JAVA_LONG, 80, bytes(arena, code.functions()));
        attr.set(JAVA_INT, 88, code.functions().length / ProgramCode.FUNCTION_RECORD_BYTES);
        attr.set(JAVA_INT, 92, ProgramCode.LINE_RECORD_BYTES);
        attr.set(JAVA_LONG, 96, bytes(arena, code.lines()));
        attr.set(JAVA_INT, 104, code.lines().length / ProgramCode.LINE_RECORD_BYTES);
      }
      return charged(arena, PROG_LOAD, attr);
    }
  }

  /// Pins what a descriptor stands for under a path of a BPF file system.
  public static long pin(Descriptor object, Path path) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attr = arena.allocate(16, 8);
      attr.set(JAVA_LONG, 0, arena.allocateFrom(path.toString()).address());
      attr.set(JAVA_INT, 8, object.number());
      return bpf(arena, OBJ_PIN, attr);
    }
  }

  /// Opens what is pinned under a path.
  ///
  /// @return a descriptor, or the negated error number
  public static long open(Path path) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attr = arena.allocate(16, 8);
      attr.set(JAVA_LONG, 0, arena.allocateFrom(path.toString()).address());
      return bpf(arena, OBJ_GET, attr);
    }
  }

  /// What the kernel says of a map: a definition of its kind, sizes and flags.
  ///
  /// @throws org.bpf4j.kernel.BpfException if it cannot be asked
  public static MapDefinition describe(Descriptor map, String name) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = arena.allocate(MAP_INFO_BYTES, 8);
      MemorySegment attr = arena.allocate(16, 8);
      attr.set(JAVA_INT, 0, map.number());
      attr.set(JAVA_INT, 4, MAP_INFO_BYTES);
      attr.set(JAVA_LONG, 8, info.address());
      Failure.check(bpf(arena, OBJ_GET_INFO, attr), "BPF_OBJ_GET_INFO_BY_FD of map `" + name + "`");
      return new MapDefinition(
          name,
          MapKind.of(info.get(JAVA_INT, 0)),
          info.get(JAVA_INT, 8),
          info.get(JAVA_INT, 12),
          info.get(JAVA_INT, 16),
          info.get(JAVA_INT, 20),
          0,
          0);
    }
  }

  /// Lets the kernel count runs of programs as long as the descriptor is open
  /// (`BPF_STATS_RUN_TIME`).
  ///
  /// @return a descriptor, or the negated error number
  public static long enableStatistics() {
    try (Arena arena = Arena.ofConfined()) {
      return bpf(arena, ENABLE_STATS, arena.allocate(8, 8));
    }
  }

  /// Runs a program once or more; `attr` is laid out as [ProgramRun] says.
  static long testRun(Arena arena, MemorySegment attr) {
    return bpf(arena, PROG_TEST_RUN, attr);
  }

  /// A command that takes memory, which old kernels hold against a limit.
  private static long charged(Arena arena, int command, MemorySegment attr) {
    long result = bpf(arena, command, attr);
    return Errno.EPERM.is(result) && LockedMemory.raise() ? bpf(arena, command, attr) : result;
  }

  /// Any other command.
  ///
  /// @return what it gives, or the negated error number
  static long call(Arena arena, int command, MemorySegment attr) {
    return bpf(arena, command, attr);
  }

  private static long bpf(Arena arena, int command, MemorySegment attr) {
    return Native.bpf(Native.newState(arena), command, attr, Math.toIntExact(attr.byteSize()));
  }

  /// The address of a text as C has it: of its bytes, since the JVM generates another class for
  /// copies of texts.
  static long text(Arena arena, String text) {
    return bytes(arena, (text + '\0').getBytes(StandardCharsets.UTF_8));
  }

  private static long bytes(Arena arena, byte[] bytes) {
    return bytes.length == 0 ? 0 : arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes).address();
  }

  /// Writes the first 15 characters that the kernel allows in names (`bpf_obj_name_cpy`), the
  /// others as `_`.
  private static void putName(MemorySegment attr, long offset, String name) {
    for (int i = 0; i < Math.min(name.length(), NAME_LENGTH); i++) {
      char c = name.charAt(i);
      boolean allowed = c < 128 && (Character.isLetterOrDigit(c) || c == '_' || c == '.');
      attr.set(ValueLayout.JAVA_BYTE, offset + i, (byte) (allowed ? c : '_'));
    }
  }
}
