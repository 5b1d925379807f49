package org.bpf4j.processor.generate;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import org.bpf4j.object.CName;

/// Writes views: static methods that read and write the fields of a struct or record where it lies,
/// and make no objects.
///
/// They serve keys and values of maps, batches, ring records and mapped arrays alike, since all
/// these are memory. Offsets are constants once the class is initialised.
final class ViewGenerator {
  private static final ClassName LAYOUT = ClassName.get("org.bpf4j.handle", "Layout");
  private static final ClassName STORAGE = ClassName.get("org.bpf4j.handle", "Storage");
  private static final ClassName SEGMENT = ClassName.get("java.lang.foreign", "MemorySegment");
  private static final ClassName STRING = ClassName.get("org.bpf4j.lang", "BpfString");
  private static final ClassName OBJECTS = ClassName.get("java.util", "Objects");

  private final TypeShapes shapes;
  private final Elements elements;
  private final CodecGenerator codecs;

  ViewGenerator(TypeShapes shapes, Elements elements, CodecGenerator codecs) {
    this.shapes = shapes;
    this.elements = elements;
    this.codecs = codecs;
  }

  /// The view of a struct or record.
  TypeSpec generate(String className, TypeElement element) {
    TypeSpec.Builder view =
        TypeSpec.classBuilder(className)
            .addJavadoc(
                "{@link $T} where it lies in memory: a key or value of a map, one of a batch, a"
                    + " record of a ring.\n{@code at} says where in the memory it begins.\n",
                ClassName.get(element))
            .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
            .addField(
                FieldSpec.builder(
                        LAYOUT, "LAYOUT", Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                    .initializer(
                        "OBJECT.layout($S)",
                        CName.ofType(elements.getBinaryName(element).toString()))
                    .build())
            .addField(constant(TypeName.INT, "BYTES", "Its size.", CodeBlock.of("LAYOUT.bytes()")))
            .addField(
                constant(
                    TypeName.LONG,
                    "STRIDE",
                    "How far elements of a mapped array are apart, and values of CPUs.",
                    CodeBlock.of("(LAYOUT.bytes() + 7L) / 8 * 8")))
            .addMethod(MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build());
    for (VariableElement field : ElementFilter.fieldsIn(element.getEnclosedElements())) {
      if (!field.getModifiers().contains(Modifier.STATIC) && shapes.isUsable(field.asType())) {
        add(view, field);
      }
    }
    return view.build();
  }

  private static FieldSpec constant(TypeName type, String name, String doc, CodeBlock value) {
    return FieldSpec.builder(type, name, Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
        .addJavadoc(doc)
        .initializer(value)
        .build();
  }

  private void add(TypeSpec.Builder view, VariableElement field) {
    TypeMirror type = field.asType();
    switch (shapes.shape(type)) {
      case NUMBER -> {
        TypeShapes.Getter getter = shapes.getter(field, type);
        number(view, field, getter.type(), getter.suffix(), shapes.storage(field, type));
      }
      case ATOMIC -> {
        TypeName number = shapes.primitive(type);
        String name = TypeShapes.javaName(number);
        number(view, field, number, name, name);
        addition(view, field, number, name);
      }
      case ENUM -> enumeration(view, field);
      case RECORD, STRUCT -> embedded(view, field);
      case STRING -> text(view, field);
      case ARRAY -> array(view, field, ((ArrayType) type).getComponentType());
      case REFERENCE, NONE -> {}
    }
  }

  private static String offset(VariableElement field) {
    return "AT_" + field.getSimpleName();
  }

  private static void offsetField(TypeSpec.Builder view, VariableElement field) {
    view.addField(
        FieldSpec.builder(TypeName.LONG, offset(field))
            .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
            .initializer("LAYOUT.offset($S)", CName.of(field.getSimpleName().toString()))
            .build());
  }

  private static MethodSpec.Builder method(String name, String doc) {
    return MethodSpec.methodBuilder(name)
        .addJavadoc("$L", doc)
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC);
  }

  private static MethodSpec.Builder in(VariableElement field, String doc) {
    String name = field.getSimpleName().toString();
    return method(name, doc.formatted("{@code " + name + "}"))
        .addParameter(SEGMENT, "memory")
        .addParameter(TypeName.LONG, "at");
  }

  private static MethodSpec first(VariableElement field, TypeName type) {
    String name = field.getSimpleName().toString();
    return method(name, "Reads {@code " + name + "} of what begins with the memory.")
        .addParameter(SEGMENT, "memory")
        .returns(type)
        .addStatement("return $L(memory, 0)", name)
        .build();
  }

  private static void number(
      TypeSpec.Builder view, VariableElement field, TypeName type, String get, String put) {
    offsetField(view, field);
    view.addMethod(first(field, type));
    view.addMethod(
        in(field, "Reads %s.")
            .returns(type)
            .addStatement("return $T.get$L(memory, at + $L)", STORAGE, get, offset(field))
            .build());
    view.addMethod(
        in(field, "Writes %s.")
            .addParameter(type, "value")
            .addStatement("$T.put$L(memory, at + $L, value)", STORAGE, put, offset(field))
            .build());
  }

  private static void addition(
      TypeSpec.Builder view, VariableElement field, TypeName type, String name) {
    String field1 = field.getSimpleName().toString();
    view.addMethod(
        method(
                "getAndAdd" + Character.toUpperCase(field1.charAt(0)) + field1.substring(1),
                "Adds to {@code " + field1 + "} at once, also for programs, in memory they share.")
            .addParameter(SEGMENT, "memory")
            .addParameter(TypeName.LONG, "at")
            .addParameter(type, "summand")
            .returns(type)
            .addStatement(
                "return $T.getAndAdd$L(memory, at + $L, summand)", STORAGE, name, offset(field))
            .build());
  }

  private void enumeration(TypeSpec.Builder view, VariableElement field) {
    offsetField(view, field);
    TypeName type = TypeName.get(field.asType());
    CodeBlock codec = codecs.codec(field.asType());
    view.addMethod(first(field, type));
    view.addMethod(
        in(field, "Reads %s.")
            .returns(type)
            .addStatement("return $L.decode(memory, at + $L)", codec, offset(field))
            .build());
    view.addMethod(
        in(field, "Writes %s.")
            .addParameter(type, "value")
            .addStatement("$L.encode(value, memory, at + $L)", codec, offset(field))
            .build());
  }

  /// A method of that name that takes a number alone is one of every object.
  private static void embedded(TypeSpec.Builder view, VariableElement field) {
    String name = field.getSimpleName().toString();
    if (!name.equals("wait")) {
      offsetField(view, field);
      view.addMethod(
          method(name, "Where {@code " + name + "} begins.")
              .addParameter(TypeName.LONG, "at")
              .returns(TypeName.LONG)
              .addStatement("return at + $L", offset(field))
              .build());
    }
  }

  private static void text(TypeSpec.Builder view, VariableElement field) {
    offsetField(view, field);
    view.addMethod(
        in(field, "Reads %s into a text of its size.")
            .addParameter(STRING, "into")
            .addStatement("$T.getString(memory, at + $L, into)", STORAGE, offset(field))
            .build());
  }

  private void array(TypeSpec.Builder view, VariableElement field, TypeMirror element) {
    if (shapes.shape(element) != TypeShapes.Shape.NUMBER) {
      return;
    }
    offsetField(view, field);
    TypeName type = shapes.primitive(element);
    String name = TypeShapes.javaName(type);
    String count = "COUNT_" + field.getSimpleName();
    int bytes = CodecGenerator.bytes(type);
    view.addField(
        FieldSpec.builder(TypeName.INT, count)
            .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
            .initializer("LAYOUT.bytes($S) / $L", CName.of(field.getSimpleName().toString()), bytes)
            .build());
    CodeBlock place =
        CodeBlock.of(
            "at + $L + $T.checkIndex(index, $L) * $LL", offset(field), OBJECTS, count, bytes);
    view.addMethod(
        in(field, "Reads an element of %s.")
            .addParameter(TypeName.INT, "index")
            .returns(type)
            .addStatement("return $T.get$L(memory, $L)", STORAGE, name, place)
            .build());
    view.addMethod(
        in(field, "Writes an element of %s.")
            .addParameter(TypeName.INT, "index")
            .addParameter(type, "value")
            .addStatement("$T.put$L(memory, $L, value)", STORAGE, name, place)
            .build());
  }
}
