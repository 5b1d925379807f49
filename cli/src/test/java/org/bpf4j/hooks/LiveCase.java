package org.bpf4j.hooks;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bpf4j.cases.Compiled;
import org.bpf4j.cases.Javac;
import org.bpf4j.cases.KernelUse;
import org.bpf4j.cases.Place;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Link;
import org.bpf4j.handle.LoadedMap;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.handle.LoadedProgram;
import org.bpf4j.handle.LoadedRing;
import org.bpf4j.handle.LoadedUserRing;
import org.bpf4j.kernel.Kernel;
import org.bpf4j.kernel.LoadRequest;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.BpfFunction;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.ObjectNote;
import org.bpf4j.object.Relocation;
import org.bpf4j.sys.KernelProgram;

/// A golden case that is loaded into this machine's kernel, and its attachments.
final class LiveCase implements AutoCloseable {

  private static final Path ROOT = Path.of("src/test/cases");

  /// Where what javac made is put, and found if the property `bpf4j.made` says so.
  private static final Path MADE = Path.of("target", "live-cases");

  private static final Javac JAVAC = new Javac();

  private final LoadedObject object;
  private final Deque<Link> links = new ArrayDeque<>();
  private final Set<String> shared = new HashSet<>();

  private LiveCase(LoadedObject object) {
    this.object = object;
  }

  /// Compiles and loads a case; aborts the test where the kernel is not to be used.
  static LiveCase load(String name) throws IOException {
    KernelUse.current().check();
    Compiled.Loadable loadable = compiled(name).only();
    RunCounts.begin();
    return new LiveCase(Kernel.local().load(request(loadable)));
  }

  /// What javac makes of a case, or made of it before, for kernels of slow machines.
  private static Compiled compiled(String name) throws IOException {
    Path made = MADE.resolve(name);
    if (Boolean.getBoolean("bpf4j.made")) {
      return Compiled.read(made);
    }
    try (Stream<Path> files = Files.list(ROOT.resolve(name))) {
      List<Path> sources = files.filter(file -> file.toString().endsWith(".java")).toList();
      Compiled compiled = JAVAC.compile(JAVAC.sources(sources)).orFail();
      compiled.write(made);
      return compiled;
    }
  }

  /// All programs but those that say to need a newer kernel than this.
  private static LoadRequest request(Compiled.Loadable loadable) {
    LoadRequest all = LoadRequest.of(loadable.object(), loadable.owner());
    Set<String> skipped = new HashSet<>(all.skipped());
    skipped.addAll(newer(loadable.object()).keySet());
    return new LoadRequest(all.object(), all.owner(), all.data(), all.maxEntries(), skipped);
  }

  private static Map<String, KernelVersion> newer(BpfObject object) {
    return object.note().stream()
        .flatMap(note -> note.floors().stream())
        .filter(floor -> floor.kernel().isNewerThanRunning())
        .collect(
            Collectors.toMap(ObjectNote.ProgramFloor::program, ObjectNote.ProgramFloor::kernel));
  }

  /// Attaches one of its programs.
  ///
  /// @throws UnsupportedFeatureException if it was left out since it needs a newer kernel
  Link attach(String program, Hook hook) {
    Link link = program(program).attach(hook);
    links.push(link);
    return link;
  }

  /// One of its programs.
  ///
  /// @throws UnsupportedFeatureException if it was left out since it needs a newer kernel
  LoadedProgram program(String name) {
    KernelVersion needed = newer(object.object()).get(name);
    if (needed != null) {
      throw new UnsupportedFeatureException("what `" + name + "` does", needed);
    }
    return object.program(name);
  }

  /// The object in the kernel.
  LoadedObject object() {
    return object;
  }

  /// One of its maps, for user space.
  LoadedMap map(String name) {
    shared.add(name);
    return object.map(name);
  }

  /// One of its rings, for user space.
  LoadedRing ring(String name) {
    shared.add(name);
    return object.ring(name);
  }

  /// One of the rings that its programs read, for user space.
  LoadedUserRing userRing(String name) {
    shared.add(name);
    return object.userRing(name);
  }

  /// The value of a global of type `int`.
  int number(String global) {
    Place place = Place.of(object.object(), global);
    MemorySegment section = object.data(place.section()).segment();
    return section.get(ValueLayout.JAVA_INT_UNALIGNED, place.offset());
  }

  /// Sets a global of type `int`.
  void set(String global, int value) {
    Place place = Place.of(object.object(), global);
    object
        .data(place.section())
        .segment()
        .set(ValueLayout.JAVA_INT_UNALIGNED, place.offset(), value);
  }

  /// What ran is noted first, and the maps that both sides used.
  @Override
  public void close() {
    boolean ran = false;
    Set<String> leftOut = newer(object.object()).keySet();
    for (BpfFunction program : object.object().programs()) {
      if (!leftOut.contains(program.name())) {
        ran |= RunCounts.note((KernelProgram) object.program(program.name()));
      }
    }
    if (ran) {
      RunCounts.note(object.object().maps().stream().filter(this::isShared).toList());
    }
    links.forEach(Link::close);
    object.close();
  }

  private boolean isShared(MapDefinition map) {
    return shared.contains(map.name())
        && object.object().code().stream()
            .flatMap(section -> section.functions().stream())
            .flatMap(function -> function.relocations().stream())
            .anyMatch(
                relocation ->
                    relocation.target().equals(new Relocation.Target.MapReference(map.name())));
  }
}
