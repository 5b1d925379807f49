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
import java.util.Set;
import java.util.stream.Stream;
import org.bpf4j.cases.Compiled;
import org.bpf4j.cases.Javac;
import org.bpf4j.cases.KernelUse;
import org.bpf4j.cases.Place;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Link;
import org.bpf4j.handle.LoadedMap;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.handle.LoadedRing;
import org.bpf4j.handle.LoadedUserRing;
import org.bpf4j.kernel.Kernel;
import org.bpf4j.kernel.LoadRequest;
import org.bpf4j.object.BpfFunction;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.Relocation;
import org.bpf4j.sys.KernelProgram;

/// A golden case that is loaded into this machine's kernel, and its attachments.
final class LiveCase implements AutoCloseable {

  private static final Path ROOT = Path.of("src/test/cases");
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
    try (Stream<Path> files = Files.list(ROOT.resolve(name))) {
      List<Path> sources = files.filter(file -> file.toString().endsWith(".java")).toList();
      Compiled.Loadable loadable = JAVAC.compile(JAVAC.sources(sources)).orFail().only();
      RunCounts.begin();
      return new LiveCase(Kernel.local().load(LoadRequest.of(loadable.object(), loadable.owner())));
    }
  }

  /// Attaches one of its programs.
  Link attach(String program, Hook hook) {
    Link link = object.program(program).attach(hook);
    links.push(link);
    return link;
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
    for (BpfFunction program : object.object().programs()) {
      ran |= RunCounts.note((KernelProgram) object.program(program.name()));
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
