package org.bpf4j.processor.generate;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import javax.lang.model.type.TypeMirror;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.object.MapFlag;
import org.bpf4j.processor.generate.SkeletonModel.MapField;

/// Says how user space sees the maps that need no class of their own: the handle's type, and the
/// expression that makes it in a skeleton's constructor.
final class HandleGenerator {
  private static final String HANDLE = "org.bpf4j.handle";

  private final TypeShapes shapes;
  private final CodecGenerator codecs;
  private final MapGenerator maps;

  HandleGenerator(TypeShapes shapes, CodecGenerator codecs, MapGenerator maps) {
    this.shapes = shapes;
    this.codecs = codecs;
    this.maps = maps;
  }

  /// A handle.
  record Handle(TypeName type, CodeBlock creation) {}

  /// The handle of a map. One arm for each family.
  Handle of(MapField map) {
    return switch (map.form().family()) {
      case RING -> stored(map, "RingReader", CodeBlock.of("ring"));
      case USER_RING -> {
        TypeName type = named("RingWriter", shapes.userType(map.stored()));
        yield new Handle(
            type,
            CodeBlock.of(
                "new $T(userRing($S), $L)", type, map.elfName(), codecs.codec(map.stored())));
      }
      case EVENTS -> stored(map, "RingReader", CodeBlock.of("events"));
      case QUEUE -> loaded(map, "QueueHandle");
      case FILTER -> loaded(map, "BloomFilterHandle");
      case STORAGE -> loaded(map, "StorageHandle");
      case TRACES ->
          plain(
              map,
              map.flags().contains(MapFlag.STACK_BUILD_ID)
                  ? "BuildIdStackHandle"
                  : "StackTraceHandle");
      case CGROUPS, SOCKETS -> plain(map, "ObjectMapHandle");
      case SOCKMAP, SOCKHASH, SHARED_PORT -> {
        TypeMirror key = map.key().orElseThrow();
        TypeName type = named("SocketMapHandle", shapes.userType(key));
        yield new Handle(
            type, CodeBlock.of("new $T(map($S), $L)", type, map.elfName(), codecs.codec(key)));
      }
      case ARENA -> {
        ClassName type = ClassName.get(HANDLE, "ArenaHandle");
        yield new Handle(type, CodeBlock.of("new $T(arena($S))", type, map.elfName()));
      }
      case TARGETS -> plain(map, "RedirectMapHandle");
      case PROGRAMS -> {
        TypeMirror stage = map.key().orElseThrow();
        TypeName type = named("ProgramArrayHandle", shapes.userType(stage));
        yield new Handle(
            type, CodeBlock.of("programs($S, $L)", map.elfName(), codecs.codec(stage)));
      }
      case MAPS, KEYED_MAPS -> {
        MapField inner = map.inner().orElseThrow();
        TypeMirror key = map.key().orElseThrow();
        TypeName type = named("MapOfMapsHandle", shapes.userType(key), maps.innerType(inner));
        yield new Handle(
            type,
            CodeBlock.of(
                "new $T(map($S), $L, $L)",
                type,
                map.elfName(),
                codecs.codec(key),
                maps.innerFace(inner)));
      }
      case ARRAY, KEYED, SCRATCH, ATTACHED ->
          throw new CompilerBug(map.form() + " has a class of its own");
    };
  }

  private Handle stored(MapField map, String type, CodeBlock factory) {
    return new Handle(
        named(type, shapes.userType(map.stored())),
        CodeBlock.of("$L($S, $L)", factory, map.elfName(), codecs.codec(map.stored())));
  }

  private Handle loaded(MapField map, String type) {
    TypeName named = named(type, shapes.userType(map.stored()));
    return new Handle(
        named,
        CodeBlock.of("new $T(map($S), $L)", named, map.elfName(), codecs.codec(map.stored())));
  }

  private static Handle plain(MapField map, String type) {
    ClassName named = ClassName.get(HANDLE, type);
    return new Handle(named, CodeBlock.of("new $T(map($S))", named, map.elfName()));
  }

  private static TypeName named(String type, TypeName... arguments) {
    return ParameterizedTypeName.get(ClassName.get(HANDLE, type), arguments);
  }
}
