package org.bpf4j.handle;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.bpf4j.kernel.NoSuchTargetException;

/// A program for the entry or the return of a kernel function or a system call.
public final class KprobeProgram extends ProgramHandle implements TargetedProgram {

  /// What the names of the kernel's functions for system calls begin with (`SYSCALL_DEFINEx`).
  private static final List<String> SYSTEM_CALLS = List.of("__x64_sys_", "__arm64_sys_");

  private final List<String> functions;

  KprobeProgram(LoadedObject object, String name, Links links, List<String> functions) {
    super(object, name, links);
    this.functions = List.copyOf(functions);
  }

  /// Attaches to the first of the declared functions or system calls that this kernel has.
  ///
  /// @throws NoSuchTargetException if it has none of them; it names them all
  @Override
  public Link attach() {
    List<NoSuchTargetException> missing = new ArrayList<>();
    for (String function : candidates()) {
      try {
        return attach(function);
      } catch (NoSuchTargetException e) {
        missing.add(e);
      }
    }
    throw missing.size() == 1 ? missing.getFirst() : none(missing);
  }

  private static NoSuchTargetException none(List<NoSuchTargetException> missing) {
    NoSuchTargetException none =
        new NoSuchTargetException(
            missing.isEmpty()
                ? "function to probe"
                : missing.stream()
                    .map(NoSuchTargetException::target)
                    .collect(Collectors.joining(", and no ")),
            missing.stream().flatMap(e -> e.candidates().stream()).distinct().toList());
    missing.forEach(none::addSuppressed);
    return none;
  }

  private List<String> candidates() {
    return switch (loaded().kind()) {
      case KSYSCALL, KRETSYSCALL ->
          functions.stream()
              .flatMap(call -> SYSTEM_CALLS.stream().map(prefix -> prefix + call))
              .toList();
      default -> functions;
    };
  }

  /// Attaches to another function, whose parameters must be alike.
  public Link attach(String function) {
    boolean atReturn =
        switch (loaded().kind()) {
          case KRETPROBE, KRETSYSCALL -> true;
          default -> false;
        };
    return attachTo(new Hook.Kprobe(function, atReturn));
  }
}
