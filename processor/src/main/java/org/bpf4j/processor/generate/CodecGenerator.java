package org.bpf4j.processor.generate;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import org.bpf4j.object.CName;

/// Writes codecs: how a struct, record or enum lies in memory, with every offset read from the
/// object's BTF when the codec's class is initialised.
final class CodecGenerator {
  private static final ClassName CODEC = ClassName.get("org.bpf4j.handle", "Codec");
  private static final ClassName ARENA_CODEC = ClassName.get("org.bpf4j.handle", "ArenaCodec");
  private static final ClassName ARENA_READER = ClassName.get("org.bpf4j.handle", "ArenaReader");
  private static final ClassName CODECS = ClassName.get("org.bpf4j.handle", "Codecs");
  private static final ClassName LAYOUT = ClassName.get("org.bpf4j.handle", "Layout");
  private static final ClassName STORAGE = ClassName.get("org.bpf4j.handle", "Storage");
  private static final ClassName SEGMENT = ClassName.get("java.lang.foreign", "MemorySegment");

  private final TypeShapes shapes;
  private final Elements elements;
  private final ClassName skeleton;
  private final Map<String, TypeSpec> codecs = new LinkedHashMap<>();
  private final Set<TypeElement> structs = new LinkedHashSet<>();

  CodecGenerator(TypeShapes shapes, Elements elements, ClassName skeleton) {
    this.shapes = shapes;
    this.elements = elements;
    this.skeleton = skeleton;
  }

  /// The codec classes that were needed so far.
  List<TypeSpec> codecs() {
    return List.copyOf(codecs.values());
  }

  /// The structs and records among them.
  List<TypeElement> structs() {
    return List.copyOf(structs);
  }

  /// An expression for the codec of a type.
  CodeBlock codec(TypeMirror type) {
    return switch (shapes.shape(type)) {
      case NUMBER, ATOMIC ->
          CodeBlock.of("$T.$L", CODECS, shapes.primitive(type).toString().toUpperCase(Locale.ROOT));
      case ENUM, RECORD, STRUCT -> CodeBlock.of("$T.INSTANCE", declared(type));
      case REFERENCE, STRING, ARRAY, NONE ->
          throw new IllegalArgumentException("no codec of " + type);
    };
  }

  /// An expression for the codec of a struct of an arena.
  CodeBlock arenaCodec(TypeMirror type) {
    return CodeBlock.of("$T.INSTANCE", declared(type));
  }

  private ClassName declared(TypeMirror type) {
    TypeElement element = (TypeElement) ((DeclaredType) type).asElement();
    String name = CName.ofType(elements.getBinaryName(element).toString()) + "Codec";
    ClassName codec = skeleton.nestedClass(name);
    if (!codecs.containsKey(name)) {
      codecs.put(name, TypeSpec.classBuilder(name).build());
      codecs.put(
          name,
          switch (shapes.shape(type)) {
            case ENUM -> enumCodec(name, element);
            case REFERENCE -> arenaCodec(name, element);
            case RECORD -> structCodec(name, element, true);
            default -> structCodec(name, element, false);
          });
    }
    return codec;
  }

  private TypeSpec enumCodec(String name, TypeElement element) {
    TypeName type = TypeName.get(element.asType());
    CodeBlock.Builder numbers =
        CodeBlock.builder().add("constant -> switch (constant) {\n").indent();
    for (Element member : element.getEnclosedElements()) {
      if (member.getKind() == ElementKind.ENUM_CONSTANT) {
        numbers.add("case $L -> $L;\n", member.getSimpleName(), shapes.enumValue(member));
      }
    }
    numbers.unindent().add("}");
    return TypeSpec.classBuilder(name)
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .addField(
            FieldSpec.builder(
                    ParameterizedTypeName.get(CODEC, type),
                    "INSTANCE",
                    Modifier.STATIC,
                    Modifier.FINAL)
                .initializer("$T.ofEnum($T.values(), $L)", CODECS, type, numbers.build())
                .build())
        .build();
  }

  private TypeSpec structCodec(String name, TypeElement element, boolean record) {
    structs.add(element);
    TypeName type = TypeName.get(element.asType());
    TypeSpec.Builder codec =
        TypeSpec.classBuilder(name)
            .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
            .addSuperinterface(ParameterizedTypeName.get(CODEC, type))
            .addField(layout(element));
    CodeBlock.Builder encode = CodeBlock.builder();
    encode.addStatement("to.asSlice(offset, LAYOUT.bytes()).fill((byte) 0)");
    CodeBlock.Builder read = CodeBlock.builder();
    List<CodeBlock> components = new ArrayList<>();
    for (VariableElement member : members(element, false)) {
      String field = member.getSimpleName().toString();
      codec.addField(offsetField(field));
      String at = "offset + " + offsetName(field);
      encode.add(put(member, record ? "value." + field + "()" : "value." + field, at));
      if (record) {
        components.add(get(member, at));
      } else {
        read.add(readInto(member, "value." + field, at));
      }
    }
    codec.addField(
        FieldSpec.builder(skeleton.nestedClass(name), "INSTANCE", Modifier.STATIC, Modifier.FINAL)
            .initializer("new $T()", skeleton.nestedClass(name))
            .build());
    codec.addMethod(
        override("bytes").returns(TypeName.INT).addStatement("return LAYOUT.bytes()").build());
    codec.addMethod(
        override("encode")
            .addParameter(type, "value")
            .addParameter(SEGMENT, "to")
            .addParameter(TypeName.LONG, "offset")
            .addCode(encode.build())
            .build());
    if (record) {
      codec.addMethod(
          decode(type)
              .addStatement("return new $T($L)", type, CodeBlock.join(components, ", "))
              .build());
    } else {
      codec.addMethods(decodeByReading(type, read.build()));
    }
    return codec.build();
  }

  private static MethodSpec.Builder decode(TypeName type) {
    return override("decode")
        .returns(type)
        .addParameter(SEGMENT, "from")
        .addParameter(TypeName.LONG, "offset");
  }

  /// A method that reads into an object, and one that makes the object for it.
  private static List<MethodSpec> decodeByReading(TypeName type, CodeBlock read) {
    return List.of(
        MethodSpec.methodBuilder("read")
            .addModifiers(Modifier.STATIC)
            .addParameter(SEGMENT, "from")
            .addParameter(TypeName.LONG, "offset")
            .addParameter(type, "value")
            .addCode(read)
            .build(),
        decode(type)
            .addStatement("$T value = new $T()", type, type)
            .addStatement("read(from, offset, value)")
            .addStatement("return value")
            .build());
  }

  /// A codec that only reads: the objects of an arena, which refer to each other.
  private TypeSpec arenaCodec(String name, TypeElement element) {
    TypeName type = TypeName.get(element.asType());
    TypeSpec.Builder codec =
        TypeSpec.classBuilder(name)
            .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
            .addSuperinterface(ParameterizedTypeName.get(ARENA_CODEC, type))
            .addField(layout(element));
    CodeBlock.Builder read = CodeBlock.builder();
    for (VariableElement member : members(element, true)) {
      String field = member.getSimpleName().toString();
      codec.addField(offsetField(field));
      read.add(readInto(member, "value." + field, "offset + " + offsetName(field)));
    }
    return codec
        .addField(
            FieldSpec.builder(
                    skeleton.nestedClass(name), "INSTANCE", Modifier.STATIC, Modifier.FINAL)
                .initializer("new $T()", skeleton.nestedClass(name))
                .build())
        .addMethod(
            override("bytes").returns(TypeName.INT).addStatement("return LAYOUT.bytes()").build())
        .addMethod(override("create").returns(type).addStatement("return new $T()", type).build())
        .addMethod(
            override("read")
                .addParameter(ARENA_READER, "arena")
                .addParameter(SEGMENT, "from")
                .addParameter(TypeName.LONG, "offset")
                .addParameter(type, "value")
                .addCode(read.build())
                .build())
        .build();
  }

  private FieldSpec layout(TypeElement element) {
    return FieldSpec.builder(LAYOUT, "LAYOUT")
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .initializer("OBJECT.layout($S)", CName.ofType(elements.getBinaryName(element).toString()))
        .build();
  }

  /// The fields that cross to user space; references do so in arenas only.
  private List<VariableElement> members(TypeElement element, boolean inArena) {
    return ElementFilter.fieldsIn(element.getEnclosedElements()).stream()
        .filter(field -> !field.getModifiers().contains(Modifier.STATIC))
        .filter(field -> shapes.isUsable(field.asType()))
        .filter(field -> inArena || !isReference(field.asType()))
        .toList();
  }

  private boolean isReference(TypeMirror type) {
    return type instanceof ArrayType array
        ? isReference(array.getComponentType())
        : shapes.shape(type) == TypeShapes.Shape.REFERENCE;
  }

  private static FieldSpec offsetField(String field) {
    return FieldSpec.builder(TypeName.LONG, offsetName(field))
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .initializer("LAYOUT.offset($S)", CName.of(field))
        .build();
  }

  private static String offsetName(String field) {
    return "AT_" + field;
  }

  private static MethodSpec.Builder override(String name) {
    return MethodSpec.methodBuilder(name)
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC);
  }

  /// A statement that writes `value` at `at`.
  private CodeBlock put(VariableElement member, String value, String at) {
    TypeMirror type = member.asType();
    return switch (shapes.shape(type)) {
      case NUMBER ->
          CodeBlock.builder()
              .addStatement(
                  "$T.put$L(to, $L, $L)", STORAGE, shapes.storage(member, type), at, value)
              .build();
      case ATOMIC ->
          CodeBlock.builder()
              .addStatement("$T.put$L(to, $L, $L.get())", STORAGE, atomicName(type), at, value)
              .build();
      case STRING ->
          CodeBlock.builder().addStatement("$T.putString(to, $L, $L)", STORAGE, at, value).build();
      case ENUM, RECORD, STRUCT ->
          CodeBlock.builder().addStatement("$L.encode($L, to, $L)", codec(type), value, at).build();
      case ARRAY -> array(type, value, at, true);
      case REFERENCE, NONE -> CodeBlock.of("");
    };
  }

  /// An expression that reads a record's component.
  private CodeBlock get(VariableElement member, String at) {
    TypeMirror type = member.asType();
    return shapes.shape(type) == TypeShapes.Shape.NUMBER
        ? number(member, at)
        : CodeBlock.of("$L.decode(from, $L)", codec(type), at);
  }

  private CodeBlock number(VariableElement member, String at) {
    TypeName wanted = shapes.primitive(member.asType());
    TypeShapes.Getter getter = shapes.getter(member, member.asType());
    CodeBlock value = CodeBlock.of("$T.get$L(from, $L)", STORAGE, getter.suffix(), at);
    return getter.type().equals(wanted) ? value : CodeBlock.of("($T) $L", wanted, value);
  }

  /// A statement that reads a struct's field.
  private CodeBlock readInto(VariableElement member, String target, String at) {
    TypeMirror type = member.asType();
    return switch (shapes.shape(type)) {
      case NUMBER, ENUM, RECORD ->
          CodeBlock.builder().addStatement("$L = $L", target, get(member, at)).build();
      case ATOMIC ->
          CodeBlock.builder()
              .addStatement("$L.set($T.get$L(from, $L))", target, STORAGE, atomicName(type), at)
              .build();
      case STRING ->
          CodeBlock.builder()
              .addStatement("$T.getString(from, $L, $L)", STORAGE, at, target)
              .build();
      case STRUCT ->
          CodeBlock.builder()
              .addStatement("$T.read(from, $L, $L)", declared(type), at, target)
              .build();
      case REFERENCE ->
          CodeBlock.builder().addStatement("$L = $L", target, reference(type, at)).build();
      case ARRAY -> array(type, target, at, false);
      case NONE -> CodeBlock.of("");
    };
  }

  private CodeBlock reference(TypeMirror type, String at) {
    return CodeBlock.of("arena.at($T.getLong(from, $L), $L)", STORAGE, at, arenaCodec(type));
  }

  /// A loop over the elements; nothing for elements that `read` refuses.
  private CodeBlock array(TypeMirror type, String value, String at, boolean put) {
    return array(type, value, at, put, 'i');
  }

  /// @param index the name of the loop's variable; inner loops have the letters behind it
  private CodeBlock array(TypeMirror type, String value, String at, boolean put, char index) {
    TypeMirror element = ((ArrayType) type).getComponentType();
    String each = value + "[" + index + "]";
    String step = at + " + " + index + " * (long) ";
    CodeBlock.Builder loop =
        CodeBlock.builder()
            .beginControlFlow("for (int $1L = 0; $1L < $2L.length; $1L++)", index, value);
    switch (shapes.shape(element)) {
      case NUMBER -> {
        TypeName primitive = shapes.primitive(element);
        String place = step + bytes(primitive);
        String name = TypeShapes.javaName(primitive);
        if (put) {
          loop.addStatement("$T.put$L(to, $L, $L)", STORAGE, name, place, each);
        } else {
          loop.addStatement("$L = $T.get$L(from, $L)", each, STORAGE, name, place);
        }
      }
      case ENUM, RECORD, STRUCT -> {
        CodeBlock codec = codec(element);
        if (put) {
          loop.addStatement("$L.encode($L, to, $L$L.bytes())", codec, each, step, codec);
        } else {
          loop.addStatement("$L = $L.decode(from, $L$L.bytes())", each, codec, step, codec);
        }
      }
      case ATOMIC -> {
        String name = atomicName(element);
        String place = step + bytes(shapes.primitive(element));
        if (put) {
          loop.addStatement("$T.put$L(to, $L, $L.get())", STORAGE, name, place, each);
        } else {
          loop.addStatement("$L.set($T.get$L(from, $L))", each, STORAGE, name, place);
        }
      }
      case REFERENCE -> {
        if (put) {
          return CodeBlock.of("");
        }
        loop.addStatement("$L = $L", each, reference(element, step + Long.BYTES));
      }
      case ARRAY -> {
        String place = step + rowBytes((ArrayType) element, each);
        loop.add(array(element, each, place, put, (char) (index + 1)));
      }
      case STRING, NONE -> {
        return CodeBlock.of("");
      }
    }
    return loop.endControlFlow().build();
  }

  /// An expression for the bytes of a row.
  private String rowBytes(ArrayType type, String row) {
    TypeMirror element = type.getComponentType();
    String each =
        switch (shapes.shape(element)) {
          case NUMBER, ATOMIC -> Integer.toString(bytes(shapes.primitive(element)));
          case ENUM, RECORD, STRUCT -> codec(element) + ".bytes()";
          case ARRAY -> rowBytes((ArrayType) element, row + "[0]");
          case REFERENCE -> Integer.toString(Long.BYTES);
          case STRING, NONE -> throw new IllegalArgumentException("no array of " + element);
        };
    return row + ".length * " + each;
  }

  /// The size of a number.
  static int bytes(TypeName primitive) {
    return switch (primitive.toString()) {
      case "boolean", "byte" -> 1;
      case "short", "char" -> 2;
      case "int" -> 4;
      default -> 8;
    };
  }

  private String atomicName(TypeMirror type) {
    return TypeShapes.javaName(shapes.primitive(type));
  }
}
