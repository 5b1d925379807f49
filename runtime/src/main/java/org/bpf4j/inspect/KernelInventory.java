package org.bpf4j.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import org.bpf4j.btf.BtfTypes;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.LoadedMap;
import org.bpf4j.handle.LoadedProgram;
import org.bpf4j.handle.MapMemory;
import org.bpf4j.handle.Place;
import org.bpf4j.inventory.HookOrder;
import org.bpf4j.inventory.ListedLink;
import org.bpf4j.inventory.ListedMap;
import org.bpf4j.inventory.ListedProgram;
import org.bpf4j.inventory.ListedTypes;
import org.bpf4j.inventory.Tenure;
import org.bpf4j.kernel.BpfException;
import org.bpf4j.kernel.NotPermittedException;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.sys.Cpus;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.KernelMap;
import org.bpf4j.sys.KernelProgram;
import org.bpf4j.sys.LinkReader;
import org.bpf4j.sys.ObjectFamily;
import org.bpf4j.sys.OpenedPlace;

/// What is in this machine's kernel, whoever loaded it.
///
/// Listing takes `CAP_SYS_ADMIN`; without it every method that lists or opens throws
/// [NotPermittedException]. Objects that vanish while they are listed are left out, and what an
/// older kernel does not say is empty or 0. Pins and holders are found by looking through the BPF
/// file systems and `/proc`, as far as this process may.
public final class KernelInventory {

  private KernelInventory() {}

  /// The programs, by number.
  public static List<ListedProgram> programs() {
    ProgramReader reader = new ProgramReader();
    return list(ObjectFamily.PROGRAM, reader::read);
  }

  /// The programs, by number, without what keeps them there: nothing else is looked through.
  public static List<ListedProgram> programsAlone() {
    ProgramReader reader = new ProgramReader();
    return list(ObjectFamily.PROGRAM, Tenures.none(), reader::read);
  }

  /// The program with that number, or empty if there is none.
  public static Optional<ListedProgram> program(int id) {
    ProgramReader reader = new ProgramReader();
    return one(ObjectFamily.PROGRAM, id, reader::read);
  }

  /// The maps, by number.
  public static List<ListedMap> maps() {
    return list(ObjectFamily.MAP, MapReader::read);
  }

  /// The map with that number, or empty if there is none.
  public static Optional<ListedMap> map(int id) {
    return one(ObjectFamily.MAP, id, MapReader::read);
  }

  /// The links, by number.
  public static List<ListedLink> links() {
    return list(ObjectFamily.LINK, LinkReader::read);
  }

  /// The link with that number, or empty if there is none.
  public static Optional<ListedLink> link(int id) {
    return one(ObjectFamily.LINK, id, LinkReader::read);
  }

  /// The programs at a hook where several run one after another, in their order.
  ///
  /// @param kind a kind of programs that go there, which at cgroups and netkit devices says where
  /// @throws IllegalArgumentException if such hooks have no order
  /// @throws org.bpf4j.kernel.NoSuchTargetException if what the hook names does not exist
  public static HookOrder order(ProgramKind kind, Hook hook) {
    return OrderReader.read(kind, hook);
  }

  /// The type information, by number.
  public static List<ListedTypes> types() {
    return list(ObjectFamily.TYPES, TypesReader::read);
  }

  /// The type information with that number, or empty if there is none.
  public static Optional<ListedTypes> types(int id) {
    return one(ObjectFamily.TYPES, id, TypesReader::read);
  }

  /// The types in a type information, with those of the kernel before them if it is a module's;
  /// empty if there is none of that number.
  public static Optional<BtfTypes> readTypes(int id) {
    return TypesReader.contents(id);
  }

  /// A program of this process, and what else the kernel knows of it. It takes no privilege.
  ///
  /// @throws IllegalArgumentException if it is none of this kernel
  public static ListedProgram describe(LoadedProgram program) {
    if (!(program instanceof KernelProgram loaded)) {
      throw new IllegalArgumentException("program " + program.name() + " is not in this kernel");
    }
    return new ProgramReader().read(loaded.descriptor(), Tenure.UNKNOWN);
  }

  /// A map of this process, and what else the kernel knows of it. It takes no privilege.
  ///
  /// @throws IllegalArgumentException if it is none of this kernel
  public static ListedMap describe(LoadedMap map) {
    if (!(map instanceof KernelMap loaded)) {
      throw new IllegalArgumentException(
          "map " + map.definition().name() + " is not in this kernel");
    }
    return MapReader.read(loaded.descriptor(), Tenure.UNKNOWN);
  }

  /// How much memory of the kernel a map will take on this machine, by the kernel's rules.
  public static MapMemory memory(MapDefinition map) {
    return MapMemory.computed(map, Cpus.possible());
  }

  /// Opens a map, to read or change what is in it; empty if there is none at that place.
  ///
  /// @throws org.bpf4j.kernel.UnsupportedFeatureException if its type is not known here
  public static Optional<OpenedMap> openMap(Place place) {
    return OpenedPlace.find(place, ObjectFamily.MAP).map(OpenedMap::of);
  }

  /// Opens a ring buffer, to read what programs write to it; empty if there is none at that place.
  ///
  /// @throws org.bpf4j.kernel.UnsupportedFeatureException if it is no ring buffer
  public static Optional<OpenedRing> openRing(Place place) {
    return OpenedPlace.find(place, ObjectFamily.MAP).map(OpenedRing::of);
  }

  private static <T> List<T> list(ObjectFamily family, BiFunction<Descriptor, Tenure, T> reader) {
    return list(family, Tenures.read(family), reader);
  }

  private static <T> List<T> list(
      ObjectFamily family, Tenures tenures, BiFunction<Descriptor, Tenure, T> reader) {
    List<T> list = new ArrayList<>();
    for (OptionalInt id = family.next(0); id.isPresent(); id = family.next(id.getAsInt())) {
      read(family, id.getAsInt(), tenures, reader).ifPresent(list::add);
    }
    return List.copyOf(list);
  }

  private static <T> Optional<T> one(
      ObjectFamily family, int id, BiFunction<Descriptor, Tenure, T> reader) {
    Optional<Descriptor> found = family.open(id);
    found.ifPresent(Descriptor::close);
    return found.isEmpty() ? Optional.empty() : read(family, id, Tenures.read(family), reader);
  }

  private static <T> Optional<T> read(
      ObjectFamily family, int id, Tenures tenures, BiFunction<Descriptor, Tenure, T> reader) {
    Optional<Descriptor> found = family.open(id);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try (Descriptor object = found.get()) {
      return Optional.of(reader.apply(object, tenures.of(id)));
    }
  }

  /// Keeps the kernel counting how often and how long programs run, for as long as it is open
  /// (`BPF_ENABLE_STATS`), which costs each run some nanoseconds. It takes `CAP_SYS_ADMIN`.
  ///
  /// @throws BpfException if it is not permitted; `sysctl kernel.bpf_stats_enabled=1` does the same
  ///   for all
  public static RunStatistics countRuns() {
    return RunStatistics.open();
  }
}
