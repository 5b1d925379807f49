package org.bpf4j.processor.generate;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.Optional;
import javax.lang.model.element.Modifier;
import org.bpf4j.processor.generate.SkeletonModel.MapField;
import org.bpf4j.processor.generate.TypeShapes.Shape;

/// Writes the typed class of one map, with overloads that box nothing where key or value are
/// numbers.
final class MapGenerator {
  private static final String HANDLE = "org.bpf4j.handle";
  private static final ClassName TYPED_MAP = ClassName.get(HANDLE, "TypedMap");
  private static final ClassName PER_CPU_MAP = ClassName.get(HANDLE, "PerCpuMap");
  private static final ClassName LOADED_MAP = ClassName.get(HANDLE, "LoadedMap");
  private static final ClassName MAP_ACCESS = ClassName.get(HANDLE, "MapAccess");
  private static final ClassName STORAGE = ClassName.get(HANDLE, "Storage");
  private static final ClassName CODECS = ClassName.get(HANDLE, "Codecs");

  private final TypeShapes shapes;
  private final CodecGenerator codecs;

  MapGenerator(TypeShapes shapes, CodecGenerator codecs) {
    this.shapes = shapes;
    this.codecs = codecs;
  }

  /// The class of a map; scratch memory has integer keys, of which only 0 exists.
  TypeSpec generate(String className, MapField map) {
    TypeName key = map.key().map(shapes::userType).orElse(ClassName.get(Integer.class));
    CodeBlock keyCodec = map.key().map(codecs::codec).orElse(CodeBlock.of("$T.INT", CODECS));
    ClassName parent = map.form().kind().perCpu() ? PER_CPU_MAP : TYPED_MAP;
    TypeSpec.Builder type =
        TypeSpec.classBuilder(className)
            .addJavadoc("The map {@code $L}.", map.name())
            .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
            .superclass(ParameterizedTypeName.get(parent, key, shapes.userType(map.stored())))
            .addMethod(
                MethodSpec.constructorBuilder()
                    .addModifiers(Modifier.PRIVATE)
                    .addParameter(LOADED_MAP, "map")
                    .addStatement("super(map, $L, $L)", keyCodec, codecs.codec(map.stored()))
                    .build());
    primitiveKey(map)
        .ifPresent(
            primitive -> {
              type.addMethod(test("containsKey", "find", primitive));
              type.addMethod(test("remove", "erase", primitive));
              primitiveValue(map)
                  .ifPresent(
                      value -> {
                        type.addMethod(put(primitive, value));
                        type.addMethod(mixedPut(primitive.box(), value, primitive, value));
                        type.addMethod(mixedPut(primitive, value.box(), primitive, value));
                        type.addMethod(getOrThrow(primitive, value));
                        type.addMethod(getOrDefault(primitive, value));
                      });
            });
    return type.build();
  }

  /// The type of an inner map's handle.
  TypeName innerType(MapField inner) {
    ClassName parent = inner.form().kind().perCpu() ? PER_CPU_MAP : TYPED_MAP;
    TypeName key = inner.key().map(shapes::userType).orElse(ClassName.get(Integer.class));
    return ParameterizedTypeName.get(parent, key, shapes.userType(inner.stored()));
  }

  /// A function that makes the handle of an inner map.
  CodeBlock innerFace(MapField inner) {
    return CodeBlock.of(
        "inner -> new $T(inner, $L, $L)",
        innerType(inner),
        inner.key().map(codecs::codec).orElse(CodeBlock.of("$T.INT", CODECS)),
        codecs.codec(inner.stored()));
  }

  private Optional<TypeName> primitiveKey(MapField map) {
    return map.key().isEmpty()
        ? Optional.of(TypeName.INT)
        : map.key().filter(k -> shapes.shape(k) == Shape.NUMBER).map(shapes::primitive);
  }

  private Optional<TypeName> primitiveValue(MapField map) {
    Shape shape = shapes.shape(map.stored());
    boolean number = shape == Shape.NUMBER || shape == Shape.ATOMIC;
    return number && !map.form().kind().perCpu()
        ? Optional.of(shapes.primitive(map.stored()))
        : Optional.empty();
  }

  private static MethodSpec.Builder method(String name, TypeName key) {
    return MethodSpec.methodBuilder(name).addModifiers(Modifier.PUBLIC).addParameter(key, "key");
  }

  /// Takes memory for an entry, fills in the key, runs the body and gives the memory back.
  private static CodeBlock withAccess(TypeName key, CodeBlock body) {
    return CodeBlock.builder()
        .beginControlFlow("try ($T access = access())", MAP_ACCESS)
        .addStatement("$T.put$L(access.key(), 0, key)", STORAGE, TypeShapes.javaName(key))
        .add(body)
        .endControlFlow()
        .build();
  }

  private static MethodSpec test(String name, String action, TypeName key) {
    return method(name, key)
        .addJavadoc("{@code $L} without boxing.", name)
        .returns(TypeName.BOOLEAN)
        .addCode(
            withAccess(key, CodeBlock.builder().addStatement("return access.$L()", action).build()))
        .build();
  }

  private static MethodSpec put(TypeName key, TypeName value) {
    CodeBlock body =
        CodeBlock.builder()
            .addStatement("$T.put$L(access.value(), 0, value)", STORAGE, TypeShapes.javaName(value))
            .addStatement("access.store($T.UpdateMode.ANY)", LOADED_MAP)
            .build();
    return method("put", key)
        .addJavadoc("{@code put} without boxing.")
        .addParameter(value, "value")
        .addCode(withAccess(key, body))
        .build();
  }

  /// `put` with one side boxed, which would else be ambiguous.
  private static MethodSpec mixedPut(
      TypeName givenKey, TypeName givenValue, TypeName key, TypeName value) {
    return method("put", givenKey)
        .addJavadoc("{@code put} for a call with one boxed argument.")
        .addParameter(givenValue, "value")
        .addStatement(
            "put($L, $L)",
            givenKey.isPrimitive() ? "key" : "key." + key + "Value()",
            givenValue.isPrimitive() ? "value" : "value." + value + "Value()")
        .build();
  }

  private static MethodSpec getOrThrow(TypeName key, TypeName value) {
    CodeBlock body =
        CodeBlock.builder()
            .beginControlFlow("if (!access.find())")
            .addStatement("throw absent(key)")
            .endControlFlow()
            .addStatement("return $T.get$L(access.value(), 0)", STORAGE, TypeShapes.javaName(value))
            .build();
    return method("getOrThrow", key)
        .addJavadoc("{@code getOrThrow} without boxing.")
        .returns(value)
        .addCode(withAccess(key, body))
        .build();
  }

  private static MethodSpec getOrDefault(TypeName key, TypeName value) {
    CodeBlock body =
        CodeBlock.builder()
            .addStatement(
                "return access.find() ? $T.get$L(access.value(), 0) : absent",
                STORAGE,
                TypeShapes.javaName(value))
            .build();
    return method("getOrDefault", key)
        .addJavadoc("The value of a key, or {@code absent}; nothing is boxed.")
        .addParameter(value, "absent")
        .returns(value)
        .addCode(withAccess(key, body))
        .build();
  }
}
