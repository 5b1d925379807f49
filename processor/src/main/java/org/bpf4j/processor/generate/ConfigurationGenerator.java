package org.bpf4j.processor.generate;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import com.palantir.javapoet.WildcardTypeName;
import javax.lang.model.element.Modifier;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.processor.generate.SkeletonModel.GlobalField;
import org.bpf4j.processor.generate.SkeletonModel.MapField;

/// Writes the class that `configure()` returns: what is said before programs are loaded.
final class ConfigurationGenerator {
  private static final String HANDLE = "org.bpf4j.handle";
  private static final ClassName LOADER = ClassName.get(HANDLE, "SkeletonLoader");
  private static final ClassName OPTIONS = ClassName.get(HANDLE, "MapOptions");
  private static final ClassName CONSUMER = ClassName.get("java.util.function", "Consumer");
  private static final ClassName KERNEL = ClassName.get("org.bpf4j.kernel", "Kernel");

  private final SkeletonModel model;
  private final CodecGenerator codecs;
  private final TypeShapes shapes;
  private final ClassName name;

  ConfigurationGenerator(SkeletonModel model, CodecGenerator codecs, TypeShapes shapes) {
    this.model = model;
    this.codecs = codecs;
    this.shapes = shapes;
    this.name = model.skeleton().nestedClass("Configuration");
  }

  TypeSpec generate() {
    TypeSpec.Builder type =
        TypeSpec.classBuilder(name)
            .addJavadoc("How programs are to be loaded; for one thread.")
            .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
            .addField(
                FieldSpec.builder(LOADER, "loader", Modifier.PRIVATE, Modifier.FINAL)
                    .initializer("new $T(OBJECT)", LOADER)
                    .build())
            .addMethod(MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build());
    for (GlobalField global : model.globals()) {
      TypeShapes.Shape shape = shapes.shape(global.type());
      if (!global.given()
          && shape != TypeShapes.Shape.ARRAY
          && shape != TypeShapes.Shape.STRING
          && shape != TypeShapes.Shape.REFERENCE) {
        type.addMethod(value(global));
      }
    }
    for (MapField map : model.maps()) {
      boolean sized =
          switch (map.form().family().size()) {
            case ENTRIES, BYTES -> true;
            case ONE, CONSTANTS, CPUS, NONE, PAGES -> false;
          };
      if (sized) {
        type.addMethod(options(map));
      }
    }
    addPrograms(type);
    addPlaces(type);
    addLoads(type);
    return type.build();
  }

  /// Which programs, and of what.
  private void addPrograms(TypeSpec.Builder type) {
    type.addMethod(
        fluent("skip")
            .addJavadoc("Leaves a program out.")
            .addParameter(model.skeleton().nestedClass("Program"), "program")
            .addStatement("loader.skip(program.elfName)")
            .addStatement("return this")
            .build());
    if (model.programs().stream().anyMatch(program -> program.kind() == ProgramKind.FREPLACE)) {
      type.addMethod(
          fluent("replace")
              .addJavadoc("Says of which program an extension replaces a function.")
              .addParameter(model.skeleton().nestedClass("Program"), "extension")
              .addParameter(ClassName.get("org.bpf4j.handle", "ProgramHandle"), "program")
              .addStatement("loader.replace(extension.elfName, program.loaded())")
              .addStatement("return this")
              .build());
    }
  }

  /// Where, and by whose leave.
  private void addPlaces(TypeSpec.Builder type) {
    type.addMethod(
        fluent("keepIn")
            .addJavadoc(
                "Keeps what is loaded in a folder of a BPF file system, and takes there the place"
                    + " of the version before: its maps, and what it is attached to.\n\n@see $T",
                ClassName.get("org.bpf4j.keep", "Kept"))
            .addParameter(ClassName.get("java.nio.file", "Path"), "folder")
            .addStatement("loader.keep(folder)")
            .addStatement("return this")
            .build());
    type.addMethod(
        fluent("token")
            .addJavadoc(
                "Uses bpf(2) by leave of whoever mounted a BPF file system for this process"
                    + " (Linux 6.9).")
            .addParameter(ClassName.get("java.nio.file", "Path"), "fileSystem")
            .addStatement("loader.token(fileSystem)")
            .addStatement("return this")
            .build());
  }

  private void addLoads(TypeSpec.Builder type) {
    type.addMethod(
        MethodSpec.methodBuilder("load")
            .addJavadoc("Loads the programs into a kernel.")
            .addModifiers(Modifier.PUBLIC)
            .returns(model.skeleton())
            .addParameter(KERNEL, "kernel")
            .addStatement("return loader.load(kernel, $T::new)", model.skeleton())
            .build());
    type.addMethod(
        MethodSpec.methodBuilder("load")
            .addJavadoc("Loads the programs into this machine's kernel.")
            .addModifiers(Modifier.PUBLIC)
            .returns(model.skeleton())
            .addStatement("return load($T.local())", KERNEL)
            .build());
  }

  private MethodSpec.Builder fluent(String method) {
    return MethodSpec.methodBuilder(method).addModifiers(Modifier.PUBLIC).returns(name);
  }

  private MethodSpec value(GlobalField global) {
    TypeShapes.Shape shape = shapes.shape(global.type());
    boolean number = shape == TypeShapes.Shape.NUMBER || shape == TypeShapes.Shape.ATOMIC;
    TypeName type = number ? shapes.primitive(global.type()) : shapes.userType(global.type());
    return fluent(global.name())
        .addJavadoc("What {@code $L} holds when programs start.", global.name())
        .addParameter(type, "value")
        .addStatement("loader.set($S, $L, value)", global.elfName(), codecs.codec(global.type()))
        .addStatement("return this")
        .build();
  }

  private MethodSpec options(MapField map) {
    TypeName consumer = ParameterizedTypeName.get(CONSUMER, WildcardTypeName.supertypeOf(OPTIONS));
    return fluent(map.name())
        .addJavadoc("Changes the map {@code $L}.", map.name())
        .addParameter(consumer, "options")
        .addCode(
            CodeBlock.builder()
                .addStatement("loader.map($S, options)", map.elfName())
                .addStatement("return this")
                .build())
        .build();
  }
}
