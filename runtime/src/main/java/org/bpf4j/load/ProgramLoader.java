package org.bpf4j.load;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.bpf4j.isa.Insn;
import org.bpf4j.isa.InsnCodec;
import org.bpf4j.isa.Register;
import org.bpf4j.isa.Width;
import org.bpf4j.kernel.BpfException;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.BpfFunction;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.Helper;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.object.LineRecord;
import org.bpf4j.object.ObjectNote;
import org.bpf4j.object.ProgramSection;
import org.bpf4j.sys.Bpf;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.Errno;
import org.bpf4j.sys.Memory;
import org.bpf4j.sys.ProgramCode;
import org.bpf4j.sys.Refusal;
import org.bpf4j.sys.Token;
import org.bpf4j.sys.VerifierReport;

/// Gives one program to the verifier, and makes an exception of its refusal.
///
/// The first attempt asks for no log, since writing it takes most of the time; only after a refusal
/// the program is loaded again with a log.
final class ProgramLoader {

  /// How often the verifier may be interrupted by a signal (`EAGAIN`) before we give up.
  private static final int ATTEMPTS = 5;

  /// The greatest log that all kernels take: `UINT_MAX >> 8` before 5.2.
  private static final long LOG_BYTES = (1 << 24) - 1;

  /// Room for a reason and counts.
  private static final long VERDICT_BYTES = 1 << 16;

  /// How the verifier refuses the call of a helper (`check_helper_call` of the kernel).
  private static final Pattern HELPER_CALL =
      Pattern.compile("(?:invalid func|unknown func|cannot use helper) \\w+#(\\d{1,9})");

  private final ProgramSection section;
  private final Assembly assembly;
  private final Patched patched;
  private final Optional<KernelVersion> floor;
  private final ProgramCode code;
  private final Token token;

  ProgramLoader(
      BpfObject object,
      ProgramSection section,
      Assembly assembly,
      Patched patched,
      LoadedTypes types,
      Binding binding) {
    this.section = section;
    this.assembly = assembly;
    this.patched = patched;
    token = types.token();
    floor = floor(object, assembly.program()).filter(KernelVersion::isNewerThanRunning);
    List<Descriptor> modules = patched.modules().values().stream().distinct().toList();
    boolean described = types.isPresent() && isDescribed(assembly);
    code =
        new ProgramCode(
            assembly.program().name(),
            section.type().number(),
            AttachTarget.attachType(object, section, assembly.program()),
            binding.type(),
            binding.program(),
            section.flags(),
            object.license(),
            insns(patched, modules),
            described ? types.number() : -1,
            described ? functions(assembly) : new byte[0],
            described ? lines(assembly, types) : new byte[0],
            numbers(modules));
  }

  private static Optional<KernelVersion> floor(BpfObject object, BpfFunction program) {
    return object.note().stream()
        .flatMap(note -> note.floors().stream())
        .filter(floor -> floor.program().equals(program.name()))
        .map(ObjectNote.ProgramFloor::kernel)
        .findFirst();
  }

  /// The instructions; a call of a module's function says in its offset where the descriptor of the
  /// module's types is. The first place stands for the kernel.
  private static byte[] insns(Patched patched, List<Descriptor> modules) {
    byte[] bytes = InsnCodec.encode(patched.insns());
    patched
        .modules()
        .forEach(
            (slot, module) ->
                ByteBuffer.wrap(bytes)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putShort(
                        slot * InsnCodec.SLOT_BYTES + Short.BYTES,
                        (short) (modules.indexOf(module) + 1)));
    return bytes;
  }

  private static int[] numbers(List<Descriptor> modules) {
    return modules.isEmpty()
        ? new int[0]
        : IntStream.concat(IntStream.of(0), modules.stream().mapToInt(Descriptor::number))
            .toArray();
  }

  /// The kernel wants all functions described or none.
  private static boolean isDescribed(Assembly assembly) {
    return assembly.functions().stream().allMatch(placed -> placed.function().btfType() != 0);
  }

  private static byte[] functions(Assembly assembly) {
    ByteBuffer records = records(assembly.functions().size(), ProgramCode.FUNCTION_RECORD_BYTES);
    for (Assembly.Placed placed : assembly.functions()) {
      records.putInt(placed.start()).putInt(placed.function().btfType());
    }
    return records.array();
  }

  /// The kernel wants a line at the start of each function, or no lines at all.
  private static byte[] lines(Assembly assembly, LoadedTypes types) {
    int count = 0;
    for (Assembly.Placed placed : assembly.functions()) {
      List<LineRecord> lines = placed.function().lines();
      if (lines.isEmpty() || lines.getFirst().at().value() != 0) {
        return new byte[0];
      }
      count += lines.size();
    }
    ByteBuffer records = records(count, ProgramCode.LINE_RECORD_BYTES);
    for (Assembly.Placed placed : assembly.functions()) {
      int[] texts = types.texts().of(placed.function());
      int next = 0;
      for (LineRecord line : placed.function().lines()) {
        records.putInt(placed.start() + line.at().value());
        records.putInt(texts[next++]).putInt(texts[next++]);
        records.putInt(line.line() << 10 | line.column());
      }
    }
    return records.array();
  }

  private static ByteBuffer records(int count, int bytes) {
    return ByteBuffer.allocate(count * bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /// How many slots of 8 bytes its code has.
  int slots() {
    return code.insns().length / InsnCodec.SLOT_BYTES;
  }

  /// Loads the program. What failed for want of memory, or for another reason that is gone with the
  /// next moment, may go well when it is tried again with a log.
  Descriptor load() {
    long result = attempt(code, VerifierReport.NONE);
    if (Errno.EPERM.is(result)) {
      throw Refusal.ofLoad(result, action(), section.type());
    }
    return result < 0 ? loadWithLog(result) : Descriptor.of(result, action());
  }

  private long attempt(ProgramCode code, VerifierReport report) {
    long result = Bpf.loadProgram(code, report, token);
    for (int i = 1; i < ATTEMPTS && Errno.EAGAIN.is(result); i++) {
      result = Bpf.loadProgram(code, report, token);
    }
    return result;
  }

  private String action() {
    return "BPF_PROG_LOAD of " + section.kind() + " `" + code.name() + "`";
  }

  /// All that the verifier says is asked for. Where that is too much, kernels since 6.4 keep the
  /// end; older ones keep the beginning, and the verdict alone is asked for and added.
  private Descriptor loadWithLog(long refused) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment log = Memory.reserve(Memory.pages(LOG_BYTES), arena).asSlice(0, LOG_BYTES);
      long result = attempt(code, VerifierReport.to(log));
      String text = log.getString(0);
      if (Errno.ENOSPC.is(result)) {
        MemorySegment verdict = arena.allocate(VERDICT_BYTES);
        result = attempt(code, VerifierReport.verdictTo(verdict));
        String last = verdict.getString(0);
        text = text.endsWith(last) ? text : text + "\n" + last;
      }
      if (result < 0) {
        throw refusal(refused, new VerifierLog(text));
      }
      return Descriptor.of(result, action());
    }
  }

  /// What a kernel is too old for, it says in several ways, or not at all.
  private BpfException refusal(long result, VerifierLog log) {
    boolean bound = section.btfPrefix().isPresent();
    boolean refused = Errno.EINVAL.is(result);
    boolean tooNew =
        section.since().isNewerThanRunning()
            && (log.isSilent() || log.forbidsSleep() || !bound && !exists(section));
    if (refused && (tooNew || log.text().isBlank() && !bound && !exists(section))) {
      return new UnsupportedFeatureException(
          section
              .form()
              .map(form -> "programs of section `" + section.name() + "`")
              .orElse("programs of kind " + section.kind()),
          section.since());
    }
    return log.text().isBlank() ? Refusal.ofLoad(result, action(), section.type()) : rejection(log);
  }

  private BpfException rejection(VerifierLog log) {
    OptionalInt slot = log.slot();
    String reason = log.reason();
    Optional<Helper> absent = absentHelper(reason);
    if (absent.isPresent()) {
      return new UnsupportedFeatureException(
          "the helper bpf_" + absent.get().kernelName() + at(slot), absent.get().since());
    }
    Optional<String> unresolved =
        slot.isPresent() && reason.contains("unknown#")
            ? Optional.ofNullable(patched.unresolved().get(slot.getAsInt()))
            : Optional.empty();
    return Rejection.of(
        assembly,
        log,
        unresolved,
        Refusal.hint(reason)
            + floor.map(needed -> "; the program needs Linux " + needed).orElse(""),
        patched.unknown());
  }

  /// The helper that a program calls and that is newer than the kernel, if that is why it was
  /// rejected: the verifier tells its number, perhaps behind a name.
  private static Optional<Helper> absentHelper(String reason) {
    Matcher call = HELPER_CALL.matcher(reason);
    return call.find()
        ? Helper.of(Integer.parseInt(call.group(1)))
            .filter(helper -> helper.since().isNewerThanRunning())
        : Optional.empty();
  }

  /// Where in the source an instruction is, in words.
  private String at(OptionalInt slot) {
    return (slot.isPresent() ? assembly.line(slot.getAsInt()) : Optional.<LineRecord>empty())
        .map(line -> ", which is called at " + line.file() + ":" + line.line())
        .orElse("");
  }

  /// Whether the kernel takes the smallest program of a kind.
  private boolean exists(ProgramSection section) {
    List<Insn> insns =
        List.of(
            new Insn.Alu(Width.W64, Insn.AluOp.MOV, Register.R0, new Insn.Operand.Imm(0)),
            new Insn.Exit());
    ProgramCode smallest =
        new ProgramCode(
            "probe",
            section.type().number(),
            section.attachType(),
            0,
            0,
            section.flags(),
            "GPL",
            InsnCodec.encode(insns),
            -1,
            new byte[0],
            new byte[0],
            new int[0]);
    long result = attempt(smallest, VerifierReport.NONE);
    if (result >= 0) {
      Descriptor.of(result, "BPF_PROG_LOAD").close();
    }
    return !Errno.EINVAL.is(result);
  }
}
