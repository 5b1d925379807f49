package org.bpf4j.examples.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.object.MapKind;
import org.bpf4j.object.ProgramKind;

/// Something that must hold on another kernel.
///
/// @param name what it is
/// @param since the first of the guests' kernels that has what it needs: older ones may lack it
/// @param body does it, and says what was seen; may fail in any way
/// @param fires the kinds of programs that it sees running
/// @param shares the types of maps that it sees shared by programs and user space
record Check(
    String name, KernelVersion since, Body body, Set<ProgramKind> fires, Set<MapKind> shares) {

  /// A check that is not about kinds of programs or maps.
  Check(String name, KernelVersion since, Body body) {
    this(name, since, body, Set.of(), Set.of());
  }

  /// A check for all kernels.
  Check(String name, Body body) {
    this(name, KernelVersion.FLOOR, body);
  }

  /// The same check, which sees programs of these kinds running.
  Check fires(ProgramKind... kinds) {
    return new Check(name, since, body, Set.of(kinds), shares);
  }

  /// The same check, which sees maps of these types shared.
  Check shares(MapKind... kinds) {
    return new Check(name, since, body, fires, Set.of(kinds));
  }

  /// What it stands for in the table of kernels, with the first kernels that have it.
  Map<String, KernelVersion> rows() {
    if (fires.isEmpty() && shares.isEmpty()) {
      return Map.of(name, since);
    }
    Map<String, KernelVersion> rows = new TreeMap<>();
    fires.forEach(kind -> rows.put("@" + kind.annotation(), kind.since()));
    shares.forEach(kind -> rows.put(kind.name().toLowerCase(Locale.ROOT), kind.since()));
    return rows;
  }

  /// What a check does.
  interface Body {
    String run() throws Exception;
  }

  /// Fails if a number is not the expected one.
  static void expect(long wanted, long found, String what) {
    if (wanted != found) {
      throw new IllegalStateException(what + ": expected " + wanted + ", found " + found);
    }
  }

  /// This process, as programs see it.
  static int process() {
    return Math.toIntExact(ProcessHandle.current().pid());
  }

  /// Where control groups are.
  static Path groups() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/mounts")).stream()
        .map(line -> line.split(" "))
        .filter(words -> words[2].equals("cgroup2"))
        .map(words -> Path.of(words[1]))
        .findFirst()
        .orElseThrow();
  }
}
