package org.bpf4j.object;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the name of a program's section says, by libbpf's convention: its kind, its options and
/// where to attach it.
///
/// @param kind the kind of program
/// @param options what it chose; what its kind always has is not named
/// @param target what stands after the kind, such as `syscalls/sys_enter_execve`, or `""`
public record ProgramSection(ProgramKind kind, Set<ProgramOption> options, String target) {

  /// Copies the options.
  public ProgramSection {
    options = Set.copyOf(options);
  }

  /// Understands a section name; nothing if it is of no kind we know. Of several beginnings that
  /// fit the longest counts: `xdp/devmap` is not `xdp` with a target.
  public static Optional<ProgramSection> parse(String section) {
    Optional<ProgramSection> best = Optional.empty();
    int longest = 0;
    for (ProgramKind kind : ProgramKind.values()) {
      for (Set<ProgramOption> options : choices(kind)) {
        for (String prefix : kind.sections()) {
          String name = named(prefix, options);
          boolean fits = section.equals(name) || section.startsWith(name + "/");
          if (fits && name.length() > longest) {
            longest = name.length();
            String target = section.substring(Math.min(longest + 1, section.length()));
            best = Optional.of(new ProgramSection(kind, options, target));
          }
        }
      }
    }
    return best;
  }

  private static List<Set<ProgramOption>> choices(ProgramKind kind) {
    List<Set<ProgramOption>> all = new ArrayList<>(List.of(Set.of()));
    for (ProgramOption option : kind.choices()) {
      for (Set<ProgramOption> without : List.copyOf(all)) {
        Set<ProgramOption> with = EnumSet.of(option);
        with.addAll(without);
        all.add(with);
      }
    }
    return all;
  }

  /// The section's name as we write it.
  public String name() {
    String first = named(kind.sections().getFirst(), options);
    return target.isEmpty() ? first : first + "/" + target;
  }

  /// Suffixes belong to the first part: `xdp.frags/devmap`.
  private static String named(String prefix, Set<ProgramOption> options) {
    StringBuilder name = new StringBuilder(prefix);
    int end = prefix.indexOf('/') < 0 ? prefix.length() : prefix.indexOf('/');
    for (ProgramOption option : ProgramOption.values()) {
      if (options.contains(option)) {
        name.insert(end, option.suffix());
        end += option.suffix().length();
      }
    }
    return name.toString();
  }

  /// Whether the program may sleep.
  public boolean sleepable() {
    return has(ProgramOption.SLEEPABLE);
  }

  /// The flags for `BPF_PROG_LOAD`.
  public int flags() {
    int flags = 0;
    for (ProgramOption option : ProgramOption.values()) {
      flags |= has(option) ? option.flag() : 0;
    }
    return flags;
  }

  private boolean has(ProgramOption option) {
    return options.contains(option) || kind.always().contains(option);
  }
}
