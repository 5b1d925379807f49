package org.bpf4j.load;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.inventory.KernelTerms;
import org.bpf4j.kernel.BindRequest;
import org.bpf4j.kernel.BpfException;
import org.bpf4j.kernel.NoSuchTargetException;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.BpfFunction;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.CodeSection;
import org.bpf4j.object.DataSection;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.MapFlag;
import org.bpf4j.object.MapKind;
import org.bpf4j.object.ProgramSection;
import org.bpf4j.sys.Attacher;
import org.bpf4j.sys.BoundObject;
import org.bpf4j.sys.Bpf;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.Freeing;
import org.bpf4j.sys.KernelArena;
import org.bpf4j.sys.KernelMemory;
import org.bpf4j.sys.KernelObject;
import org.bpf4j.sys.KernelOperations;
import org.bpf4j.sys.KernelProgram;
import org.bpf4j.sys.MissingPart;
import org.bpf4j.sys.ObjectInfo;

/// Opens an object that somebody else loaded.
///
/// Only maps are compared: programs do what they do, whoever wrote them, but what lies in a map is
/// read by its declaration.
final class ObjectBinder {

  private final BindRequest request;
  private final BpfObject object;
  private final Attacher attacher;
  private final Finder finder;
  private final MapComparison comparison;
  private final Deque<Runnable> undo = new ArrayDeque<>();
  private final OpenMaps maps = new OpenMaps();
  private final Map<String, KernelMemory> sections = new LinkedHashMap<>();
  private final Map<String, KernelProgram> programs = new LinkedHashMap<>();
  private final Map<String, MissingPart> missing = new LinkedHashMap<>();

  /// @param attacher what programs are attached by
  ObjectBinder(BindRequest request, Attacher attacher) {
    this.request = request;
    this.object = request.object();
    this.attacher = attacher;
    finder = new Finder(request.places());
    comparison = new MapComparison(object.btf());
  }

  /// Opens what is there.
  ///
  /// @throws NoSuchTargetException if nothing is
  LoadedObject bind() {
    try {
      object.maps().forEach(this::openMap);
      object.data().stream()
          .filter(section -> !section.isOperations() && !section.isArena() && section.size() > 0)
          .forEach(this::openSection);
      for (CodeSection section : object.code()) {
        if (!section.isText()) {
          section.functions().stream()
              .filter(BpfFunction::global)
              .forEach(function -> openProgram(section, function));
        }
      }
      KernelObject found =
          new KernelObject(
              object,
              maps.plain(),
              maps.rings(),
              maps.userRings(),
              Map.<String, KernelArena>of(),
              sections,
              new ConcurrentHashMap<>(),
              programs,
              Map.<String, KernelOperations>of());
      if (undo.isEmpty()) {
        throw finder.missing("part of class " + request.owner().getSimpleName(), anyName());
      }
      return new BoundObject(
          found, missing, name -> finder.missing("program `" + name + "`", name));
    } catch (RuntimeException | Error e) {
      Freeing.after(e, undo);
      throw e;
    }
  }

  private String anyName() {
    return object.maps().stream()
        .map(MapDefinition::name)
        .findFirst()
        .or(() -> object.programs().stream().map(BpfFunction::name).findFirst())
        .orElse("anything");
  }

  private void openMap(MapDefinition declared) {
    if (declared.kind() == MapKind.ARENA) {
      missing.put(
          declared.name(),
          new MissingPart(
              declared,
              () ->
                  new UnsupportedFeatureException(
                      "arenas of others: arena `" + declared.name() + "`", null)));
      return;
    }
    MapDefinition sized = MapCreation.resize(declared, null);
    Optional<Descriptor> found = finder.map(declared.name());
    if (found.isEmpty()) {
      String what = "map `" + declared.name() + "`";
      missing.put(
          declared.name(), new MissingPart(sized, () -> finder.missing(what, declared.name())));
      return;
    }
    Descriptor descriptor = found.get();
    undo.push(descriptor::close);
    MapDefinition map = comparison.compare(sized, descriptor);
    maps.add(map, descriptor, undo);
  }

  /// Loaders choose how the map of a section is made: what cannot be mapped is not to be had here,
  /// except for what does not change.
  private void openSection(DataSection section) {
    String object = request.owner().getSimpleName();
    MapDefinition declared = MapCreation.definition(section, object, 0);
    Optional<Descriptor> found = finder.section(section);
    if (found.isEmpty()) {
      missing.put(
          section.name(),
          new MissingPart(
              declared, () -> finder.missing("section `" + section.name() + "`", declared.name())));
      return;
    }
    Descriptor descriptor = found.get();
    undo.push(descriptor::close);
    int flags = Bpf.describe(descriptor, declared.name()).flags();
    comparison.compare(MapCreation.definition(section, object, flags), descriptor);
    boolean hidden = section.isHidden(this.object.btf());
    if (!section.isReadOnly() && !hidden && !MapFlag.MMAPABLE.isIn(flags)) {
      missing.put(section.name(), new MissingPart(declared, () -> unmapped(section)));
      return;
    }
    byte[] contents = section.isReadOnly() ? Bpf.read(descriptor, section.size()) : section.bytes();
    KernelMemory memory = new KernelMemory(section, contents, descriptor, hidden);
    undo.push(memory::close);
    sections.put(section.name(), memory);
  }

  private static BpfException unmapped(DataSection section) {
    return new UnsupportedFeatureException(
        "reading variables of section `"
            + section.name()
            + "`, whose map was made without BPF_F_MMAPABLE",
        null);
  }

  private void openProgram(CodeSection section, BpfFunction function) {
    Optional<Descriptor> found = finder.program(function.name());
    Optional<ProgramSection> role = ProgramSection.parse(section.name());
    if (found.isEmpty() || role.isEmpty()) {
      found.ifPresent(Descriptor::close);
      return;
    }
    Descriptor descriptor = found.get();
    undo.push(descriptor::close);
    String name = function.name();
    int type = ObjectInfo.of(descriptor, "program `" + name + "`").number(0);
    if (type != role.get().type().number()) {
      throw new NoSuchTargetException(
          "%s program `%s`".formatted(role.get().kind(), name),
          List.of("a program of type " + KernelTerms.programType(type)));
    }
    programs.put(name, new KernelProgram(name, role.get(), descriptor, attacher));
  }
}
