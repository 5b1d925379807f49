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
/// @param form a way to load it that is not the kind's own
public record ProgramSection(
    ProgramKind kind, Set<ProgramOption> options, String target, Optional<ProgramForm> form) {

  /// What names of sections begin with.
  private record Beginning(
      String name, ProgramKind kind, Set<ProgramOption> options, Optional<ProgramForm> form) {
    ProgramSection section(String target) {
      return new ProgramSection(kind, options, target, form);
    }
  }

  /// The longest first.
  private static final List<Beginning> BEGINNINGS = beginnings();

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
    return BEGINNINGS.stream()
        .filter(beginning -> fits(name, beginning.name))
        .findFirst()
        .map(beginning -> beginning.section(behind(name, beginning.name.length())));
  }

  private static List<Beginning> beginnings() {
    List<Beginning> all = new ArrayList<>();
    for (ProgramKind kind : ProgramKind.values()) {
      for (Set<ProgramOption> options : subsets(kind.choices())) {
        for (String prefix : kind.sections()) {
          all.add(new Beginning(named(prefix, options), kind, options, Optional.empty()));
        }
      }
    }
    for (ProgramForm form : ProgramForm.values()) {
      for (Set<ProgramOption> options : subsets(form.choices())) {
        for (String prefix : form.sections()) {
          all.add(new Beginning(named(prefix, options), form.kind(), options, Optional.of(form)));
        }
      }
    }
    all.sort((one, other) -> Integer.compare(other.name.length(), one.name.length()));
    return List.copyOf(all);
  }

  private static boolean fits(String section, String beginning) {
    return section.equals(beginning) || section.startsWith(beginning + "/");
  }

  private static String behind(String section, int length) {
    return section.substring(Math.min(length + 1, section.length()));
  }

  private static List<Set<ProgramOption>> subsets(Set<ProgramOption> options) {
    List<Set<ProgramOption>> all = new ArrayList<>(List.of(Set.of()));
    for (ProgramOption option : options) {
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
    List<String> names = form.map(ProgramForm::sections).orElseGet(kind::sections);
    String first = named(names.getFirst(), options);
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
