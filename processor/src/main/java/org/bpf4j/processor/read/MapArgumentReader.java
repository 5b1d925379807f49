package org.bpf4j.processor.read;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.List;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Library;
import org.bpf4j.compiler.ast.MapFamily;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Type.Special;
import org.bpf4j.compiler.diagnostic.Code;

/// Reads the arguments of methods of maps, and of the records in them, whose parameters are type
/// variables.
final class MapArgumentReader {
  private final Source source;
  private final ExpressionReader expressions;
  private final LambdaReader lambdas;

  MapArgumentReader(Source source, ExpressionReader expressions, LambdaReader lambdas) {
    this.source = source;
    this.expressions = expressions;
    this.lambdas = lambdas;
  }

  /// The offset in `record.data(Head.class, offset)`: which struct is meant, the result's type
  /// says.
  Expr offset(TreePath path, MethodInvocationTree tree) {
    ExpressionTree struct = tree.getArguments().getFirst();
    boolean literal =
        struct instanceof MemberSelectTree select && select.getIdentifier().contentEquals("class");
    if (!literal || !(expressions.type(path) instanceof Type.StructType)) {
      throw source.reject(
          Code.BPF1008,
          struct,
          "only structs may be named by their class here",
          "record.data(Head.class, 0) with a @Struct class Head");
    }
    return Conversions.to(
        Primitive.INT, expressions.read(Source.child(path, tree.getArguments().getLast())));
  }

  /// What `allocate` makes its result's type says; `free` takes any object.
  private List<Expr> ofArena(TreePath path, MethodInvocationTree tree, Library library) {
    ExpressionTree argument = tree.getArguments().getFirst();
    if (library == Library.ARENA_ALLOCATE) {
      boolean literal =
          argument instanceof MemberSelectTree select
              && select.getIdentifier().contentEquals("class");
      if (!literal || !(expressions.type(path) instanceof Type.ArenaType)) {
        throw source.reject(
            Code.BPF1008,
            argument,
            "only structs of arenas may be named by their class here",
            "arena.allocate(Node.class) with an @ArenaStruct class Node");
      }
      return List.of();
    }
    Expr object = expressions.read(Source.child(path, argument));
    if (!(object.type() instanceof Type.ArenaType)) {
      throw source.reject(
          Code.BPF1008,
          argument,
          "this is no object of an arena, which could be given back",
          "arena.free(node) with a `node` that arena.allocate gave");
    }
    return List.of(object);
  }

  /// What `allocate` makes its result's type says.
  List<Expr> ofObject(TreePath path, MethodInvocationTree tree) {
    ExpressionTree argument = tree.getArguments().getFirst();
    boolean literal =
        argument instanceof MemberSelectTree select
            && select.getIdentifier().contentEquals("class");
    if (!literal || !(expressions.type(path) instanceof Type.ObjectType)) {
      throw source.reject(
          Code.BPF1008,
          argument,
          "only classes of objects in the kernel's memory may be named here",
          "BpfObjects.allocate(Job.class) with an @ObjectStruct class Job");
    }
    return List.of();
  }

  /// A map's parameters are type variables: the map's own types say what they are.
  List<Expr> arguments(
      TreePath path, MethodInvocationTree tree, Library library, Type.MapType map) {
    if (map.form().family() == MapFamily.ARENA) {
      return ofArena(path, tree, library);
    }
    List<Expr> arguments = new ArrayList<>();
    for (ExpressionTree argument : withoutContext(tree, library)) {
      if (LambdaReader.isCode(argument)) {
        arguments.add(lambdas.read(Source.child(path, argument)));
        continue;
      }
      boolean isKey =
          arguments.isEmpty()
              && map.key() != Special.VOID
              && map.form().family() != MapFamily.EVENTS
              && map.form().family() != MapFamily.STORAGE;
      Type target =
          isKey ? map.key() : isNumber(library, arguments.size()) ? Primitive.INT : map.value();
      Expr value = expressions.read(Source.child(path, argument));
      if (map.form().family() == MapFamily.STORAGE) {
        arguments.add(value);
        continue;
      }
      if (value.type() == Special.NULL) {
        throw source.reject(
            Code.BPF2004,
            argument,
            "a map holds no null",
            library == Library.MAP_PUT ? "remove(key) takes a key out" : "");
      }
      boolean ofLength = library == Library.RING_RESERVE;
      boolean whole = value.type() == Special.DYNPTR;
      arguments.add(whole ? value : Conversions.to(ofLength ? Primitive.INT : target, value));
    }
    return arguments;
  }

  /// Whether an argument is neither key nor value, whatever the map holds.
  private static boolean isNumber(Library library, int index) {
    return switch (library) {
      case MAP_GET_ON_CPU -> true;
      case EVENTS_OUTPUT_FIRST, EVENTS_OUTPUT_WITH_PACKET -> index == 1;
      default -> false;
    };
  }

  /// A context that is handed to a map says nothing: a program has only one.
  private static List<? extends ExpressionTree> withoutContext(
      MethodInvocationTree tree, Library library) {
    List<? extends ExpressionTree> arguments = tree.getArguments();
    return library.takesContext() && library != Library.EVENTS_OUTPUT_FIRST && arguments.size() > 1
        ? arguments.subList(1, arguments.size())
        : arguments;
  }
}
