package org.bpf4j.processor.read;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import org.bpf4j.compiler.ast.Declaration.Accessor;
import org.bpf4j.compiler.ast.Declaration.ViewKind;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Library;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Type.Special;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Span;
import org.bpf4j.object.Helper;
import org.bpf4j.object.Kfunc;

/// Reads calls: of BPF functions, of the library, and accessors of views and records.
final class CallReader {
  /// What all contexts extend.
  private static final String CONTEXT = "org.bpf4j.lang.Context";

  private final Source source;
  private final JavaTypes types;
  private final Scope scope;
  private final ExpressionReader expressions;
  private final LambdaReader lambdas;
  private final DescribedReader described;
  private final MapArgumentReader maps;
  private final KfuncReader kfuncs;
  private final ArrayCallReader arrays;
  private final ObjectsCallReader objects;
  private final EnumCallReader enums;
  private final ArgumentReader handed;
  private final GenericReader generics;

  CallReader(Source source, JavaTypes types, Scope scope, ExpressionReader expressions) {
    this.source = source;
    this.types = types;
    this.scope = scope;
    this.expressions = expressions;
    this.kfuncs = new KfuncReader(source, types);
    this.arrays = new ArrayCallReader(source);
    this.objects = new ObjectsCallReader(source);
    this.enums = new EnumCallReader(source, types, scope);
    this.handed = new ArgumentReader(source, expressions, this);
    this.generics = new GenericReader(source, types);
    this.lambdas = new LambdaReader(source, types, scope, expressions, this);
    this.maps = new MapArgumentReader(source, expressions, lambdas);
    this.described = new DescribedReader(source, types, expressions);
  }

  Expr read(TreePath path, MethodInvocationTree tree) {
    if (!(source.trees().getElement(path) instanceof ExecutableElement method)) {
      throw Rejected.quietly();
    }
    return method.getModifiers().contains(Modifier.STATIC)
        ? staticCall(path, tree, method)
        : instanceCall(path, tree, method);
  }

  private Expr staticCall(TreePath path, MethodInvocationTree tree, ExecutableElement method) {
    String name = method.getSimpleName().toString();
    Optional<Library> library = Library.find(owner(method), name);
    Optional<Helper> helper = Library.helper(owner(method), name);
    if (library.isEmpty() && helper.isPresent()) {
      return new Expr.KernelCall(
          helper.get(), helperArguments(path, tree, method), resultType(path), source.span(tree));
    }
    Optional<Kfunc> kfunc = kfuncs.read(method, tree);
    if (kfunc.isPresent()) {
      return new Expr.KernelCall(
          kfunc.get(), kfuncArguments(path, tree, method), resultType(path), source.span(tree));
    }
    if (library.isPresent()) {
      return libraryCall(path, tree, method, library.get());
    }
    if (JavaTypes.owner(method).getKind() == ElementKind.ENUM && enums.isImplicit(method)) {
      return enums.call(path, tree, method);
    }
    if (owner(method).startsWith("java.lang.") && name.equals("valueOf")) {
      return expressions.read(
          Source.child(path, tree.getArguments().getFirst()), expressions.type(path));
    }
    return functionCall(path, tree, method, List.of());
  }

  private Expr libraryCall(
      TreePath path, MethodInvocationTree tree, ExecutableElement method, Library library) {
    List<Expr> arguments = libraryArguments(path, tree, method, library);
    if (library == Library.KERNEL_HAS && !(arguments.getFirst() instanceof Expr.Text)) {
      throw source.reject(
          Code.BPF1020,
          tree,
          "the name must be a constant: it is looked up when the program is loaded",
          "Helpers.kernelHas(\"bpf_task_acquire\")");
    }
    arrays.check(tree, library, arguments);
    if (library == Library.ADDRESS_OF
        && !isView(arguments.getFirst().type(), ViewKind.KERNEL_STRUCT)) {
      throw source.reject(
          Code.BPF2018,
          tree,
          "only structs of the kernel have an address that can be asked for",
          "pass a @KernelStruct view");
    }
    Type result = resultType(path);
    return new Expr.LibraryCall(
        library,
        Optional.empty(),
        objects.converted(tree, library, arguments, result),
        result,
        source.span(tree));
  }

  private List<Expr> libraryArguments(
      TreePath path, MethodInvocationTree tree, ExecutableElement method, Library library) {
    if (library.printed() > 0) {
      return printed(path, tree);
    }
    if (library.asksKernelTypes()) {
      return described.read(Source.child(path, tree.getArguments().getFirst()));
    }
    return library == Library.OBJECT_ALLOCATE
        ? maps.ofObject(path, tree)
        : arguments(path, tree.getArguments(), method);
  }

  /// Arguments of a declared kernel function, without the context.
  private List<Expr> kfuncArguments(
      TreePath path, MethodInvocationTree tree, ExecutableElement method) {
    List<Expr> all = arguments(path, tree.getArguments(), method);
    return all.stream().filter(argument -> !isView(argument.type(), ViewKind.CONTEXT)).toList();
  }

  private boolean isView(Type type, ViewKind kind) {
    return type instanceof Type.ViewType(String view) && types.isView(view, kind);
  }

  /// Arguments of a helper, without the context: a program has only one.
  private List<Expr> helperArguments(
      TreePath path, MethodInvocationTree tree, ExecutableElement method) {
    List<? extends ExpressionTree> trees = tree.getArguments();
    boolean context =
        !method.getParameters().isEmpty()
            && method.getParameters().getFirst().asType().toString().equals(CONTEXT);
    List<Expr> all = arguments(path, trees, method);
    return context ? all.subList(1, all.size()) : all;
  }

  /// Arguments of a varargs print call: the format and what it prints, unconverted.
  private List<Expr> printed(TreePath path, MethodInvocationTree tree) {
    List<Expr> arguments = new ArrayList<>();
    for (ExpressionTree argument : tree.getArguments()) {
      arguments.add(expressions.read(Source.child(path, argument)));
    }
    if (!(arguments.getFirst() instanceof Expr.Text)) {
      throw source.reject(
          Code.BPF1019,
          tree.getArguments().getFirst(),
          "the format must be a constant: it becomes part of the program",
          "Helpers.printk(\"port %d\", port)");
    }
    return arguments;
  }

  private Expr functionCall(
      TreePath path, MethodInvocationTree tree, ExecutableElement method, List<Expr> receiver) {
    if (!isFunction(method)) {
      throw source.reject(
          Code.BPF1007,
          tree,
          "`" + method.getSimpleName() + "` of " + owner(method) + " is not BPF code",
          StandardLibrary.insteadOf(method, isFromSource(method)));
    }
    JavaTypes bound = generics.of(path, tree, method);
    List<Expr> arguments = new ArrayList<>(receiver);
    arguments.addAll(handed.read(path, tree, method, bound));
    return new Expr.Call(
        scope.calls(method, bound), arguments, resultType(path), source.span(tree));
  }

  /// Whether a method is compiled to BPF: annotated, or written in the same top-level class. What
  /// records get by themselves, such as `equals`, has no tree.
  boolean isFunction(ExecutableElement method) {
    return Annotations.has(method, "BpfFunction")
        || (source.declares(method) && source.trees().getPath(method) != null);
  }

  /// A record that a constructor makes which is BPF code.
  ///
  /// @param bound what the record's type parameters stand for
  Expr constructed(
      ExecutableElement constructor,
      JavaTypes bound,
      List<Expr> arguments,
      Type type,
      ExpressionTree tree) {
    return new Expr.Call(scope.calls(constructor, bound), arguments, type, source.span(tree));
  }

  private boolean isFromSource(ExecutableElement method) {
    return source.trees().getPath(JavaTypes.outermost(method)) != null;
  }

  private Expr instanceCall(TreePath path, MethodInvocationTree tree, ExecutableElement method) {
    Expr receiver = receiver(path, tree);
    String name = method.getSimpleName().toString();
    Span span = source.span(tree);
    Optional<Library> library = Library.find(owner(method), name);
    return switch (receiver.type()) {
      case Type.ViewType _ -> viewCall(path, tree, method, receiver, library);
      case Type.RecordType(String record) -> {
        if (isComponent(method)) {
          yield new Expr.Component(receiver, record, name, expressions.type(path), span);
        }
        if (name.equals("equals") && !isFunction(method)) {
          yield recordEquals(path, tree, receiver, span);
        }
        yield functionCall(path, tree, method, List.of(receiver));
      }
      case Type.StructType _, Type.ArenaType _, Type.ObjectType _ ->
          functionCall(path, tree, method, List.of(receiver));
      case Type.Boxed(Primitive primitive)
          when name.equals(primitive.name().toLowerCase(java.util.Locale.ROOT) + "Value") ->
          Conversions.to(primitive, receiver);
      case Type.Boxed(Primitive primitive)
          when name.endsWith("Value") && expressions.type(path) instanceof Primitive wanted ->
          Conversions.to(wanted, Conversions.to(primitive, receiver));
      case Type.ArrayType _ when name.equals("clone") -> cloned(path, tree, receiver);
      case Type.EnumType _ when name.equals("ordinal") ->
          new Expr.LibraryCall(
              Library.ORDINAL, Optional.of(receiver), List.of(), Primitive.INT, span);
      case Type.Boxed _, Type.EnumType _ when !isFunction(method) ->
          objects
              .instance(tree, receiver, name, firstArgument(path, tree))
              .orElseThrow(() -> unknown(tree, method));
      case Type.EnumType _ -> {
        enums.refuseBodies(tree, method);
        yield functionCall(path, tree, method, List.of(receiver));
      }
      case Special special when special == Special.TEXT ->
          new TextCallReader(source, types, scope, expressions).read(path, tree, receiver);
      case Special special when special == Special.COMPONENT ->
          functionCall(path, tree, method, List.of(receiver));
      default -> {
        if (library.isEmpty()) {
          throw unknown(tree, method);
        }
        yield libraryCall(path, tree, method, receiver, library.get());
      }
    };
  }

  private Rejected unknown(MethodInvocationTree tree, ExecutableElement method) {
    return source.reject(
        Code.BPF1007,
        tree,
        "`" + nameOf(method) + "` of " + owner(method) + " is not known to the compiler",
        owner(method).equals("java.lang.Enum")
            ? "constants have no names in BPF code: switch over them, or print ordinal()"
            : StandardLibrary.insteadOf(owner(method), nameOf(method))
                .orElse("see docs/language.md for what BPF code can call"));
  }

  private Optional<Expr> firstArgument(TreePath path, MethodInvocationTree tree) {
    return tree.getArguments().stream()
        .findFirst()
        .map(argument -> expressions.read(Source.child(path, argument)));
  }

  private Expr cloned(TreePath path, MethodInvocationTree tree, Expr array) {
    List<Expr> arguments = List.of(array);
    arrays.check(tree, Library.ARRAYS_COPY_OF, arguments);
    return new Expr.LibraryCall(
        Library.ARRAYS_COPY_OF,
        Optional.empty(),
        arguments,
        expressions.type(path),
        source.span(tree));
  }

  private Expr libraryCall(
      TreePath path,
      MethodInvocationTree tree,
      ExecutableElement method,
      Expr receiver,
      Library library) {
    List<Expr> arguments =
        receiver.type() instanceof Type.MapType map
            ? maps.arguments(path, tree, library, map)
            : library.printed() > 0
                ? printed(path, tree)
                : library == Library.DYNPTR_DATA
                    ? List.of(maps.offset(path, tree))
                    : arguments(path, tree.getArguments(), method);
    return new Expr.LibraryCall(
        library, Optional.of(receiver), arguments, resultType(path), source.span(tree));
  }

  private Expr recordEquals(TreePath path, MethodInvocationTree tree, Expr receiver, Span span) {
    Expr other = expressions.read(Source.child(path, tree.getArguments().getFirst()));
    if (!other.type().equals(receiver.type())) {
      throw source.reject(Code.BPF1010, tree, "only records of the same type can be compared", "");
    }
    return new Expr.Binary(Expr.BinaryOp.EQ, receiver, other, Primitive.BOOLEAN, span);
  }

  private Expr viewCall(
      TreePath path,
      MethodInvocationTree tree,
      ExecutableElement method,
      Expr receiver,
      Optional<Library> library) {
    TypeElement view = JavaTypes.owner(method);
    String name = method.getSimpleName().toString();
    Span span = source.span(tree);
    types.of(view.asType());
    if (method.getModifiers().contains(Modifier.DEFAULT)) {
      return functionCall(path, tree, method, List.of(receiver));
    }
    if (ViewReader.isAccessor(method, ViewReader.kind(view))) {
      return new Expr.ViewRead(
          receiver, types.binaryName(view), name, expressions.type(path), span);
    }
    if (library.isPresent()) {
      return libraryCall(path, tree, method, receiver, library.get());
    }
    if (ViewReader.isIndexed(method, ViewReader.kind(view))) {
      return new Expr.ViewRead(
          receiver,
          types.binaryName(view),
          name + Accessor.INDEXED,
          Optional.of(
              expressions.read(Source.child(path, tree.getArguments().getFirst()), Primitive.INT)),
          expressions.type(path),
          span);
    }
    if (isSetter(method)) {
      Type type =
          types.of(method.getParameters().getFirst().asType()).orElseThrow(Rejected::quietly);
      return new Expr.ViewWrite(
          receiver,
          types.binaryName(view),
          name,
          expressions.read(Source.child(path, tree.getArguments().getFirst()), type),
          span);
    }
    throw source.reject(
        Code.BPF1007, tree, "`" + name + "` is neither a field of the view nor BPF code", "");
  }

  /// Whether a method writes the field that another method of the same name reads.
  private static boolean isSetter(ExecutableElement method) {
    return method.getParameters().size() == 1
        && JavaTypes.owner(method).getEnclosedElements().stream()
            .anyMatch(
                other ->
                    other.getKind() == ElementKind.METHOD
                        && other.getSimpleName().equals(method.getSimpleName())
                        && ((ExecutableElement) other).getParameters().isEmpty());
  }

  private static boolean isComponent(ExecutableElement method) {
    return method.getParameters().isEmpty()
        && JavaTypes.owner(method).getRecordComponents().stream()
            .anyMatch(component -> component.getSimpleName().equals(method.getSimpleName()));
  }

  private Expr receiver(TreePath path, MethodInvocationTree tree) {
    TreePath select = Source.child(path, tree.getMethodSelect());
    return switch (tree.getMethodSelect()) {
      case MemberSelectTree member ->
          expressions.read(Source.child(select, member.getExpression()));
      case IdentifierTree identifier -> {
        var receiver = scope.receiver();
        if (receiver == null) {
          throw source.reject(
              Code.BPF1009, tree, "`" + identifier + "` needs an object", "make it static");
        }
        yield new Expr.LocalPlace(receiver, source.span(identifier));
      }
      default -> throw source.reject(Code.BPF1006, tree, "this call has no BPF form", "");
    };
  }

  private List<Expr> arguments(
      TreePath path, List<? extends ExpressionTree> trees, ExecutableElement method) {
    return arguments(path, trees, method, types);
  }

  /// Arguments, converted to a method's parameters.
  ///
  /// @param bound what the types of the parameters stand for
  List<Expr> arguments(
      TreePath path,
      List<? extends ExpressionTree> trees,
      ExecutableElement method,
      JavaTypes bound) {
    List<Expr> arguments = new ArrayList<>();
    for (int i = 0; i < trees.size(); i++) {
      VariableElement parameter =
          method.getParameters().get(Math.min(i, method.getParameters().size() - 1));
      if (LambdaReader.isCode(trees.get(i))
          && Library.find(owner(method), nameOf(method)).isPresent()) {
        arguments.add(lambdas.read(Source.child(path, trees.get(i))));
        continue;
      }
      Expr value = expressions.read(Source.child(path, trees.get(i)));
      arguments.add(
          bound.of(parameter.asType()).map(type -> Conversions.to(type, value)).orElse(value));
    }
    return arguments;
  }

  private Type resultType(TreePath path) {
    return expressions.mirror(path).getKind() == javax.lang.model.type.TypeKind.VOID
        ? Special.VOID
        : expressions.type(path);
  }

  /// A call of the method that a method reference names.
  Expr referred(MemberReferenceTree tree, ExecutableElement method, List<Expr> arguments) {
    Type result =
        types
            .of(method.getReturnType())
            .orElseThrow(
                () ->
                    source.reject(
                        Code.BPF1008,
                        tree,
                        "BPF code cannot use the type " + method.getReturnType(),
                        ""));
    List<Expr> converted = new ArrayList<>(arguments);
    int first = arguments.size() - method.getParameters().size();
    for (int i = Math.max(first, 0); i < arguments.size(); i++) {
      Expr argument = arguments.get(i);
      types
          .of(method.getParameters().get(i - first).asType())
          .ifPresent(
              type -> converted.set(converted.indexOf(argument), Conversions.to(type, argument)));
    }
    Span span = source.span(tree);
    Optional<Library> library = Library.find(owner(method), nameOf(method));
    if (library.isPresent()) {
      boolean isStatic = method.getModifiers().contains(Modifier.STATIC);
      Optional<Expr> receiver = isStatic ? Optional.empty() : Optional.of(converted.removeFirst());
      return new Expr.LibraryCall(library.get(), receiver, converted, result, span);
    }
    if (!isFunction(method)) {
      throw source.reject(
          Code.BPF1007,
          tree,
          "`" + nameOf(method) + "` is not BPF code",
          "mark it @BpfFunction, or write a lambda");
    }
    if (GenericReader.isGeneric(method)) {
      throw source.reject(
          Code.BPF1016,
          tree,
          "`" + nameOf(method) + "` is generic: for which types is not said here",
          "write a lambda");
    }
    return new Expr.Call(scope.calls(method, types), converted, result, span);
  }

  private static String nameOf(ExecutableElement method) {
    return method.getSimpleName().toString();
  }

  private static String owner(ExecutableElement method) {
    return JavaTypes.owner(method).getQualifiedName().toString();
  }
}
