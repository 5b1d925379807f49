package org.bpf4j.processor.generate;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import org.bpf4j.object.CName;
import org.bpf4j.object.ProgramFamily;
import org.bpf4j.processor.generate.SkeletonModel.MapField;
import org.bpf4j.processor.generate.SkeletonModel.ProgramMethod;

/// Writes the skeleton of a `@Bpf` class: configure, load, attach, and typed access to everything
/// that programs share with user space.
public final class SkeletonGenerator {
  private static final String HANDLE = "org.bpf4j.handle";
  private static final ClassName KERNEL = ClassName.get("org.bpf4j.kernel", "Kernel");
  private static final ClassName REQUEST = ClassName.get("org.bpf4j.kernel", "LoadRequest");
  private static final ClassName LOADED = ClassName.get(HANDLE, "LoadedObject");
  private static final ClassName PLACES = ClassName.get(HANDLE, "Places");
  private static final ClassName RESOURCE = ClassName.get(HANDLE, "ObjectResource");

  private final TypeShapes shapes;
  private final Elements elements;
  private final SkeletonModel model;
  private final CodecGenerator codecs;
  private final MapGenerator maps;
  private final HandleGenerator handles;
  private final GlobalGenerator globals;

  private SkeletonGenerator(TypeShapes shapes, Elements elements, SkeletonModel model) {
    this.shapes = shapes;
    this.elements = elements;
    this.model = model;
    this.codecs = new CodecGenerator(shapes, elements, model.skeleton());
    this.maps = new MapGenerator(shapes, codecs);
    this.handles = new HandleGenerator(shapes, codecs, maps);
    this.globals = new GlobalGenerator(shapes, codecs);
  }

  /// The skeleton of a class, as a file.
  ///
  /// @param annotations how to read the library's annotations
  /// @param taken gets the names that user space would have for two things; they are left out
  public static JavaFile generate(
      TypeElement type,
      Elements elements,
      TypeShapes.AnnotationLookup annotations,
      Consumer<String> taken) {
    TypeShapes shapes = new TypeShapes(annotations);
    SkeletonModel model = new ModelReader(elements, shapes).read(type);
    Set<String> collisions = model.collisions(reserved(elements));
    collisions.forEach(taken);
    return new SkeletonGenerator(shapes, elements, model.without(collisions)).file();
  }

  /// The names of the methods without parameters that every skeleton has, and of its field.
  private static Set<String> reserved(Elements elements) {
    return Stream.concat(
            Stream.of("load", "configure", "operations", "OBJECT"),
            ElementFilter.methodsIn(
                    elements.getAllMembers(elements.getTypeElement(HANDLE + ".Skeleton")))
                .stream()
                .filter(method -> method.getParameters().isEmpty())
                .map(method -> method.getSimpleName().toString()))
        .collect(Collectors.toSet());
  }

  private JavaFile file() {
    TypeSpec.Builder skeleton =
        TypeSpec.classBuilder(model.skeleton())
            .addJavadoc(
                "The programs of {@link $T} in a kernel: their maps, globals and attachments.\n",
                model.name())
            .addOriginatingElement(model.type())
            .addAnnotation(
                AnnotationSpec.builder(ClassName.get("javax.annotation.processing", "Generated"))
                    .addMember("value", "$S", "org.bpf4j.processor")
                    .build())
            .addModifiers(Modifier.FINAL)
            .superclass(ClassName.get(HANDLE, "Skeleton"));
    if (isPublic(model.type())) {
      skeleton.addModifiers(Modifier.PUBLIC);
    }
    skeleton.addField(resource());
    CodeBlock.Builder constructor = CodeBlock.builder().addStatement("super(object, request)");
    model.maps().forEach(map -> addMap(skeleton, constructor, map));
    model.globals().forEach(global -> globals.add(skeleton, constructor, global));
    model.programs().forEach(program -> addProgram(skeleton, constructor, program));
    if (model.operations().isPresent()) {
      constructor.addStatement("this.operations = operations($S)", model.operations().get());
      addAccessor(
          skeleton,
          "operations",
          ClassName.get(HANDLE, "Operations"),
          "The struct of functions that the class implements.");
    }
    skeleton.addMethod(
        MethodSpec.constructorBuilder()
            .addModifiers(Modifier.PRIVATE)
            .addParameter(LOADED, "object")
            .addParameter(REQUEST, "request")
            .addCode(constructor.build())
            .build());
    addLoading(skeleton);
    skeleton.addType(programs());
    skeleton.addType(new ConfigurationGenerator(model, codecs, shapes).generate());
    addViews(skeleton);
    codecs.codecs().forEach(skeleton::addType);
    return JavaFile.builder(model.skeleton().packageName(), skeleton.build())
        .skipJavaLangImports(true)
        .indent("  ")
        .build();
  }

  /// A view of each struct, under its name or, if that is not its alone, the one that it has in the
  /// object.
  private void addViews(TypeSpec.Builder skeleton) {
    ViewGenerator views = new ViewGenerator(shapes, elements, codecs);
    Set<String> taken =
        Stream.concat(
                skeleton.build().typeSpecs().stream().map(TypeSpec::name),
                model.type().getEnclosedElements().stream().map(e -> e.getSimpleName().toString()))
            .collect(Collectors.toSet());
    for (TypeElement struct : codecs.structs()) {
      String simple = struct.getSimpleName() + "View";
      String name =
          taken.add(simple)
              ? simple
              : CName.ofType(elements.getBinaryName(struct).toString()) + "View";
      skeleton.addType(views.generate(name, struct));
    }
  }

  private static boolean isPublic(TypeElement type) {
    for (javax.lang.model.element.Element at = type;
        at instanceof TypeElement;
        at = at.getEnclosingElement()) {
      if (!at.getModifiers().contains(Modifier.PUBLIC)) {
        return false;
      }
    }
    return true;
  }

  private FieldSpec resource() {
    return FieldSpec.builder(RESOURCE, "OBJECT")
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .initializer(
            "$T.of($T.class, () -> $T.class.getResourceAsStream($S))",
            RESOURCE,
            model.name(),
            model.name(),
            model.resource())
        .build();
  }

  private void addLoading(TypeSpec.Builder skeleton) {
    ClassName configuration = model.skeleton().nestedClass("Configuration");
    skeleton.addMethod(
        factory("load")
            .addJavadoc("Loads the programs into this machine's kernel.")
            .returns(model.skeleton())
            .addStatement("return load($T.local())", KERNEL)
            .build());
    skeleton.addMethod(
        factory("load")
            .addJavadoc("Loads the programs into a kernel.")
            .returns(model.skeleton())
            .addParameter(KERNEL, "kernel")
            .addStatement("return configure().load(kernel)")
            .build());
    skeleton.addMethod(
        factory("configure")
            .addJavadoc("Begins to say how the programs are to be loaded.")
            .returns(configuration)
            .addStatement("return new $T()", configuration)
            .build());
    addBinding(skeleton);
  }

  private void addBinding(TypeSpec.Builder skeleton) {
    skeleton.addMethod(
        factory("bind")
            .addJavadoc(
                "What somebody else loaded and pinned in a folder of a BPF file system.\n\n"
                    + "@see $T",
                PLACES)
            .returns(model.skeleton())
            .addParameter(ClassName.get("java.nio.file", "Path"), "folder")
            .addStatement("return bind($T.in(folder))", PLACES)
            .build());
    skeleton.addMethod(
        factory("bind")
            .addJavadoc("What somebody else loaded, wherever it is; closing leaves it there.")
            .returns(model.skeleton())
            .addParameter(PLACES, "places")
            .addStatement(
                "return $T.bind(OBJECT, places, $T.local(), $T::new)",
                ClassName.get(HANDLE, "SkeletonLoader"),
                KERNEL,
                model.skeleton())
            .build());
  }

  private static MethodSpec.Builder factory(String name) {
    return MethodSpec.methodBuilder(name).addModifiers(Modifier.PUBLIC, Modifier.STATIC);
  }

  private void addMap(TypeSpec.Builder skeleton, CodeBlock.Builder constructor, MapField map) {
    HandleGenerator.Handle handle =
        switch (map.form().family()) {
          case ARRAY, KEYED, SCRATCH, ATTACHED -> {
            ClassName named = model.skeleton().nestedClass(className(map.name()));
            skeleton.addType(maps.generate(named.simpleName(), map));
            yield new HandleGenerator.Handle(
                named, CodeBlock.of("new $T(map($S))", named, map.elfName()));
          }
          case RING,
              USER_RING,
              PROGRAMS,
              QUEUE,
              FILTER,
              EVENTS,
              TRACES,
              CGROUPS,
              TARGETS,
              SOCKETS,
              SOCKMAP,
              SOCKHASH,
              SHARED_PORT,
              MAPS,
              KEYED_MAPS,
              STORAGE,
              ARENA ->
              handles.of(map);
        };
    TypeName type = handle.type();
    constructor.addStatement("this.$L = $L", map.name(), handle.creation());
    addAccessor(skeleton, map.name(), type, "The map {@code " + map.name() + "}.");
  }

  /// The map's field name with a capital; where that hides a type that the skeleton names, `Map` is
  /// added. A type of the unnamed package has no longer name by which it could be meant.
  private String className(String field) {
    String name = Character.toUpperCase(field.charAt(0)) + field.substring(1);
    boolean taken =
        model.type().getEnclosedElements().stream()
                .anyMatch(e -> e instanceof TypeElement && e.getSimpleName().contentEquals(name))
            || model.name().simpleNames().contains(name)
            || model.skeleton().simpleNames().contains(name)
            || (model.skeleton().packageName().isEmpty() && elements.getTypeElement(name) != null)
            || List.of("Configuration", "Program", "Entry", "Integer", "Long", "String", "Object")
                .contains(name);
    return taken ? name + "Map" : name;
  }

  private static void addAccessor(
      TypeSpec.Builder skeleton, String name, TypeName type, String doc) {
    skeleton.addField(type, name, Modifier.PRIVATE, Modifier.FINAL);
    skeleton.addMethod(
        MethodSpec.methodBuilder(name)
            .addJavadoc("$L", doc)
            .addModifiers(Modifier.PUBLIC)
            .returns(type)
            .addStatement("return $L", name)
            .build());
  }

  private void addProgram(
      TypeSpec.Builder skeleton, CodeBlock.Builder constructor, ProgramMethod program) {
    String name = program.name();
    addAccessor(skeleton, name, programType(program), "The program {@code " + name + "}.");
    CodeBlock.Builder call =
        CodeBlock.builder()
            .add("this.$L = $L($S", name, program.kind().family().factory(), program.elfName());
    boolean boundAtLoad = program.kind().family() == ProgramFamily.CGROUP;
    if (!boundAtLoad) {
      program.targets().forEach(target -> call.add(", $S", target));
    }
    if (program.kind().family() == ProgramFamily.SYSCALL) {
      call.add(
          ", $L",
          program
              .context()
              .map(codecs::codec)
              .orElse(CodeBlock.of("$T.INT", ClassName.get(HANDLE, "Codecs"))));
    }
    constructor.addStatement(call.add(")").build());
  }

  private TypeName programType(ProgramMethod program) {
    ClassName handle = ClassName.get(HANDLE, program.kind().family().handle());
    return program.kind().family() == ProgramFamily.SYSCALL
        ? ParameterizedTypeName.get(
            handle, program.context().map(TypeName::get).orElse(ClassName.get(Integer.class)))
        : handle;
  }

  /// The enum of programs, for `Configuration.skip`.
  private TypeSpec programs() {
    TypeSpec.Builder type =
        TypeSpec.enumBuilder("Program")
            .addJavadoc("The programs, to name those that are not to be loaded.")
            .addModifiers(Modifier.PUBLIC)
            .addField(String.class, "elfName", Modifier.PRIVATE, Modifier.FINAL)
            .addMethod(
                MethodSpec.constructorBuilder()
                    .addParameter(String.class, "elfName")
                    .addStatement("this.elfName = elfName")
                    .build());
    for (ProgramMethod program : model.programs()) {
      type.addEnumConstant(
          constant(program.name()),
          TypeSpec.anonymousClassBuilder("$S", program.elfName()).build());
    }
    if (model.programs().isEmpty()) {
      return TypeSpec.classBuilder("Program")
          .addJavadoc("There are no programs.")
          .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
          .addField(String.class, "elfName", Modifier.PRIVATE, Modifier.FINAL)
          .addMethod(
              MethodSpec.constructorBuilder()
                  .addModifiers(Modifier.PRIVATE)
                  .addStatement("this.elfName = $S", "")
                  .build())
          .build();
    }
    return type.build();
  }

  /// `onExecve` → `ON_EXECVE`.
  private static String constant(String name) {
    return name.chars()
        .mapToObj(
            c -> Character.isUpperCase(c) ? "_" + (char) c : "" + (char) Character.toUpperCase(c))
        .collect(Collectors.joining());
  }
}
