package org.bpf4j.sim;

import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bpf4j.handle.LoadedData;
import org.bpf4j.handle.LoadedMap;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.handle.LoadedProgram;
import org.bpf4j.handle.LoadedRing;
import org.bpf4j.handle.LoadedUserRing;
import org.bpf4j.handle.Operations;
import org.bpf4j.kernel.LoadRequest;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.lang.Xdp;
import org.bpf4j.object.BpfFunction;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.ProgramKind;

/// A loaded object whose programs run as Java; its maps and globals are those of an object that
/// runs as bytecode.
final class JavaObject implements LoadedObject {

  private final SimulatedObject shared;
  private final JavaTypes types;
  private final JavaMaps maps;
  private final JavaStatics statics;
  private final Map<String, JavaProgram> programs = new LinkedHashMap<>();

  JavaObject(SimulatedKernel kernel, LoadRequest request) {
    shared = new SimulatedObject(kernel, withoutCode(request), null);
    types =
        new JavaTypes(
            request.object().btf(),
            kernel.environment.foreign,
            JavaArena.of(request.object(), shared),
            new JavaCollections());
    Class<?> owner = JavaLoader.copyOf(request.owner());
    maps = new JavaMaps(owner, shared, types);
    statics = new JavaStatics(owner, shared, types);
    for (BpfFunction program : request.object().programs()) {
      if (!request.skipped().contains(program.name())) {
        programs.put(program.name(), program(owner, program.name()));
      }
    }
    shared.fillSlots(programs);
  }

  private static LoadRequest withoutCode(LoadRequest request) {
    Set<String> skipped = new HashSet<>(request.skipped());
    request.object().programs().forEach(program -> skipped.add(program.name()));
    return new LoadRequest(
        request.object(), request.owner(), request.data(), request.maxEntries(), skipped);
  }

  private JavaProgram program(Class<?> owner, String name) {
    List<JavaProgram> found =
        Stream.of(owner.getDeclaredMethods())
            .filter(method -> JavaReflection.objectName(method).equals(name))
            .flatMap(
                method -> kind(method).map(k -> new JavaProgram(this, name, k, method)).stream())
            .toList();
    if (found.size() != 1) {
      throw new IllegalArgumentException(
          owner.getName() + " has " + found.size() + " programs `" + name + "`");
    }
    return found.getFirst();
  }

  private static Optional<ProgramKind> kind(Method method) {
    return Stream.of(ProgramKind.values()).filter(kind -> isAnnotated(method, kind)).findFirst();
  }

  private static boolean isAnnotated(Method method, ProgramKind kind) {
    String name = Xdp.class.getPackageName() + "." + kind.annotation();
    return Stream.of(method.getAnnotations())
        .anyMatch(annotation -> annotation.annotationType().getName().equals(name));
  }

  /// The kernel that it is loaded into.
  SimulatedKernel kernel() {
    return shared.kernel;
  }

  /// Its maps and globals, as bytes.
  SimulatedObject shared() {
    return shared;
  }

  /// Its globals, as static fields.
  JavaStatics statics() {
    return statics;
  }

  /// A context for a run.
  JavaContext context(Context context) {
    return new JavaContext(context, types, new JavaViews(types, kernel().environment.foreign));
  }

  /// A host for a run.
  ///
  /// @param tailCalls how many programs handed over before
  JavaHost host(JavaContext context, int tailCalls) {
    JavaHelpers helpers = new JavaHelpers(new Run(shared, context.context()), types);
    return new JavaHost(maps, statics, context, helpers, shared, types, tailCalls);
  }

  @Override
  public BpfObject object() {
    return shared.object();
  }

  @Override
  public LoadedProgram program(String name) {
    shared.requireOpen();
    JavaProgram program = programs.get(name);
    if (program == null) {
      throw new IllegalArgumentException("the object has no loaded program `" + name + "`");
    }
    return program;
  }

  @Override
  public LoadedMap map(String name) {
    return shared.map(name);
  }

  @Override
  public LoadedRing ring(String name) {
    return shared.ring(name);
  }

  @Override
  public LoadedUserRing userRing(String name) {
    return shared.userRing(name);
  }

  @Override
  public LoadedData data(String section) {
    return shared.data(section);
  }

  @Override
  public LoadedData arena(String name) {
    return shared.arena(name);
  }

  @Override
  public Operations operations(String name) {
    throw new UnsupportedFeatureException("structs of functions, being simulated", null);
  }

  @Override
  public void close() {
    shared.close();
  }
}
