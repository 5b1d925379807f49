package org.bpf4j.load;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bpf4j.kernel.BpfException;
import org.bpf4j.kernel.Kernel;
import org.bpf4j.kernel.LoadRequest;
import org.bpf4j.kernel.RejectedException;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.MapKind;

/// Programs with the mistakes that people make, each of which the verifier finds.
///
/// As a command it prints what the running kernel says of them, in the form of [RejectionLogs].
final class Rejections {

  /// How many lines of steps are kept.
  private static final int KEPT = 12;

  /// A program with a mistake.
  ///
  /// @param name what the mistake is
  /// @param object the object whose first program has it
  /// @param said what the explanation has, on every kernel
  record Mistake(String name, BpfObject object, String said) {}

  private static final String FOUND =
      """
      *(u64 *)(r10 - 8) = 0
      r2 = r10
      r2 += -8
      r1 = map table
      call 1
      """;

  private static final String RECORD =
      """
      r1 = map ring
      r2 = 16
      r3 = 0
      call 131
      """;

  private static final String PACKET =
      """
      r2 = *(u32 *)(r1 + 4)
      r3 = *(u32 *)(r1 + 0)
      """;

  private static final String OUT = "if r0 == 0 goto +1\n";

  private final List<Mistake> all = new ArrayList<>();

  private Rejections() {}

  /// All of them.
  static List<Mistake> all() {
    Rejections rejections = new Rejections();
    rejections.memory();
    rejections.packets();
    rejections.stack();
    rejections.types();
    rejections.calls();
    rejections.resources();
    rejections.flow();
    return List.copyOf(rejections.all);
  }

  private void memory() {
    add("null", "is used that may be null", FOUND + "r0 = *(u32 *)(r0 + 0)\nexit");
    add(
        "value",
        "4 bytes at offset 12 of a map's value",
        FOUND + OUT + "r0 = *(u32 *)(r0 + 12)\nr0 = 0\nexit");
    add(
        "before-value",
        "before its beginning",
        FOUND + OUT + "r0 = *(u32 *)(r0 - 4)\nr0 = 0\nexit");
    add(
        "index",
        "up to 15 of a map's value",
        FOUND
            + """
            if r0 == 0 goto +4
            r1 = *(u32 *)(r0 + 0)
            r1 &= 15
            r0 += r1
            r0 = *(u8 *)(r0 + 0)
            exit
            """);
    add(
        "negative-index",
        "may be negative",
        FOUND
            + """
            if r0 == 0 goto +5
            r1 = *(u64 *)(r0 + 0)
            if r1 s> 3 goto +3
            if r1 s< -3 goto +2
            r0 += r1
            r0 = *(u8 *)(r0 + 0)
            exit
            """);
    add(
        "index-without-bound",
        "no lower bound",
        FOUND
            + """
            if r0 == 0 goto +4
            r1 = *(u64 *)(r0 + 0)
            if r1 s> 3 goto +2
            r0 += r1
            r0 = *(u8 *)(r0 + 0)
            exit
            """);
    add(
        "unbounded-index",
        "no upper bound",
        FOUND
            + """
            if r0 == 0 goto +3
            r1 = *(u32 *)(r0 + 0)
            r0 += r1
            r0 = *(u8 *)(r0 + 0)
            exit
            """);
    add(
        "record",
        "8 bytes at offset 12 of memory that has 16 bytes",
        RECORD
            + """
            if r0 == 0 goto +5
            r1 = r0
            *(u64 *)(r0 + 12) = 1
            r2 = 0
            call 132
            r0 = 0
            exit
            """);
    add("read-only", "may only read", "r1 = data .rodata 0\n*(u64 *)(r1 + 0) = 1\nr0 = 0\nexit");
    add("null-pointer", "a number (in r1)", "r1 = 0\nr0 = *(u64 *)(r1 + 0)\nexit");
    add("misaligned", "a multiple of 8", "r1 = 1\nlock *(u64 *)(r10 - 12) += r1\nr0 = 0\nexit");
  }

  private void packets() {
    add(
        "packet",
        "nothing is known to be there: check before that it has 13",
        PACKET + "r0 = *(u8 *)(r3 + 12)\nexit");
    add(
        "short-packet",
        "the first 14 bytes are known to be there: check before that it has 16",
        PACKET
            + """
            r4 = r3
            r4 += 14
            r0 = 1
            if r4 > r2 goto +1
            r0 = *(u32 *)(r3 + 12)
            exit
            """);
    add(
        "moved-packet",
        "any more",
        PACKET
            + """
            r6 = r3
            r2 = 4
            call 44
            r0 = *(u8 *)(r6 + 0)
            exit
            """);
    program("socket-packet", "socket", "has no such field", "r0 = *(u32 *)(r1 + 76)\nexit");
  }

  private void stack() {
    add("register", "nothing is assigned", "r0 = r3\nexit");
    add("result", "nothing was assigned", "exit");
    add("stack", "not written", "r0 = *(u64 *)(r10 - 8)\nexit");
    add(
        "argument-on-stack",
        "not written",
        "r2 = r10\nr2 += -8\nr1 = map table\ncall 1\nr0 = 0\nexit");
    add("beyond-stack", "512 bytes", "*(u64 *)(r10 - 520) = 1\nr0 = 0\nexit");
    add(
        "beyond-stack-argument",
        "512 bytes",
        "r2 = r10\nr2 += -4\nr1 = map table\ncall 1\nr0 = 0\nexit");
    object(
        "stack-of-calls",
        "the kernel gives 512",
        new ObjectText()
            .subprogram("inner", "*(u64 *)(r10 - 400) = 1\nr0 = 0\nexit")
            .program("xdp", "p", "*(u64 *)(r10 - 200) = 1\ncall inner\nexit"));
    add(
        "stack-index",
        "512 bytes",
        """
        r2 = *(u32 *)(r1 + 12)
        r2 &= 63
        r3 = r10
        r3 += -16
        r3 += r2
        *(u8 *)(r3 + 0) = 1
        r0 = 0
        exit
        """);
  }

  private void types() {
    add("context", "no such field", "r0 = *(u32 *)(r1 + 200)\nexit");
    add("context-size", "no such field", "r0 = *(u64 *)(r1 + 4)\nexit");
    add("context-write", "the context", "*(u32 *)(r1 + 0) = 1\nr0 = 0\nexit");
    add("context-moved", "offset", "r1 += 8\nr0 = *(u32 *)(r1 + 0)\nexit");
    program(
        "kernel-struct",
        "tp_btf/sched_process_fork",
        "struct task_struct",
        "r1 = *(u64 *)(r1 + 0)\nr0 = *(u64 *)(r1 + 30000)\nexit");
    program(
        "kernel-write",
        "tp_btf/sched_process_fork",
        "may only read",
        "r1 = *(u64 *)(r1 + 0)\n*(u64 *)(r1 + 16) = 1\nr0 = 0\nexit");
    program(
        "kernel-arguments",
        "tp_btf/sched_process_fork",
        "fewer parameters",
        "r0 = *(u64 *)(r1 + 40)\nexit");
    add("arithmetic", "reference", "r2 = *(u32 *)(r1 + 12)\nr1 *= r2\nr0 = 0\nexit");
    add(
        "arithmetic-of-null",
        "what may be null",
        FOUND + "r0 += 4\nif r0 == 0 goto +1\nr0 = *(u8 *)(r0 + 0)\nexit");
    program("returned", "cgroup_skb/ingress", "may return 5", "r0 = 5\nexit");
    program("returned-unknown", "cgroup_skb/ingress", "0 to 1", "r0 = *(u32 *)(r1 + 0)\nexit");
    program("returned-reference", "tp_btf/sched_process_fork", "", "r0 = r1\nexit");
  }

  private void calls() {
    add("argument-number", "argument 2", "r1 = map table\nr2 = 7\ncall 1\nr0 = 0\nexit");
    add("argument-map", "argument 1", "r2 = r10\nr1 = 5\ncall 1\nr0 = 0\nexit");
    add(
        "argument-may-be-null",
        "argument 2",
        FOUND + "r2 = r0\nr1 = map table\ncall 1\nr0 = 0\nexit");
    add(
        "argument-size",
        "no upper bound",
        """
        r2 = *(u32 *)(r1 + 12)
        r1 = r10
        r1 += -16
        r3 = 0
        call 113
        r0 = 0
        exit
        """);
    add(
        "argument-negative-size",
        "negative",
        FOUND
            + """
            if r0 == 0 goto +6
            r2 = *(u64 *)(r0 + 0)
            if r2 s> 16 goto +4
            r1 = r10
            r1 += -16
            r3 = 0
            call 113
            r0 = 0
            exit
            """);
    add("wrong-map", "take", "r2 = map table\nr3 = 0\ncall 12\nr0 = 0\nexit");
    program("other-kind's-helper", "socket", "have no helper", "r2 = 4\ncall 44\nr0 = 0\nexit");
    add("no-helper", "have no helper", "call 9999\nr0 = 0\nexit");
    object(
        "licence",
        "GPL",
        unlicensed(new ObjectText().program("tracepoint", "p", "call 113\nr0 = 0\nexit")));
    object("deep", "8", deep(new ObjectText(), 9).program("xdp", "p", "call f8\nexit"));
  }

  private void resources() {
    add("not-released", "line 4", RECORD + "r0 = 0\nexit");
    add(
        "used-after",
        "any more",
        RECORD
            + """
            if r0 == 0 goto +6
            r6 = r0
            r1 = r0
            r2 = 0
            call 132
            *(u64 *)(r6 + 0) = 1
            r0 = 0
            exit
            """);
    add(
        "released-twice",
        "argument 1",
        RECORD
            + """
            if r0 == 0 goto +8
            r6 = r0
            r1 = r0
            r2 = 0
            call 132
            r1 = r6
            r2 = 0
            call 132
            r0 = 0
            exit
            """);
  }

  private void flow() {
    add("endless", "loop", "r0 = 0\nr1 = 0\nif r1 == 0 goto -1\nexit");
    add("unreachable", "nothing gets to", "r0 = 1\nexit\nr0 = 2\nexit");
    add("falls-off", "end", "r0 = 1");
    add(
        "too-many-steps",
        "gave up",
        """
        r0 = 0
        r1 = 0
        r1 += 1
        r0 += r1
        if r1 < 400000 goto -3
        exit
        """);
    object(
        "recursion",
        "",
        new ObjectText()
            .subprogram("again", "call again\nexit")
            .program("xdp", "p", "call again\nexit"));
  }

  private static ObjectText deep(ObjectText text, int depth) {
    text.subprogram("f0", "r0 = 0\nexit");
    for (int i = 1; i < depth; i++) {
      text.subprogram("f" + i, "call f" + (i - 1) + "\nexit");
    }
    return text;
  }

  private static BpfObject unlicensed(ObjectText text) {
    BpfObject object = text.build();
    return new BpfObject(
        "Proprietary",
        object.code(),
        object.maps(),
        object.data(),
        object.btf(),
        object.note(),
        object.origins());
  }

  private void add(String name, String said, String lines) {
    program(name, "xdp", said, lines);
  }

  private void program(String name, String section, String said, String lines) {
    ObjectText text = new ObjectText();
    if (lines.contains("map table")) {
      text.map("table", MapKind.HASH, 8, 8, 16);
    }
    if (lines.contains("map ring")) {
      text.map("ring", MapKind.RINGBUF, 0, 0, 4096);
    }
    if (lines.contains("data .rodata")) {
      text.data(".rodata", "constant", 5);
    }
    object(name, said, text.program(section, "p", lines));
  }

  private void object(String name, String said, ObjectText text) {
    object(name, said, text.build());
  }

  private void object(String name, String said, BpfObject object) {
    all.add(new Mistake(name, object, said));
  }

  /// Prints a log for each.
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    for (Mistake mistake : all()) {
      out.println("=== " + mistake.name());
      out.println(log(mistake));
    }
  }

  private static String log(Mistake mistake) {
    try {
      Kernel.local().load(LoadRequest.of(mistake.object(), Rejections.class)).close();
      return "accepted";
    } catch (RejectedException e) {
      return shortened(e.log().strip());
    } catch (BpfException e) {
      return "other: " + e.getMessage();
    }
  }

  /// Without most of the steps, and of the report of kernels since 7.3 only the reason.
  private static String shortened(String log) {
    List<String> steps = new ArrayList<>();
    List<String> report = new ArrayList<>();
    boolean reported = false;
    boolean wanted = true;
    for (String line : log.lines().toList()) {
      reported |= line.startsWith("Verification failed: ");
      wanted =
          reported
              && (line.matches("(Verification failed|processed).*|Reason:")
                  || wanted && !line.equals("At:"));
      if (!reported) {
        steps.add(line);
      } else if (wanted) {
        report.add(line);
      }
    }
    List<String> kept =
        new ArrayList<>(steps.subList(Math.max(0, steps.size() - KEPT), steps.size()));
    kept.addAll(report);
    return String.join("\n", kept);
  }
}
