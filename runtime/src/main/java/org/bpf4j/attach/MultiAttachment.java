package org.bpf4j.attach;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Link;
import org.bpf4j.kernel.NoSuchTargetException;
import org.bpf4j.kernel.NotPermittedException;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.Errno;
import org.bpf4j.sys.KernelLink;
import org.bpf4j.sys.KernelNames;
import org.bpf4j.sys.MultiLink;
import org.bpf4j.sys.Refusal;

/// Attaches to many functions by one link.
final class MultiAttachment {

  private MultiAttachment() {}

  /// Attaches to kernel functions: to those that the kernel lists, since it takes all or none.
  static Link attach(
      Descriptor program, ProgramKind kind, Hook.KprobeMulti hook, ToLongFunction<String> cookies) {
    Predicate<String> wanted = patterns(hook.functions());
    List<String> found = new ArrayList<>();
    for (String line : available()) {
      int end = line.indexOf(' ') < 0 ? line.length() : line.indexOf(' ');
      String name = line.substring(0, end);
      if (wanted.test(name)) {
        found.add(name);
      }
    }
    if (found.isEmpty()) {
      throw new NoSuchTargetException(
          "kernel function that can be probed and is called "
              + String.join(" or ", hook.functions()),
          hook.functions().stream()
              .flatMap(name -> KernelNames.functionsLike(name).stream())
              .distinct()
              .toList());
    }
    List<String> names = found.stream().distinct().sorted().toList();
    long[] numbers = names.stream().mapToLong(cookies).toArray();
    long link =
        MultiLink.kprobes(program, kind.expectedAttachType(), names, numbers, hook.atReturn());
    requireKind(link, kind);
    if (Errno.EOPNOTSUPP.is(link)) {
      throw new UnsupportedFeatureException(
          "probes of many functions (CONFIG_FPROBE)", new KernelVersion(5, 18));
    }
    return KernelLink.of(hook, Refusal.attached(link, hook));
  }

  private static List<String> available() {
    try {
      return Files.readAllLines(TraceFs.root().resolve("available_filter_functions"));
    } catch (NoSuchFileException e) {
      throw new UnsupportedFeatureException(
          "probes of many functions: it has no " + e.getFile() + " (CONFIG_DYNAMIC_FTRACE)",
          new KernelVersion(5, 18));
    } catch (IOException e) {
      throw new NotPermittedException(
          "listing the functions that can be probed", "the file cannot be read: " + e.getMessage());
    }
  }

  /// Attaches to functions of a file.
  static Link attach(
      Descriptor program, ProgramKind kind, Hook.UprobeMulti hook, ToLongFunction<String> cookies) {
    Executable executable = Executable.open(hook.binary(), hook.process());
    SortedMap<Long, String> places = executable.places(patterns(hook.functions()));
    if (places.isEmpty()) {
      throw new NoSuchTargetException(
          "function of " + executable.path() + " called " + String.join(" or ", hook.functions()),
          hook.functions().stream()
              .flatMap(name -> executable.near(name).stream())
              .distinct()
              .toList());
    }
    requireProcess(program, kind, hook);
    long link =
        MultiLink.uprobes(
            program,
            kind.expectedAttachType(),
            executable.path().toString(),
            places.keySet().stream().mapToLong(Long::longValue).toArray(),
            new long[places.size()],
            places.values().stream().mapToLong(cookies).toArray(),
            Math.toIntExact(Math.max(hook.process(), 0)),
            hook.atReturn());
    requireKind(link, kind);
    return KernelLink.of(hook, Refusal.attached(link, hook));
  }

  /// The first kernels with such probes see only the first thread of a process.
  private static void requireProcess(Descriptor program, ProgramKind kind, Hook.UprobeMulti hook) {
    if (hook.process() >= 0
        && !kind.since().isNewerThanRunning()
        && !MultiLink.knowsProcesses(program, kind.expectedAttachType())) {
      throw new UnsupportedFeatureException(
          "probes of many functions of all threads of a process; it has them for all processes",
          new KernelVersion(6, 10));
    }
  }

  /// Kernels that do not know the way load the programs, and refuse to attach them.
  private static void requireKind(long link, ProgramKind kind) {
    boolean session = kind == ProgramKind.KPROBE_SESSION || kind == ProgramKind.UPROBE_SESSION;
    if (Errno.EINVAL.is(link) && (session || kind.since().isNewerThanRunning())) {
      throw new UnsupportedFeatureException("programs of kind " + kind, kind.since());
    }
  }

  private static Predicate<String> patterns(List<String> names) {
    List<Pattern> patterns =
        names.stream()
            .map(name -> Pattern.quote(name).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"))
            .map(Pattern::compile)
            .toList();
    return name -> patterns.stream().anyMatch(pattern -> pattern.matcher(name).matches());
  }
}
