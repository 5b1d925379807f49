package org.bpf4j.examples.relocation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// What the kernel says of this process and of its own types elsewhere: in `/proc`, and in its BTF
/// read by hand. The lines are those of [TaskFacts].
final class Truth {

  /// `USER_HZ`: ticks in which `/proc` counts.
  private static final long TICK_NANOSECONDS = 10_000_000;

  private static final int MAX_NAME = 15;

  private Truth() {}

  /// The layouts.
  static List<String> types() throws IOException {
    KernelLayout kernel = new KernelLayout();
    KernelLayout.Place comm = kernel.member("task_struct", "comm");
    return List.of(
        "types %d %d %d 0 -1 %d"
            .formatted(
                kernel.constant("bpf_map_type", "BPF_MAP_TYPE_ARENA"),
                kernel.constant("bpf_attach_type", "__MAX_BPF_ATTACH_TYPE"),
                kernel.struct("task_struct").bytes(),
                kernel.has("inode", "i_mtime") ? 1 : 0),
        "fields %d %d 1 %s"
            .formatted(
                kernel.member("task_struct", "tgid").bit() / Byte.SIZE,
                kernel.size(comm),
                clock(kernel)));
  }

  /// Where a bit field is that old kernels lack: its word, the word's size, what is above it, and
  /// what is left without it.
  private static String clock(KernelLayout kernel) {
    List<String> names = List.of("tstamp_type", "mono_delivery_time");
    if (names.stream().noneMatch(name -> kernel.has("sk_buff", name))) {
      return "-1 -1 -1 -1";
    }
    KernelLayout.Place clock = kernel.member("sk_buff", names.toArray(String[]::new));
    return "%d %d %d %d"
        .formatted(
            clock.bit() / Byte.SIZE,
            kernel.size(clock),
            Long.SIZE - clock.bit() % Byte.SIZE - clock.bits(),
            Long.SIZE - clock.bits());
  }

  /// This process.
  static String process() throws IOException {
    String[] stat =
        Files.readString(Path.of("/proc/self/stat")).replaceFirst(".*\\) ", "").split(" ");
    Path program = Path.of("/proc/self/exe").toRealPath();
    FileTime modified = Files.getLastModifiedTime(program);
    long nanoseconds = modified.to(TimeUnit.NANOSECONDS);
    return "task %d parent %s uid %s nice %s start %s arguments %s files %s namespace %s"
            .formatted(
                ProcessHandle.current().pid(),
                stat[1],
                number("status", "Uid:\\s+(\\d+)"),
                stat[16],
                stat[19],
                stat[45],
                number("limits", "Max open files\\s+(\\d+)"),
                Files.readSymbolicLink(Path.of("/proc/self/ns/pid_for_children"))
                    .toString()
                    .replaceAll("\\D", ""))
        + " modified %d.%d comm %s program %s"
            .formatted(
                nanoseconds / 1_000_000_000,
                nanoseconds % 1_000_000_000,
                clipped(Files.readString(Path.of("/proc/self/comm")).strip()),
                program.getFileName());
  }

  /// A line of a process with the time in ticks, as `/proc` has it.
  static String inTicks(String line) {
    return Pattern.compile("start (\\d+)")
        .matcher(line)
        .replaceFirst(match -> "start " + Long.parseLong(match.group(1)) / TICK_NANOSECONDS);
  }

  private static String number(String file, String pattern) throws IOException {
    return Pattern.compile(pattern)
        .matcher(Files.readString(Path.of("/proc/self", file)))
        .results()
        .map(match -> match.group(1))
        .findFirst()
        .orElseThrow();
  }

  private static String clipped(String text) {
    return text.substring(0, Math.min(text.length(), MAX_NAME));
  }
}
