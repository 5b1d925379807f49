package org.bpf4j.kernel;

import org.bpf4j.btf.Btf;
import org.bpf4j.handle.MapMemory;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.MapKind;

/// What an object may ask of the kernel, since an object may come from anywhere.
///
/// Objects of this project's compiler are as trusted as the class that they lie beside, and have no
/// limits unless somebody sets some; others have [#FOREIGN].
///
/// @param maps how many maps it may have
/// @param mapBytes how much memory they may take together when they are full; arenas do not count,
///   which programs get page by page
/// @param instructions how many instructions its functions may have together
/// @param types how many types it may describe
public record LoadLimits(int maps, long mapBytes, int instructions, int types) {

  /// For objects of others: 256 maps of 1 GiB, a million instructions, which is what the verifier
  /// goes through of one program, and a million types, several times as many as a kernel has.
  public static final LoadLimits FOREIGN = new LoadLimits(256, 1L << 30, 1_000_000, 1_000_000);

  /// For objects that are trusted.
  public static final LoadLimits NONE =
      new LoadLimits(Integer.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

  /// Those of an object if nobody says otherwise.
  public static LoadLimits of(BpfObject object) {
    return object.note().isPresent() ? NONE : FOREIGN;
  }

  /// Checks an object, before anything is made of it.
  ///
  /// @param request what is to be loaded, with its own sizes of maps
  /// @param cpus the possible CPUs of the machine
  /// @throws NotPermittedException if it asks for more
  public void check(LoadRequest request, int cpus) {
    BpfObject object = request.object();
    check("maps", object.maps().size(), maps);
    check("instructions", instructions(object), instructions);
    Btf btf = object.btf();
    check("types", btf.count(), types);
    long bytes = 0;
    for (MapDefinition map : object.maps()) {
      if (map.kind() == MapKind.ARENA) {
        continue;
      }
      Integer entries = request.maxEntries().get(map.name());
      MapDefinition sized = entries == null ? map : map.withMaxEntries(entries);
      long one = Math.max(MapMemory.computed(sized, 1).bytes(), 0);
      bytes = sum(bytes, Math.max(MapMemory.computed(sized, cpus).bytes(), one));
      check("bytes of maps", bytes, mapBytes);
    }
  }

  private static long instructions(BpfObject object) {
    return object.code().stream()
        .flatMap(section -> section.functions().stream())
        .mapToLong(function -> function.insns().size())
        .sum();
  }

  private static long sum(long one, long other) {
    return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
  }

  private static void check(String what, long asked, long allowed) {
    if (asked > allowed) {
      throw new NotPermittedException(
          "loading an object with %,d %s, of which its limits allow %,d"
              .formatted(asked, what, allowed),
          "other `LoadLimits`, if the object is trusted");
    }
  }
}
