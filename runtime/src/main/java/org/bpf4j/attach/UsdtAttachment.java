package org.bpf4j.attach;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Link;
import org.bpf4j.handle.LoadedMap;
import org.bpf4j.handle.LoadedMap.UpdateMode;
import org.bpf4j.handle.ProbePlace;
import org.bpf4j.kernel.IncompatibleTargetException;
import org.bpf4j.kernel.MapFullException;
import org.bpf4j.kernel.NoSuchTargetException;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.object.ProbeSpecs;
import org.bpf4j.sys.Architecture;
import org.bpf4j.sys.AttachCommands;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.Errno;
import org.bpf4j.sys.Failure;
import org.bpf4j.sys.KernelLink;
import org.bpf4j.sys.MultiLink;
import org.bpf4j.sys.NearNames;
import org.bpf4j.sys.PerfEvent;
import org.bpf4j.sys.ProbeLinks;
import org.bpf4j.sys.Refusal;

/// Attaches to static probes of executables and libraries: to all of a probe's instructions by one
/// link (Linux 6.10), or to each by a perf event of the `uprobe` source. The cookie of each says
/// where its arguments are.
final class UsdtAttachment {

  /// How many are named where many are.
  private static final int MOST_SHOWN = 10;

  private UsdtAttachment() {}

  /// Attaches to a probe.
  static Link attach(Descriptor program, String name, Hook.Usdt hook) {
    ProbePlace place = hook.place();
    Executable executable = Executable.open(place.binary(), hook.process());
    List<UsdtSite> sites =
        executable.read(
            image ->
                UsdtSite.find(
                    image, (p, n) -> p.equals(place.provider()) && n.equals(place.name())));
    if (sites.isEmpty()) {
      throw new NoSuchTargetException(
          "probe " + place.provider() + ":" + place.name() + " of " + executable.path(),
          namesLike(executable, place));
    }
    SortedMap<Long, UsdtSite> places = new TreeMap<>();
    sites.forEach(site -> places.putIfAbsent(site.offset(), site));
    List<UsdtSite> distinct = List.copyOf(places.values());
    long[] cookies = distinct.stream().mapToLong(site -> cookie(name, hook, site)).toArray();
    if (MultiLink.hasUprobes()) {
      long link = byOneLink(program, hook, executable, distinct, cookies);
      if (!Errno.EINVAL.is(link)) {
        return KernelLink.of(hook, Refusal.attached(link, hook));
      }
    }
    return byEvents(program, hook, executable, distinct, cookies);
  }

  /// A program that was not loaded for it is an invalid argument: somebody else loaded it.
  private static long byOneLink(
      Descriptor program,
      Hook.Usdt hook,
      Executable executable,
      List<UsdtSite> sites,
      long[] cookies) {
    return MultiLink.uprobes(
        program,
        MultiLink.UPROBES,
        executable.path().toString(),
        sites.stream().mapToLong(UsdtSite::offset).toArray(),
        sites.stream().mapToLong(UsdtSite::semaphore).toArray(),
        cookies,
        Math.toIntExact(Math.max(hook.process(), 0)),
        false);
  }

  private static Link byEvents(
      Descriptor program,
      Hook.Usdt hook,
      Executable executable,
      List<UsdtSite> sites,
      long[] cookies) {
    int type = UprobeAttachment.type();
    List<Descriptor> events = new ArrayList<>();
    List<Descriptor> links = new ArrayList<>();
    try {
      for (int i = 0; i < sites.size(); i++) {
        attach(program, hook, executable, type, sites.get(i), cookies[i], events, links);
      }
      return ProbeLinks.of(hook, links, events);
    } catch (RuntimeException e) {
      links.forEach(Descriptor::close);
      events.forEach(Descriptor::close);
      throw e;
    }
  }

  /// Probes of the same name or a name like it, or else of the same provider.
  private static List<String> namesLike(Executable executable, ProbePlace place) {
    Set<String> all =
        executable.read(image -> UsdtSite.find(image, (_, _) -> true)).stream()
            .map(site -> site.provider() + ":" + site.name())
            .collect(Collectors.toCollection(TreeSet::new));
    List<String> same = all.stream().filter(p -> p.endsWith(":" + place.name())).toList();
    List<String> near = NearNames.of(place.provider() + ":" + place.name(), all.stream());
    return !same.isEmpty()
        ? same
        : !near.isEmpty()
            ? near
            : all.stream()
                .filter(p -> p.startsWith(place.provider() + ":"))
                .limit(MOST_SHOWN)
                .toList();
  }

  private static void attach(
      Descriptor program,
      Hook.Usdt hook,
      Executable executable,
      int type,
      UsdtSite site,
      long cookie,
      List<Descriptor> events,
      List<Descriptor> links) {
    long event =
        PerfEvent.openUprobe(
            type,
            executable.path().toString(),
            site.offset(),
            site.semaphore(),
            Math.toIntExact(hook.process()),
            false);
    Descriptor probe = Refusal.opened(event, "opening " + hook, hook);
    events.add(probe);
    long link = AttachCommands.createEventLink(program.number(), probe.number(), cookie);
    if (Errno.EINVAL.is(link)) {
      throw new UnsupportedFeatureException("static probes", new KernelVersion(5, 15));
    }
    links.add(Refusal.attached(link, hook));
    Failure.check(PerfEvent.enable(probe), "enabling " + hook);
  }

  /// The number of the entry that has a site's places: one that is equal, or else the first that is
  /// free. Entries are never freed, since there are only so many ways to pass arguments.
  private static long cookie(String program, Hook.Usdt hook, UsdtSite site) {
    List<String> arguments = UsdtArgument.split(site.arguments());
    if (arguments.size() < hook.parameters()) {
      throw new IncompatibleTargetException(
          program, site.provider() + ":" + site.name() + " (" + site.arguments() + ")");
    }
    LoadedMap specs = hook.specs();
    int count =
        hook.parameters() < 0
            ? Math.min(arguments.size(), ProbeSpecs.ARGUMENTS)
            : hook.parameters();
    if (specs == null || count == 0) {
      return 0;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment spec = arena.allocate(ProbeSpecs.BYTES, Long.BYTES);
      for (int i = 0; i < count; i++) {
        UsdtArgument.parse(arguments.get(i), Architecture.CURRENT)
            .write(spec.asSlice((long) i * ProbeSpecs.ARGUMENT_BYTES, ProbeSpecs.ARGUMENT_BYTES));
      }
      spec.set(Image.SHORT, ProbeSpecs.COUNT, (short) count);
      synchronized (specs) {
        return enter(specs, spec, arena);
      }
    }
  }

  private static long enter(LoadedMap specs, MemorySegment spec, Arena arena) {
    MemorySegment key = arena.allocate(ValueLayout.JAVA_INT);
    MemorySegment found = arena.allocate(ProbeSpecs.BYTES, Long.BYTES);
    for (int i = 0; i < specs.definition().maxEntries(); i++) {
      key.set(ValueLayout.JAVA_INT, 0, i);
      boolean there = specs.lookup(key, found);
      if (there && found.mismatch(spec) < 0) {
        return i;
      } else if (there && found.get(Image.SHORT, ProbeSpecs.COUNT) == 0) {
        specs.update(key, spec, UpdateMode.ANY);
        return i;
      }
    }
    throw new MapFullException(ProbeSpecs.MAP, specs.definition().maxEntries());
  }
}
