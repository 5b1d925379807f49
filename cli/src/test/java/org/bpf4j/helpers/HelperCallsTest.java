package org.bpf4j.helpers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bpf4j.cases.Javac;
import org.bpf4j.cases.KernelUse;
import org.bpf4j.kernel.BpfException;
import org.bpf4j.kernel.Kernel;
import org.bpf4j.kernel.LoadRequest;
import org.bpf4j.kernel.RejectedException;
import org.bpf4j.lang.Context;
import org.bpf4j.lang.Helpers;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.ElfReader;
import org.bpf4j.object.Helper;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.object.Signature;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every method of `Helpers` in a program of every kind that may call it: the kernel must load it.
///
/// The programs are made from the methods' parameters, so a new helper is tested as it is declared.
class HelperCallsTest {

  /// Helpers that only some configurations of the kernel have.
  private static final Set<Helper> CONFIGURED =
      Set.of(Helper.PROBE_WRITE_USER, Helper.OVERRIDE_RETURN);

  /// Helpers whose kernel object is a task.
  private static final Set<Helper> OF_TASKS =
      Set.of(
          Helper.GET_TASK_STACK, Helper.TASK_PT_REGS, Helper.COPY_FROM_USER_TASK, Helper.FIND_VMA);

  /// Helpers on variables of the kernel, which this machine's table of symbols may lack.
  private static final Set<Helper> OF_VARIABLES = Set.of(Helper.PER_CPU_PTR, Helper.THIS_CPU_PTR);

  /// The kinds whose programs the test writes, each with a method's head and its end.
  private static final Map<ProgramKind, List<String>> KINDS = kinds();

  private static Map<ProgramKind, List<String>> kinds() {
    Map<ProgramKind, List<String>> kinds = new LinkedHashMap<>();
    kinds.put(
        ProgramKind.XDP, List.of("@Xdp static XdpAction %s(XdpContext ctx)", "XdpAction.PASS"));
    kinds.put(ProgramKind.TC, List.of("@Tc static TcAction %s(TcContext ctx)", "TcAction.OK"));
    kinds.put(
        ProgramKind.SK_MSG,
        List.of("@SkMsg static SocketAction %s(SkMsgContext ctx)", "SocketAction.PASS"));
    kinds.put(
        ProgramKind.SK_SKB_STREAM_VERDICT,
        List.of(
            "@SkSkbStreamVerdict static SocketAction %s(SkSkbContext ctx)", "SocketAction.PASS"));
    kinds.put(
        ProgramKind.TRACEPOINT,
        List.of("@Tracepoint(\"syscalls/sys_enter_execve\") static int %s()", "0"));
    kinds.put(
        ProgramKind.RAW_TRACEPOINT,
        List.of("@RawTracepoint(\"sys_enter\") static int %s(RawTracepointContext ctx)", "0"));
    kinds.put(ProgramKind.KPROBE, List.of("@Kprobe(\"do_unlinkat\") static int %s()", "0"));
    kinds.put(ProgramKind.SYSCALL, List.of("@Syscall static int %s(Request request)", "0"));
    return kinds;
  }

  @TestFactory
  Stream<DynamicTest> everyKind() {
    return KINDS.keySet().stream()
        .map(kind -> DynamicTest.dynamicTest(kind.name(), () -> everyHelper(kind)));
  }

  private static void everyHelper(ProgramKind kind) throws Exception {
    KernelUse.current().check();
    Map<String, Helper> helpers = new LinkedHashMap<>();
    StringBuilder programs = new StringBuilder();
    for (Helper helper : Helper.values()) {
      if (helper.kinds().contains(kind)) {
        Optional<String> call = call(helper, kind);
        if (call.isPresent()) {
          String name = "call" + helpers.size();
          helpers.put(name, helper);
          programs.append(program(kind, name, call.get()));
        }
      }
    }
    assertThat(helpers).as("helpers for %s", kind).hasSizeGreaterThan(15);
    BpfObject object = compiled(programs.toString());
    List<String> refused = new ArrayList<>();
    for (Map.Entry<String, Helper> entry : helpers.entrySet()) {
      Set<String> others =
          object.programs().stream()
              .map(p -> p.name())
              .filter(name -> !name.equals(entry.getKey()))
              .collect(Collectors.toSet());
      LoadRequest request =
          new LoadRequest(object, HelperCallsTest.class, Map.of(), Map.of(), others);
      try {
        Kernel.local().load(request).close();
      } catch (RejectedException e) {
        if (!CONFIGURED.contains(entry.getValue())) {
          refused.add(entry.getValue() + ": " + lastLines(e));
        }
      } catch (BpfException e) {
        refused.add(entry.getValue() + ": " + e.getMessage());
      }
    }
    assertThat(refused).isEmpty();
  }

  private static String lastLines(RejectedException e) {
    List<String> lines = String.valueOf(e.getMessage()).lines().toList();
    return String.join(" / ", lines.subList(Math.max(0, lines.size() - 6), lines.size()));
  }

  private static BpfObject compiled(String programs) throws Exception {
    String source =
        """
        import org.bpf4j.lang.*;

        @Bpf(license = "GPL")
        public final class Calls {
          @Struct static final class Request { long number; }
          @Struct static final class Line { final BpfString text = BpfString.ofSize(16); }
          static final PerfEventArray<Request> events = PerfEventArray.create();
          static final CgroupArray cgroups = CgroupArray.create(1);
          static final byte[] shared = new byte[64];
          @KernelStruct("task_struct") interface Task { int tgid(); }
          @KernelStruct("pt_regs") interface Registers { }
          @KernelStruct("sock") interface Sock { }
        %s}
        """
            .formatted(programs);
    try (Javac javac = new Javac()) {
      return ElfReader.read(
          javac.compile(List.of(Javac.source("Calls", source))).orFail().objects().get("Calls"));
    }
  }

  private static String program(ProgramKind kind, String name, String call) {
    String head = KINDS.get(kind).getFirst().formatted(name);
    String end = KINDS.get(kind).getLast();
    String body =
        call.contains("socket")
            ? """
                  BpfSock socket = Helpers.skLookupTcp(ctx, new SockTuple4(), -1, 0);
                  if (socket == null) return %1$s;
                  %2$s;
                  Helpers.skRelease(socket);
              """
                .formatted(end, call)
            : "    " + call + ";\n";
    return "  %s {\n%s    return %s;\n  }\n".formatted(head, body, end);
  }

  /// A call of a helper, or nothing if this test has no arguments for it.
  private static Optional<String> call(Helper helper, ProgramKind kind) {
    return Arrays.stream(Helpers.class.getMethods())
        .filter(method -> method.getName().equals(helper.methodName()))
        .min(Comparator.comparingInt(method -> method.getParameterCount()))
        .flatMap(
            method -> {
              List<String> arguments = new ArrayList<>();
              Iterator<Signature.Argument> kinds =
                  helper.signature().orElseThrow().arguments().stream()
                      .filter(Signature.Argument::isGiven)
                      .iterator();
              for (Class<?> type : method.getParameterTypes()) {
                Optional<String> argument =
                    type == Context.class
                        ? Optional.of("ctx").filter(_ -> isNetwork(kind))
                        : type == Class.class
                            ? Optional.of("Task.class")
                            : argument(helper, kinds.next(), type, kind);
                if (argument.isEmpty()) {
                  return Optional.empty();
                }
                arguments.add(argument.get());
              }
              if (helper == Helper.SK_RELEASE || helper.acquires()) {
                return Optional.of("var found = socket");
              }
              return Optional.of(
                  "Helpers.%s(%s)".formatted(method.getName(), String.join(", ", arguments)));
            });
  }

  private static boolean isNetwork(ProgramKind kind) {
    return findsSockets(kind) || kind == ProgramKind.SK_MSG;
  }

  private static boolean findsSockets(ProgramKind kind) {
    return Helper.SK_LOOKUP_TCP.kinds().contains(kind);
  }

  /// An expression that fits a parameter.
  private static Optional<String> argument(
      Helper helper, Signature.Argument wanted, Class<?> type, ProgramKind kind) {
    if (OF_VARIABLES.contains(helper)) {
      return Optional.empty();
    } else if (wanted == Signature.Argument.SOCKET) {
      return Optional.of("socket").filter(_ -> findsSockets(kind));
    } else if (wanted == Signature.Argument.KERNEL_POINTER) {
      return OF_TASKS.contains(helper)
          ? Optional.of("Helpers.getCurrentTaskBtf(Task.class)")
          : Optional.empty();
    }
    if (helper == Helper.DYNPTR_FROM_MEM && wanted == Signature.Argument.MEMORY_READ_WRITE) {
      return Optional.of("shared");
    }
    return switch (type.getSimpleName()) {
      case "int", "long" -> Optional.of("0");
      case "int[]" -> Optional.of("new int[1]");
      case "long[]" -> Optional.of("new long[1]");
      case "String" -> Optional.of("\"text\"");
      case "BpfString" -> Optional.of("new Line().text");
      case "PerfEventArray" -> Optional.of("events").filter(_ -> kind != ProgramKind.SYSCALL);
      case "CgroupArray" -> Optional.of("cgroups");
      case "RedirNeigh" -> Optional.of("null");
      case "IntPredicate" -> Optional.of("i -> true");
      case "Consumer" -> Optional.of("area -> {}");
      case "Object" -> Optional.of("new byte[64]");
      default -> Optional.of("new " + type.getSimpleName() + "()");
    };
  }
}
