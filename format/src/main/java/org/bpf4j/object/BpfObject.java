package org.bpf4j.object;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bpf4j.btf.Btf;

/// A BPF object: everything that a `.bpf.o` file says, independent of any kernel.
///
/// Reading the same bytes anywhere gives the same value; whatever depends on the running kernel
/// happens when it is loaded. [ElfWriter] and [ElfReader] are its file form. Order is meaningful
/// (it decides the bytes) and deterministic.
///
/// @param license the text of the `license` section, such as `GPL`; empty if there is none
/// @param code the sections with instructions: `.text` (subprograms) and one for each program
///   section name
/// @param maps the declared maps, in order of declaration
/// @param data the global data sections, such as `.rodata`, `.data` and `.bss`
/// @param btf the type information; [Btf#EMPTY] if the file has none
/// @param note bpf4j's own note, absent in foreign objects
/// @param origins bpf4j's own instruction origins, empty in foreign objects
public record BpfObject(
    String license,
    List<CodeSection> code,
    List<MapDefinition> maps,
    List<DataSection> data,
    Btf btf,
    Optional<ObjectNote> note,
    List<LineOrigin> origins) {

  /// Copies the lists.
  public BpfObject {
    code = List.copyOf(code);
    maps = List.copyOf(maps);
    data = List.copyOf(data);
    origins = List.copyOf(origins);
  }

  /// The same under another licence. Objects of Aya often say none, and its loader says `GPL` then;
  /// here it is for the user to say that the programs are under it.
  public BpfObject withLicense(String other) {
    return new BpfObject(other, code, maps, data, btf, note, origins);
  }

  /// The programs: every global function of a section other than `.text`, in file order.
  public List<BpfFunction> programs() {
    return code.stream()
        .filter(section -> !section.isText())
        .flatMap(section -> section.functions().stream())
        .filter(BpfFunction::global)
        .toList();
  }

  /// The names of the programs that are left out unless somebody asks for them.
  public Set<String> optionalPrograms() {
    return code.stream()
        .filter(CodeSection::isOptional)
        .flatMap(section -> section.functions().stream())
        .filter(BpfFunction::global)
        .map(BpfFunction::name)
        .collect(Collectors.toSet());
  }

  /// The same with a program bound to a target, which its section names behind a slash then. It is
  /// in no [optional][#optionalPrograms] section any more.
  ///
  /// @param program the program's name
  /// @param target such as `do_unlinkat`, or `MODULE:FUNCTION`
  /// @throws IllegalArgumentException if there is no such program, or the name of its section is of
  ///   no kind of program that is known
  public BpfObject bound(String program, String target) {
    Map<String, List<BpfFunction>> functions = new LinkedHashMap<>();
    boolean isBound = false;
    for (CodeSection section : code) {
      for (BpfFunction function : section.functions()) {
        boolean isIt = !section.isText() && function.global() && function.name().equals(program);
        isBound |= isIt;
        String name = isIt ? withTarget(section.name(), target) : section.name();
        functions.computeIfAbsent(name, _ -> new ArrayList<>()).add(function);
      }
    }
    if (!isBound) {
      throw new IllegalArgumentException("the object has no program `" + program + "`");
    }
    List<CodeSection> sections = new ArrayList<>();
    functions.forEach((name, own) -> sections.add(new CodeSection(name, own)));
    return new BpfObject(license, sections, maps, data, btf, note, origins);
  }

  private static String withTarget(String section, String target) {
    return ProgramSection.parse(section)
        .map(role -> new ProgramSection(role.kind(), role.options(), target, role.form()).name())
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "section `" + section + "` is of no kind of program that is known"));
  }

  /// The function of that name, subprograms included.
  public Optional<BpfFunction> function(String name) {
    return code.stream()
        .flatMap(section -> section.functions().stream())
        .filter(function -> function.name().equals(name))
        .findFirst();
  }

  /// The map of that name.
  public Optional<MapDefinition> map(String name) {
    return maps.stream().filter(map -> map.name().equals(name)).findFirst();
  }

  /// The data section of that name.
  public Optional<DataSection> data(String name) {
    return data.stream().filter(section -> section.name().equals(name)).findFirst();
  }
}
