package org.bpf4j.benchmarks;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Links;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.kernel.Kernel;
import org.bpf4j.kernel.LoadRequest;
import org.bpf4j.object.BpfFunction;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.CodeSection;
import org.bpf4j.object.ElfReader;

/// Opens, loads, attaches and closes objects of raw tracepoints by turns with a process that does
/// the same by libbpf, and prints the CPU time of both: what loading costs a JVM that is warm.
public final class LoadRounds {

  /// A round of either side takes about this long.
  private static final long ROUND_NANOS = 100_000_000;

  /// How long each object is loaded before it counts, since the JIT compiler needs hundreds of
  /// times.
  private static final long WARM_NANOS = 15_000_000_000L;

  private static final int ROUNDS = 31;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final BufferedReader answers;
  private final PrintStream questions;

  private LoadRounds(Process peer) {
    answers = peer.inputReader(StandardCharsets.US_ASCII);
    questions = new PrintStream(peer.getOutputStream(), true, StandardCharsets.US_ASCII);
  }

  /// Compares.
  ///
  /// @param arguments the peer's command, and the objects' files
  public static void main(String[] arguments) throws IOException {
    Process peer =
        new ProcessBuilder(arguments[0]).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try {
      LoadRounds rounds = new LoadRounds(peer);
      for (int i = 1; i < arguments.length; i++) {
        rounds.compare(Path.of(arguments[i]));
      }
    } finally {
      peer.destroy();
    }
  }

  private void compare(Path file) throws IOException {
    long start = System.nanoTime();
    long mine = ours(file, 1);
    while (System.nanoTime() - start < WARM_NANOS) {
      mine = ours(file, 10);
    }
    int count = (int) Math.max(1, ROUND_NANOS / mine);
    List<Long> ours = new ArrayList<>();
    List<Long> theirs = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      ours.add(ours(file, count));
      theirs.add(theirs(file, count));
      ratios.add((double) ours.getLast() / theirs.getLast());
    }
    System.out.printf(
        "%-20s bpf4j %7.3f ms, libbpf %7.3f ms, ratio %.2f%n",
        file.getFileName(), median(ours) / 1e6, median(theirs) / 1e6, median(ratios));
  }

  private static <N extends Number & Comparable<N>> double median(List<N> numbers) {
    Collections.sort(numbers);
    return numbers.get(numbers.size() / 2).doubleValue();
  }

  private long theirs(Path file, int count) throws IOException {
    questions.println(file + " " + count);
    long nanos = Long.parseLong(answers.readLine());
    if (nanos < 0) {
      throw new IllegalStateException("the peer failed");
    }
    return nanos;
  }

  private long ours(Path file, int count) throws IOException {
    long start = threads.getCurrentThreadCpuTime();
    for (int i = 0; i < count; i++) {
      once(file);
    }
    return (threads.getCurrentThreadCpuTime() - start) / count;
  }

  private static void once(Path file) throws IOException {
    BpfObject object = ElfReader.read(Files.readAllBytes(file));
    try (LoadedObject loaded = Kernel.local().load(LoadRequest.of(object, LoadRounds.class));
        Links links = new Links()) {
      for (CodeSection section : object.code()) {
        String tracepoint = section.name().substring(section.name().indexOf('/') + 1);
        if (!section.isText()) {
          for (BpfFunction program : section.functions()) {
            links.own(loaded.program(program.name()).attach(new Hook.RawTracepoint(tracepoint)));
          }
        }
      }
    }
  }
}
