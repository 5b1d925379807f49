package org.bpf4j.processor.read;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.Trees;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.bpf4j.compiler.ast.Declaration;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.ast.Unit.FunctionRef;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.diagnostic.Span;
import org.bpf4j.object.KernelVersion;

/// Reads one top-level class when javac has analysed it: its `@Bpf` classes, and what it offers to
/// other classes' programs.
public final class ClassReader {

  /// What a class turned out to hold.
  ///
  /// @param units one for each `@Bpf` class, and one of the top-level class's name if it has
  ///   functions or types for others
  /// @param missing what of the units could not be read
  /// @param source the file, with the diagnostics
  public record Result(List<Unit> units, Missing missing, Source source) {
    /// Copies the list.
    public Result {
      units = List.copyOf(units);
    }
  }

  private final Source source;
  private final Elements elements;
  private final Types types;
  private final TypeElement top;
  private final Missing missing = new Missing();

  private ClassReader(Source source, Elements elements, Types types, TypeElement top) {
    this.source = source;
    this.elements = elements;
    this.types = types;
    this.top = top;
  }

  /// Reads a top-level class of a compilation unit.
  public static Result read(
      Trees trees, Elements elements, Types types, CompilationUnitTree unit, TypeElement top) {
    Source source = new Source(trees, unit, top);
    return new ClassReader(source, elements, types, top).read();
  }

  private Result read() {
    List<TypeElement> classes = new ArrayList<>();
    collect(top, classes);
    List<Unit> units = new ArrayList<>();
    Set<ExecutableElement> bpfCode = new LinkedHashSet<>();
    boolean bpfTop = Annotations.has(top, "Bpf");
    for (TypeElement type : classes) {
      if (Annotations.has(type, "Bpf")) {
        refuseStaticInitialisers(type);
        new StageReader(source, new JavaTypes(elements, types)).check(type);
        List<ExecutableElement> roots = programs(type);
        if (type.equals(top)) {
          roots.addAll(offered(classes));
        }
        units.add(unit(type, roots, sharedFields(type), bpfCode));
      }
    }
    if (!bpfTop && isOffering(classes)) {
      units.add(unit(top, offered(classes), List.of(), bpfCode));
    }
    new UserSpaceCheck(source, elements, types, bpfCode).check(top);
    return new Result(units, missing, source);
  }

  private static void collect(TypeElement type, List<TypeElement> into) {
    into.add(type);
    ElementFilter.typesIn(type.getEnclosedElements()).forEach(nested -> collect(nested, into));
  }

  private static List<ExecutableElement> programs(TypeElement type) {
    return new ArrayList<>(
        ElementFilter.methodsIn(type.getEnclosedElements()).stream()
            .filter(method -> ProgramReader.kind(method).isPresent())
            .toList());
  }

  /// The functions that other classes may call.
  private static List<ExecutableElement> offered(Collection<TypeElement> classes) {
    return classes.stream()
        .flatMap(
            type ->
                Stream.<ExecutableElement>concat(
                    ElementFilter.methodsIn(type.getEnclosedElements()).stream(),
                    ElementFilter.constructorsIn(type.getEnclosedElements()).stream()))
        .filter(method -> Annotations.has(method, "BpfFunction"))
        .filter(method -> !GenericReader.isGeneric(method))
        .toList();
  }

  private static boolean isOffering(Collection<TypeElement> classes) {
    return !offered(classes).isEmpty()
        || classes.stream()
            .anyMatch(type -> Annotations.has(type, "Struct") || ComponentReader.isComponent(type));
  }

  private List<VariableElement> sharedFields(TypeElement type) {
    FieldReader fields = new FieldReader(source, new JavaTypes(elements, types));
    return ElementFilter.fieldsIn(type.getEnclosedElements()).stream()
        .filter(
            field ->
                fields.isMap(field) || fields.isShared(field) || ComponentReader.isComponent(field))
        .toList();
  }

  private void refuseStaticInitialisers(TypeElement type) {
    ClassTree tree = source.trees().getTree(type);
    for (Tree member : tree.getMembers()) {
      if (member instanceof BlockTree block && block.isStatic()) {
        source.report(
            Diagnostic.error(
                Code.BPF1017,
                source.span(block),
                "a @Bpf class has no static initialiser: nothing runs before the programs",
                "give fields constant initial values, or set them before loading: configure()"));
      }
    }
  }

  /// Reads the functions that are reached from the roots, then the fields and types they use.
  private Unit unit(
      TypeElement type,
      List<ExecutableElement> roots,
      List<VariableElement> shared,
      Set<ExecutableElement> bpfCode) {
    JavaTypes javaTypes = new JavaTypes(elements, types);
    Map<FunctionRef, Unit.Function> functions = new LinkedHashMap<>();
    Set<VariableElement> fields = new LinkedHashSet<>(shared);
    Map<FunctionRef, Scope.Callee> seen = new LinkedHashMap<>();
    roots.forEach(root -> seen.put(javaTypes.identity(root), new Scope.Callee(root, javaTypes)));
    Deque<FunctionRef> work = new ArrayDeque<>(seen.keySet());
    Set<ExecutableElement> methods = new LinkedHashSet<>();
    while (!work.isEmpty()) {
      FunctionRef ref = work.remove();
      Scope.Callee callee = Objects.requireNonNull(seen.get(ref));
      methods.add(callee.method());
      int gaps = source.gaps();
      Optional<FunctionReader.Read> read =
          new FunctionReader(source, callee.types()).read(callee.method());
      if (read.isEmpty() || source.gaps() > gaps) {
        missing.functions().add(ref);
      }
      if (read.isPresent()) {
        functions.put(ref, read.get().function());
        fields.addAll(read.get().scope().fields());
        read.get()
            .scope()
            .callees()
            .forEach(
                (called, each) -> {
                  if (source.declares(each.method()) && seen.putIfAbsent(called, each) == null) {
                    work.add(called);
                  }
                });
      }
    }
    bpfCode.addAll(methods);
    if (source.gaps() > 0) {
      bpfCode.addAll(new FunctionReader(source, javaTypes).mentioned(methods));
    }
    return assemble(type, javaTypes, functions, fields);
  }

  private Unit assemble(
      TypeElement type,
      JavaTypes javaTypes,
      Map<FunctionRef, Unit.Function> functions,
      Set<VariableElement> fields) {
    FieldReader reader = new FieldReader(source, javaTypes);
    List<Unit.MapDeclaration> maps = new ArrayList<>();
    List<Unit.Global> globals = new ArrayList<>();
    ComponentReader components = new ComponentReader(source, javaTypes, reader);
    List<Unit.ComponentField> componentFields = new ArrayList<>();
    for (VariableElement field : inDeclarationOrder(fields)) {
      int gaps = source.gaps();
      if (ComponentReader.isComponent(field)) {
        components.field(field).ifPresent(componentFields::add);
      } else if (reader.isMap(field)) {
        reader.map(field).ifPresent(maps::add);
      } else {
        reader.global(field).ifPresent(globals::add);
      }
      if (source.gaps() > gaps) {
        missing.add(javaTypes.binaryName(JavaTypes.owner(field)), field);
      }
    }
    List<TypeElement> within = new ArrayList<>();
    collect(type, within);
    List<Unit.ComponentMaps> componentMaps =
        within.stream().filter(ComponentReader::isComponent).map(components::read).toList();
    int gaps = source.gaps();
    ElementFilter.typesIn(type.getEnclosedElements()).stream()
        .filter(nested -> Annotations.has(nested, "Struct"))
        .forEach(nested -> javaTypes.of(nested.asType()));
    if (Annotations.has(type, "Struct")) {
      javaTypes.of(type.asType());
    }
    List<Declaration> declarations = new DeclarationReader(source, javaTypes).declarations();
    if (source.gaps() > gaps) {
      functions.values().forEach(function -> missing.functions().add(function.ref()));
    }
    return new Unit(
        javaTypes.binaryName(type),
        source.text(),
        options(type),
        declarations,
        maps,
        componentMaps,
        componentFields,
        globals,
        List.copyOf(functions.values()));
  }

  private List<VariableElement> inDeclarationOrder(Set<VariableElement> fields) {
    List<TypeElement> owners = new ArrayList<>();
    List<VariableElement> ordered = new ArrayList<>();
    for (VariableElement field : fields) {
      TypeElement owner = JavaTypes.owner(field);
      if (source.declares(field) && !owners.contains(owner)) {
        owners.add(owner);
        ElementFilter.fieldsIn(owner.getEnclosedElements()).stream()
            .filter(fields::contains)
            .forEach(ordered::add);
      } else if (!source.declares(field) && field.getKind() == ElementKind.ENUM_CONSTANT) {
        ordered.add(field);
      }
    }
    return ordered;
  }

  private Optional<Unit.Options> options(TypeElement type) {
    return Annotations.find(type, "Bpf")
        .map(
            mirror -> {
              Span span = source.span(source.trees().getTree(type, mirror));
              return new Unit.Options(
                  Annotations.text(mirror, "license"),
                  minKernel(mirror, span),
                  new OperationReader(source).read(type),
                  span);
            });
  }

  private Optional<KernelVersion> minKernel(AnnotationMirror mirror, Span span) {
    String text = Annotations.text(mirror, "minKernel");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(KernelVersion.parse(text));
    } catch (IllegalArgumentException e) {
      source.report(
          Diagnostic.error(
              Code.BPF1014,
              span,
              "minKernel is \"" + text + "\", which is not a kernel version",
              "minKernel = \"5.15\""));
      return Optional.empty();
    }
  }
}
