package org.bpf4j.processor.read;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Name;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.tools.JavaFileObject;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.diagnostic.Code;

/// Reads `new`: structs, records, atomics and arrays of constant length. An atomic is an array of
/// one.
final class CreationReader {
  private final Source source;
  private final JavaTypes types;
  private final ExpressionReader expressions;
  private final CallReader calls;
  private final RowReader rows;

  CreationReader(Source source, JavaTypes types, ExpressionReader expressions, CallReader calls) {
    this.calls = calls;
    this.source = source;
    this.types = types;
    this.expressions = expressions;
    this.rows = new RowReader(source);
  }

  Expr object(TreePath path, NewClassTree tree) {
    if (tree.getClassBody() != null) {
      throw source.reject(
          Code.BPF1003, tree, "an anonymous class cannot be created in BPF code", "");
    }
    Type type = types.of(expressions.mirror(path)).orElse(Type.Special.CLASS);
    ExecutableElement constructor = (ExecutableElement) source.trees().getElement(path);
    return switch (type) {
      case Type.StructType(String name) -> {
        if (!isImplicit(constructor)) {
          throw source.reject(
              Code.BPF1003,
              tree,
              "the constructor of a struct is not BPF code",
              "leave the constructor out and set the fields after `new`");
        }
        yield new Expr.NewStruct(name, List.of(), type, source.span(tree));
      }
      case Type.ArenaType _ ->
          throw source.reject(
              Code.BPF1003,
              tree,
              "objects of an arena come from the arena, not from `new`",
              "arena.allocate(" + tree.getIdentifier() + ".class)");
      case Type.ObjectType _ ->
          throw source.reject(
              Code.BPF1003,
              tree,
              "objects in the kernel's memory do not come from `new`: there may be no memory",
              "BpfObjects.allocate(" + tree.getIdentifier() + ".class)");
      case Type.RecordType(String name) -> record(path, tree, name, type, constructor);
      case Type.AtomicType _ ->
          new Expr.NewArray(
              1, arguments(path, tree.getArguments(), constructor, types), type, source.span(tree));
      default ->
          throw source.reject(
              Code.BPF1003,
              tree,
              "BPF code cannot create a " + expressions.mirror(path) + ": it has no heap",
              "create @Struct classes, records, atomics and arrays of constant length");
    };
  }

  /// Whether nobody wrote the constructor. A class file does not say: there, the only one without
  /// parameters is taken to be javac's.
  private boolean isImplicit(ExecutableElement constructor) {
    TypeElement type = JavaTypes.owner(constructor);
    if (!isOfThisRun(type)) {
      return constructor.getParameters().isEmpty()
          && ElementFilter.constructorsIn(type.getEnclosedElements()).size() == 1;
    }
    return types.elements().getOrigin(constructor) != Elements.Origin.EXPLICIT;
  }

  /// Whether a type is compiled now; its tree is gone once its class file has been written.
  private boolean isOfThisRun(TypeElement type) {
    JavaFileObject file = types.elements().getFileObjectOf(type);
    return source.trees().getPath(type) != null
        || (file != null && file.getKind() == JavaFileObject.Kind.SOURCE);
  }

  private Expr record(
      TreePath path, NewClassTree tree, String name, Type type, ExecutableElement constructor) {
    TypeElement record = JavaTypes.owner(constructor);
    boolean implicit = isCanonical(constructor, record) && isImplicit(constructor);
    JavaTypes bound = types.bound(types.arguments(expressions.mirror(path)));
    List<Expr> arguments = arguments(path, tree.getArguments(), constructor, bound);
    boolean readable = source.declares(constructor) || record.getTypeParameters().isEmpty();
    if (!implicit && calls.isFunction(constructor) && readable) {
      return calls.constructed(constructor, bound, arguments, type, tree);
    }
    boolean plain =
        isOfThisRun(record) ? implicit : CompiledRecord.onlyKeeps(types.elements(), record);
    if (!plain || !isCanonical(constructor, record)) {
      throw source.reject(
          Code.BPF1003,
          tree,
          "the constructor of " + record.getSimpleName() + " has a body, which is not BPF code",
          isOfThisRun(record)
              ? "mark it @BpfFunction, so that it is compiled to BPF too"
              : "mark it @BpfFunction in its library, and compile that with bpf4j-processor");
    }
    return new Expr.NewRecord(name, arguments, type, source.span(tree));
  }

  /// Whether a constructor has the record's components as its parameters.
  static boolean isCanonical(ExecutableElement constructor, TypeElement record) {
    return constructor.getParameters().stream()
        .map(parameter -> parameter.asType().toString())
        .toList()
        .equals(
            record.getRecordComponents().stream()
                .map(component -> component.asType().toString())
                .toList());
  }

  /// What `this(…)` makes in a constructor: the record.
  Expr delegated(TreePath path, MethodInvocationTree tree, ExecutableElement constructor) {
    TypeElement record = JavaTypes.owner(constructor);
    Type.RecordType type =
        (Type.RecordType) types.of(record.asType()).orElseThrow(Rejected::quietly);
    List<Expr> arguments = arguments(path, tree.getArguments(), constructor, types);
    boolean canonical = isCanonical(constructor, record);
    return canonical && isImplicit(constructor)
        ? new Expr.NewRecord(type.name(), arguments, type, source.span(tree))
        : calls.constructed(constructor, types, arguments, type, tree);
  }

  private List<Expr> arguments(
      TreePath path,
      List<? extends ExpressionTree> trees,
      ExecutableElement method,
      JavaTypes bound) {
    List<Expr> arguments = new ArrayList<>();
    for (int i = 0; i < trees.size(); i++) {
      VariableElement parameter = method.getParameters().get(i);
      Type type = bound.of(parameter.asType()).orElseThrow(Rejected::quietly);
      arguments.add(expressions.read(Source.child(path, trees.get(i)), type));
    }
    return arguments;
  }

  Expr array(TreePath path, NewArrayTree tree) {
    Type type = expressions.type(path);
    Type lying =
        rows.of(path, type)
            .orElseThrow(
                () ->
                    source.reject(
                        Code.BPF1018,
                        tree,
                        "an array of arrays is created as a whole, with rows of one constant"
                            + " length",
                        "new int[3][4], or {{1, 2}, {3, 4}}"));
    Expr array = array(path, tree, lying);
    return lying.equals(type) ? array : new Expr.Convert(array, type, source.span(tree));
  }

  private Expr array(TreePath path, NewArrayTree tree, Type type) {
    if (!(type instanceof Type.ArrayType(Type element)) || !isElement(element)) {
      throw source.reject(
          Code.BPF1003,
          tree,
          "only arrays of primitives, enums, structs and atomics can be created",
          "make a @Struct with several fields");
    }
    if (tree.getInitializers() != null) {
      List<Expr> elements = new ArrayList<>();
      for (ExpressionTree initializer : tree.getInitializers()) {
        elements.add(element(Source.child(path, initializer), element, path));
      }
      return new Expr.NewArray(elements.size(), elements, type, source.span(tree));
    }
    if (holdsObjects(type)) {
      throw source.reject(
          Code.BPF1003,
          tree,
          "the elements of this array are null, not "
              + (leaf(type) instanceof Type.StructType ? "structs" : "atomics"),
          (element instanceof Type.RowType ? "Structs.fillRows(" : "Structs.fill(")
              + tree
              + ", "
              + elementName(path)
              + "::new)");
    }
    return new Expr.NewArray(length(path, tree), List.of(), type, source.span(tree));
  }

  private Expr element(TreePath path, Type element, TreePath array) {
    if (element instanceof Type.RowType(Type inner, _)
        && path.getLeaf() instanceof NewArrayTree row) {
      return array(path, row, new Type.ArrayType(inner));
    }
    Expr value = expressions.read(path, element);
    if (isObject(element) && !(value instanceof Expr.NewStruct || value instanceof Expr.NewArray)) {
      throw source.reject(
          Code.BPF2013,
          path.getLeaf(),
          "an array holds its structs and atomics, not references to others",
          "new " + elementName(array) + "(), and Helpers.copy(from, to)");
    }
    return value;
  }

  /// Whether an array may hold it.
  static boolean isElement(Type type) {
    return isValue(type)
        || isObject(type)
        || (type instanceof Type.RowType(Type element, _) && isElement(element));
  }

  /// Whether elements are numbers.
  static boolean isValue(Type type) {
    return type instanceof Primitive || type instanceof Type.EnumType;
  }

  /// Whether elements are objects in the array, which each have to be created.
  private static boolean isObject(Type type) {
    return type instanceof Type.StructType || type instanceof Type.AtomicType;
  }

  /// Whether an array, or an array of arrays, holds structs or atomics.
  static boolean holdsObjects(Type array) {
    return isObject(leaf(array));
  }

  /// What an array holds behind all its dimensions.
  static Type leaf(Type type) {
    return switch (type) {
      case Type.ArrayType(Type element) -> leaf(element);
      case Type.RowType(Type element, _) -> leaf(element);
      default -> type;
    };
  }

  private String elementName(TreePath path) {
    TypeMirror mirror = expressions.mirror(path);
    while (mirror instanceof ArrayType array) {
      mirror = array.getComponentType();
    }
    return JavaTypes.simpleName(mirror);
  }

  private int length(TreePath path, NewArrayTree tree) {
    return length(
        tree.getDimensions().stream().findFirst().map(each -> Source.child(path, each)),
        tree,
        "the length of an array",
        "new int[16], or a map for what grows");
  }

  private int length(
      Optional<TreePath> dimension, ExpressionTree made, String subject, String help) {
    long length = dimension.flatMap(expressions.constants()::integral).orElse(-1L);
    if (length < 1 || length > Integer.MAX_VALUE) {
      throw source.reject(
          Code.BPF1018,
          made,
          subject + " must be a positive constant: it lies on the 512-byte stack",
          help);
    }
    return (int) length;
  }

  /// `Structs.fill(new Slot[8], Slot::new)`, or `fillRows`, if the call is one.
  Optional<Expr> filled(TreePath path, MethodInvocationTree tree) {
    if (!(source.trees().getElement(path) instanceof ExecutableElement method) || !isFill(method)) {
      return Optional.empty();
    }
    Type type = expressions.type(path);
    Optional<Type> lying = rows.of(path, type);
    if (!holdsObjects(type)
        || lying.isEmpty()
        || !(tree.getArguments().getFirst() instanceof NewArrayTree array)
        || array.getInitializers() != null
        || !isConstructor(tree.getArguments().getLast())) {
      throw source.reject(
          Code.BPF1003,
          tree,
          "an array of structs or atomics is filled when it is created, with new ones",
          "Structs.fill(new Slot[8], Slot::new), or Structs.fillRows(new Slot[3][4], Slot::new)");
    }
    int length = length(Source.child(path, array), array);
    Expr made = new Expr.NewArray(length, List.of(), lying.get(), source.span(tree));
    return Optional.of(
        lying.get().equals(type) ? made : new Expr.Convert(made, type, source.span(tree)));
  }

  /// `BpfString.ofSize(16)`, if the call is one: an array of bytes.
  Optional<Expr> string(TreePath path, MethodInvocationTree tree) {
    if (!(source.trees().getElement(path) instanceof ExecutableElement method)
        || !method.getSimpleName().contentEquals("ofSize")
        || types.of(JavaTypes.owner(method).asType()).orElse(null) != Type.Special.BPF_STRING) {
      return Optional.empty();
    }
    int length =
        length(
            Optional.of(Source.child(path, tree.getArguments().getFirst())),
            tree,
            "the size of a string",
            "BpfString.ofSize(16)");
    return Optional.of(
        new Expr.NewArray(length, List.of(), Type.Special.BPF_STRING, source.span(tree)));
  }

  static boolean isFill(ExecutableElement method) {
    Name name = method.getSimpleName();
    return (name.contentEquals("fill") || name.contentEquals("fillRows"))
        && JavaTypes.owner(method).getQualifiedName().contentEquals("org.bpf4j.lang.Structs");
  }

  /// Whether an argument is a constructor; javac has checked which.
  private static boolean isConstructor(ExpressionTree tree) {
    return tree instanceof MemberReferenceTree reference
        && reference.getMode() == MemberReferenceTree.ReferenceMode.NEW;
  }
}
