package org.bpf4j.keep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Link;
import org.bpf4j.handle.MapSource;
import org.bpf4j.handle.Place;
import org.bpf4j.kernel.LoadRequest;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.MapKind;
import org.bpf4j.object.ProgramSection;
import org.bpf4j.sys.Attacher;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.KeptFolder;
import org.bpf4j.sys.KernelObject;
import org.bpf4j.sys.PinName;
import org.bpf4j.sys.PinnedParts;
import org.jspecify.annotations.Nullable;

/// A version of an object that takes the place of the one before, in a kept folder.
///
/// It is loaded with the maps of the version in force, and all its parts are pinned; nothing else
/// changes by that. Its first attachment puts it in force: from then on its maps are those that the
/// next version takes over.
public final class Takeover {

  /// What belongs to a version: arrays of programs hold its own programs, and an arena lies where a
  /// process reserved room.
  private static final Set<MapKind> OF_VERSION = EnumSet.of(MapKind.PROG_ARRAY, MapKind.ARENA);

  private final KeptFolder folder;
  private final Optional<Path> before;
  private @Nullable Path version;

  private Takeover(KeptFolder folder) {
    this.folder = folder;
    before = folder.current();
  }

  /// Loads with a folder locked.
  public interface Loading {

    /// Loads an object.
    ///
    /// @param request what to load
    /// @param takeover attaches its programs
    KernelObject load(LoadRequest request, Takeover takeover);
  }

  /// Loads a version into a folder, where nobody else loads one meanwhile.
  ///
  /// @throws org.bpf4j.kernel.IncompatibleMapException if a map of the version in force is not as
  ///   this one declares it; nothing has changed then
  public static KernelObject load(LoadRequest request, Path path, Loading loading) {
    KeptFolder folder = KeptFolder.at(path);
    folder.create();
    try (Descriptor _ = folder.lock()) {
      Takeover takeover = new Takeover(folder);
      KernelObject loaded = loading.load(request.withSources(takeover.sources(request)), takeover);
      try {
        takeover.pin(loaded);
        return loaded;
      } catch (RuntimeException | Error e) {
        loaded.close();
        throw e;
      }
    }
  }

  /// The maps of the version in force, except for those of which somebody said where they come
  /// from.
  private Map<String, MapSource> sources(LoadRequest request) {
    Map<String, MapSource> sources = new HashMap<>();
    for (MapDefinition map : request.object().maps()) {
      if (before.isPresent() && !OF_VERSION.contains(map.kind()) && !map.traits().pinned()) {
        Path pin = before.get().resolve(PinName.of(map.name()));
        if (Files.exists(pin)) {
          sources.put(map.name(), new MapSource.Existing(new Place.Pin(pin)));
        }
      }
    }
    sources.putAll(request.sources());
    return sources;
  }

  private void pin(KernelObject loaded) {
    Path own = folder.newVersion();
    try {
      loaded.parts().pinInto(own);
      folder.reclaim(own);
      version = own;
    } catch (RuntimeException | Error e) {
      try {
        PinnedParts.removeFolder(own);
      } catch (IOException remove) {
        e.addSuppressed(new UncheckedIOException(remove));
      }
      throw e;
    }
  }

  /// Attaches a program of this version in the place of the one before, and pins the link.
  ///
  /// @param attacher attaches where nothing is
  /// @throws IllegalStateException if another version took this one's place
  public Link attach(
      Attacher attacher, Descriptor program, ProgramSection section, String name, Hook hook) {
    try (Descriptor _ = folder.lock()) {
      Path own = own();
      if (!folder.current().filter(own::equals).isPresent()) {
        folder.putInForce(own);
        folder.reclaim(own);
      }
      return new KeptLink(folder.link(name, HookName.of(hook)))
          .attach(program, () -> attacher.attach(program, section, name, hook));
    }
  }

  private Path own() {
    Path own = version;
    Optional<Path> now = folder.current();
    boolean taken = !now.equals(before) && !now.equals(Optional.ofNullable(own));
    if (own == null || taken || !Files.isDirectory(own)) {
      throw new IllegalStateException(
          "another version was loaded into "
              + folder.path()
              + " meanwhile"
              + now.map(path -> ", and " + path.getFileName() + " is in force").orElse(""));
    }
    return own;
  }
}
