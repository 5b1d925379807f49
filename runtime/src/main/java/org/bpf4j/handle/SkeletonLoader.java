package org.bpf4j.handle;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.bpf4j.kernel.BindRequest;
import org.bpf4j.kernel.Kernel;
import org.bpf4j.kernel.LoadLimits;
import org.bpf4j.kernel.LoadRequest;
import org.jspecify.annotations.Nullable;

/// What a generated `configure()` collects before it loads.
///
/// Meant for one thread and one skeleton; it may load several times.
public final class SkeletonLoader {

  private final ObjectResource resource;
  private final Map<String, byte[]> data = new HashMap<>();
  private final Map<String, Integer> maxEntries = new HashMap<>();
  private final Map<String, MapSource> sources = new HashMap<>();
  private final Map<String, LoadedProgram> replaced = new HashMap<>();
  private final Set<String> skipped = new HashSet<>();
  private @Nullable Path kept;
  private @Nullable Path token;

  /// Starts with the object as it is.
  public SkeletonLoader(ObjectResource resource) {
    this.resource = resource;
  }

  /// Sets what a global variable holds when programs start.
  ///
  /// @param variable its name
  public <T> void set(String variable, Codec<T> codec, T value) {
    ObjectResource.Variable place = resource.variable(variable);
    byte[] bytes = data.computeIfAbsent(place.section().name(), _ -> place.section().bytes());
    MemorySegment segment = MemorySegment.ofArray(bytes).asSlice(place.offset(), place.size());
    codec.encode(value, segment, 0);
  }

  /// Changes a map.
  public void map(String name, Consumer<? super MapOptions> options) {
    options.accept(
        new MapOptions(
            entries -> maxEntries.put(name, entries), source -> sources.put(name, source)));
  }

  /// Leaves a program out.
  ///
  /// @param program its ELF name
  public void skip(String program) {
    skipped.add(program);
  }

  /// Says of which program an extension replaces a function.
  ///
  /// @param extension its ELF name
  public void replace(String extension, LoadedProgram program) {
    replaced.put(extension, program);
  }

  /// Keeps what is loaded in a folder of a BPF file system.
  public void keep(Path folder) {
    kept = folder;
  }

  /// Says by whose token bpf(2) is used.
  ///
  /// @param fileSystem where the BPF file system is mounted that gives it
  public void token(Path fileSystem) {
    token = fileSystem;
  }

  /// Loads, and makes a skeleton of what was loaded; if that fails, nothing remains.
  public <S> S load(Kernel kernel, Constructor<S> constructor) {
    LoadRequest request =
        new LoadRequest(
            resource.object(),
            resource.owner(),
            data,
            maxEntries,
            skipped,
            sources,
            replaced,
            Optional.ofNullable(kept),
            Optional.ofNullable(token),
            LoadLimits.of(resource.object()));
    return made(kernel.load(request), request, constructor);
  }

  /// Makes a skeleton of what somebody else loaded.
  public static <S> S bind(
      ObjectResource resource, Places places, Kernel kernel, Constructor<S> constructor) {
    LoadedObject bound = kernel.bind(new BindRequest(resource.object(), resource.owner(), places));
    return made(bound, LoadRequest.of(resource.object(), resource.owner()), constructor);
  }

  private static <S> S made(LoadedObject loaded, LoadRequest request, Constructor<S> constructor) {
    try {
      return constructor.create(loaded, request);
    } catch (RuntimeException | Error e) {
      try {
        loaded.close();
      } catch (RuntimeException close) {
        e.addSuppressed(close);
      }
      throw e;
    }
  }

  /// A generated skeleton's constructor.
  ///
  /// @param <S> the skeleton
  @FunctionalInterface
  public interface Constructor<S> {

    /// Makes the skeleton, which then owns the object.
    S create(LoadedObject object, LoadRequest request);
  }
}
