package org.bpf4j.object;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the name of a program's section says, by libbpf's convention: its kind, its options and
/// where to attach it.
///
/// @param kind the kind of program
/// @param options what it chose; what its kind always has is not named
/// @param target what stands after the kind, such as `syscalls/sys_enter_execve`, or `""`
/// @param form a way to load it that is not the kind's own
public record ProgramSection(
    ProgramKind kind, Set<ProgramOption> options, String target, Optional<ProgramForm> form) {

  /// Copies the options.
  public ProgramSection {
    options = Set.copyOf(options);
  }

  /// One that is loaded as its kind is.
  public ProgramSection(ProgramKind kind, Set<ProgramOption> options, String target) {
    this(kind, options, target, Optional.empty());
  }

  /// Understands a section name; nothing if it is of no kind we know. Of several beginnings that
  /// fit the longest counts: `xdp/devmap` is not `xdp` with a target. Unlike libbpf, and like
  /// cilium's library, it accepts a target behind every beginning. A mark that programs are
  /// [optional][DataSection#OPTIONAL] is passed over.
  public static Optional<ProgramSection> parse(String section) {
    String name =
        section.startsWith(DataSection.OPTIONAL)
            ? section.substring(DataSection.OPTIONAL.length())
            : section;
    ProgramSection longest = null;
    for (Beginning beginning : Beginning.ALL) {
      ProgramSection read = beginning.read(name);
      boolean isLonger =
          read != null && (longest == null || read.target.length() < longest.target.length());
      longest = isLonger ? read : longest;
    }
    return Optional.ofNullable(longest);
  }

  /// What the names of sections begin with.
  ///
  /// @param part the length of its first part, behind which options stand
  /// @param choices the options that may stand there
  private record Beginning(
      String prefix,
      int part,
      ProgramKind kind,
      Set<ProgramOption> choices,
      Optional<ProgramForm> form) {

    private static final List<Beginning> ALL = all();

    private static List<Beginning> all() {
      List<Beginning> all = new ArrayList<>();
      for (ProgramKind kind : ProgramKind.values()) {
        for (String prefix : kind.sections()) {
          all.add(new Beginning(prefix, firstPart(prefix), kind, kind.choices(), Optional.empty()));
        }
      }
      for (ProgramForm form : ProgramForm.values()) {
        for (String prefix : form.sections()) {
          all.add(
              new Beginning(
                  prefix, firstPart(prefix), form.kind(), form.choices(), Optional.of(form)));
        }
      }
      return List.copyOf(all);
    }

    /// Reads a name as this beginning, with options at the end of its first part, and a target.
    @Nullable ProgramSection read(String name) {
      if (!name.regionMatches(0, prefix, 0, part)) {
        return null;
      }
      int end = part;
      Set<ProgramOption> options = EnumSet.noneOf(ProgramOption.class);
      for (ProgramOption option : ProgramOption.values()) {
        if (choices.contains(option) && name.startsWith(option.suffix(), end)) {
          options.add(option);
          end += option.suffix().length();
        }
      }
      int rest = prefix.length() - part;
      boolean fits = name.regionMatches(end, prefix, part, rest);
      end += rest;
      return fits && (end == name.length() || name.charAt(end) == '/')
          ? new ProgramSection(
              kind, options, name.substring(Math.min(end + 1, name.length())), form)
          : null;
    }
  }

  private static int firstPart(String prefix) {
    int slash = prefix.indexOf('/');
    return slash < 0 ? prefix.length() : slash;
  }

  /// The section's name as we write it.
  public String name() {
    List<String> names = form.map(ProgramForm::sections).orElseGet(kind::sections);
    String first = named(names.getFirst(), options);
    return target.isEmpty() ? first : first + "/" + target;
  }

  /// Suffixes belong to the first part: `xdp.frags/devmap`.
  private static String named(String prefix, Set<ProgramOption> options) {
    StringBuilder name = new StringBuilder(prefix);
    int end = firstPart(prefix);
    for (ProgramOption option : ProgramOption.values()) {
      if (options.contains(option)) {
        name.insert(end, option.suffix());
        end += option.suffix().length();
      }
    }
    return name.toString();
  }

  /// The kernel's type.
  public ProgramType type() {
    return form.map(ProgramForm::type).orElseGet(kind::type);
  }

  /// The attach type given at load and at attachment (`enum bpf_attach_type`), or 0 where the
  /// kernel wants none.
  public int attachType() {
    return form.map(ProgramForm::attachType).orElseGet(kind::expectedAttachType);
  }

  /// The first kernel that has such programs.
  public KernelVersion since() {
    return form.map(ProgramForm::since).orElseGet(kind::since);
  }

  /// What the name of the type begins with that the program is bound to when it is loaded, and the
  /// target's name follows; nothing for programs that are not bound.
  public Optional<String> btfPrefix() {
    return form.isPresent() ? form.get().btfPrefix() : kind.btfPrefix();
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
    return options.contains(option)
        || form.map(ProgramForm::always).orElseGet(kind::always).contains(option);
  }
}
