package org.bpf4j.processor.generate;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.TypeMirror;
import org.bpf4j.processor.generate.SkeletonModel.GlobalField;

/// Writes the accessors of globals: reads and writes of memory shared with the programs.
final class GlobalGenerator {
  private static final ClassName GLOBAL = ClassName.get("org.bpf4j.handle", "Global");
  private static final ClassName STORAGE = ClassName.get("org.bpf4j.handle", "Storage");
  private static final ClassName STRING = ClassName.get("org.bpf4j.lang", "BpfString");

  private final TypeShapes shapes;
  private final CodecGenerator codecs;

  GlobalGenerator(TypeShapes shapes, CodecGenerator codecs) {
    this.shapes = shapes;
    this.codecs = codecs;
  }

  void add(TypeSpec.Builder skeleton, CodeBlock.Builder constructor, GlobalField global) {
    TypeMirror type = global.type();
    skeleton.addField(GLOBAL, global.name(), Modifier.PRIVATE, Modifier.FINAL);
    constructor.addStatement("this.$L = global($S)", global.name(), global.elfName());
    if (type instanceof ArrayType array) {
      addElements(skeleton, global, array);
      return;
    }
    skeleton.addMethod(getter(global));
    boolean settable =
        switch (shapes.shape(type)) {
          case NUMBER, ATOMIC, ENUM, RECORD, STRUCT, ARRAY, NONE -> !global.isConstant();
          case STRING, REFERENCE -> false;
        };
    if (settable) {
      skeleton.addMethod(setter(global));
    }
  }

  /// The type that accessors of a global have.
  TypeName type(TypeMirror type) {
    return switch (shapes.shape(type)) {
      case NUMBER, ATOMIC -> shapes.primitive(type);
      case ENUM, RECORD, STRUCT, REFERENCE, STRING, ARRAY, NONE -> shapes.userType(type);
    };
  }

  private MethodSpec getter(GlobalField global) {
    TypeMirror type = global.type();
    CodeBlock value =
        switch (shapes.shape(type)) {
          case NUMBER, ATOMIC ->
              CodeBlock.of(
                  "$L.get$L()", global.name(), TypeShapes.javaName(shapes.primitive(type)));
          case STRING -> CodeBlock.of("string.text()");
          case REFERENCE ->
              CodeBlock.of(
                  "$L.at($L.getLong(), $L)",
                  global.arena().orElseThrow(),
                  global.name(),
                  codecs.arenaCodec(type));
          case ENUM, RECORD, STRUCT, ARRAY, NONE ->
              CodeBlock.of("$L.get($L)", global.name(), codecs.codec(type));
        };
    MethodSpec.Builder getter =
        MethodSpec.methodBuilder(global.name())
            .addJavadoc("The global {@code $L}, as it is now.", global.name())
            .addModifiers(Modifier.PUBLIC)
            .returns(type(type));
    if (shapes.shape(type) == TypeShapes.Shape.REFERENCE) {
      getter.addJavadoc(
          " What it refers to is copied, with all that is reached from there; null if nothing.");
    }
    if (shapes.shape(type) == TypeShapes.Shape.STRING) {
      getter.addStatement(
          "$T string = $T.ofSize((int) $L.segment().byteSize())", STRING, STRING, global.name());
      getter.addStatement("$T.getString($L.segment(), 0, string)", STORAGE, global.name());
    }
    return getter.addStatement("return $L", value).build();
  }

  /// Accessors of an array's elements: they take as many indices as it has dimensions.
  private void addElements(TypeSpec.Builder skeleton, GlobalField global, ArrayType array) {
    List<ParameterSpec> indices = new ArrayList<>();
    TypeMirror element = array;
    while (element instanceof ArrayType dimension) {
      String name = indices.isEmpty() ? "index" : "index" + (indices.size() + 1);
      indices.add(ParameterSpec.builder(TypeName.INT, name).build());
      element = dimension.getComponentType();
    }
    CodeBlock index =
        indices.stream().map(each -> CodeBlock.of("$N", each)).collect(CodeBlock.joining(", "));
    CodeBlock at = indices.size() == 1 ? index : CodeBlock.of("$L.index($L)", global.name(), index);
    skeleton.addMethod(
        MethodSpec.methodBuilder(global.name())
            .addJavadoc("An element of the global {@code $L}, as it is now.", global.name())
            .addModifiers(Modifier.PUBLIC)
            .returns(type(element))
            .addParameters(indices)
            .addStatement("return $L.get($L, $L)", global.name(), codecs.codec(element), at)
            .build());
    skeleton.addMethod(
        MethodSpec.methodBuilder(global.name())
            .addJavadoc("Changes an element of {@code $L} while programs run.", global.name())
            .addModifiers(Modifier.PUBLIC)
            .addParameters(indices)
            .addParameter(type(element), "value")
            .addStatement("$L.set($L, $L, value)", global.name(), codecs.codec(element), at)
            .build());
  }

  private MethodSpec setter(GlobalField global) {
    TypeMirror type = global.type();
    CodeBlock store =
        switch (shapes.shape(type)) {
          case NUMBER, ATOMIC ->
              CodeBlock.of(
                  "$L.set$L(value)", global.name(), TypeShapes.javaName(shapes.primitive(type)));
          case ENUM, RECORD, STRUCT, REFERENCE, STRING, ARRAY, NONE ->
              CodeBlock.of("$L.set($L, value)", global.name(), codecs.codec(type));
        };
    return MethodSpec.methodBuilder(global.name())
        .addJavadoc("Changes the global {@code $L} while programs run.", global.name())
        .addModifiers(Modifier.PUBLIC)
        .addParameter(type(type), "value")
        .addStatement(store)
        .build();
  }
}
