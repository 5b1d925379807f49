package org.bpf4j.compiler.validate;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.bpf4j.compiler.ast.Declaration.Member;
import org.bpf4j.compiler.ast.Declaration.StructDecl;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Library;
import org.bpf4j.compiler.ast.Program;
import org.bpf4j.compiler.ast.Stmt;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.ast.Walk;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.diagnostic.Span;
import org.bpf4j.object.MapKind;
import org.bpf4j.object.MapLock;
import org.bpf4j.object.PointerExchange;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.object.ProgramType;

/// Members of values that only the kernel touches: in which maps they may be, and in which programs
/// their maps, as `map_check_btf` and `check_map_prog_compatibility` say. A row for each member.
///
/// Under a lock the kernel allows no calls, and others wait.
final class SpecialMembers implements Rule {

  /// `BPF_MAP_VALUE_OFF_MAX` of Linux 5.19, which knew pointers first.
  private static final int MAX_POINTERS = 8;

  /// `BTF_FIELDS_MAX` without the lock.
  private static final int MAX_COLLECTIONS = 10;

  /// A member with the rules of its use.
  private enum Row {
    SPIN_LOCK(
        type -> type == Type.Special.SPIN_LOCK,
        "BpfSpinLock",
        1,
        EnumSet.of(
            MapKind.HASH,
            MapKind.ARRAY,
            MapKind.SK_STORAGE,
            MapKind.INODE_STORAGE,
            MapKind.TASK_STORAGE,
            MapKind.CGRP_STORAGE),
        Set.of("KPROBE", "TRACEPOINT", "RAW_TRACEPOINT", "PERF_EVENT", "SOCKET_FILTER")),
    RESILIENT_LOCK(
        type -> type == Type.Special.RESILIENT_LOCK,
        "BpfResilientSpinLock",
        1,
        SPIN_LOCK.maps,
        Set.of()),
    TIMER(
        type -> type == Type.Special.TIMER,
        "BpfTimer",
        1,
        EnumSet.of(MapKind.HASH, MapKind.LRU_HASH, MapKind.ARRAY),
        Set.of("KPROBE", "TRACEPOINT", "RAW_TRACEPOINT", "PERF_EVENT")),
    WORK_QUEUE(
        type -> type == Type.Special.WORK_QUEUE,
        "BpfWorkqueue",
        1,
        EnumSet.of(MapKind.HASH, MapKind.LRU_HASH, MapKind.ARRAY),
        Set.of("KPROBE", "TRACEPOINT", "RAW_TRACEPOINT", "PERF_EVENT")),
    POINTER(
        Type.HeldType.class::isInstance,
        "KernelPointer",
        MAX_POINTERS,
        EnumSet.of(MapKind.HASH, MapKind.LRU_HASH, MapKind.ARRAY),
        Set.of()),
    COLLECTION(
        Type.CollectionType.class::isInstance,
        "BpfList or BpfTree",
        MAX_COLLECTIONS,
        EnumSet.of(MapKind.HASH, MapKind.ARRAY),
        Set.of("KPROBE", "TRACEPOINT", "RAW_TRACEPOINT", "PERF_EVENT", "SOCKET_FILTER"));

    private final Predicate<Type> type;
    private final String className;
    private final int most;
    private final Set<MapKind> maps;
    private final Set<String> refusedIn;

    Row(
        Predicate<Type> type,
        String className,
        int most,
        Set<MapKind> maps,
        Set<String> refusedIn) {
      this.type = type;
      this.className = className;
      this.most = most;
      this.maps = maps;
      this.refusedIn = refusedIn;
    }
  }

  @Override
  public List<Diagnostic> check(Program program) {
    List<Diagnostic> found = new ArrayList<>();
    for (Row row : Row.values()) {
      program.maps().forEach(map -> map(map, row, program, found));
      program.globals().stream()
          .filter(global -> count(global.type(), row, program, true) > 0)
          .forEach(
              global ->
                  found.add(
                      error(global.span(), "a " + row.className + " cannot be in a static field")));
      programs(row, program, found);
    }
    program.maps().forEach(map -> objects(map, program, found));
    program.maps().forEach(map -> locks(map, program, found));
    for (Unit.Function function : program.functions()) {
      Walk.statements(
          function.body(),
          stmt -> {
            if (stmt instanceof Stmt.Locked region) {
              region(region, found);
            }
          });
      Walk.expressions(function.body(), expr -> copies(expr, program, found));
    }
    return found;
  }

  private static void map(
      Unit.MapDeclaration map, Row row, Program program, List<Diagnostic> found) {
    int own = count(map.type().value(), row, program, false);
    int all =
        count(map.type().value(), row, program, true) + count(map.type().key(), row, program, true);
    if (all > own || own > row.most) {
      found.add(
          error(
              map.span(),
              "values of `"
                  + map.name()
                  + "` have at most "
                  + (row.most == 1 ? "one" : row.most)
                  + " "
                  + row.className
                  + ", as a member of their own struct"));
    } else if (own > 0 && !row.maps.contains(map.type().form().kind())) {
      found.add(
          error(
              map.span(),
              "`"
                  + map.name()
                  + "` is a "
                  + map.type().form().simpleName()
                  + ", whose values cannot have a "
                  + row.className));
    }
  }

  /// The kernel keeps only objects that it knows how to release.
  private static void objects(Unit.MapDeclaration map, Program program, List<Diagnostic> found) {
    if (map.type().value() instanceof Type.StructType(String name)
        && program.declarations().get(name) instanceof StructDecl struct) {
      for (Member member : struct.members()) {
        if (member.type() instanceof Type.HeldType(String object, boolean own)
            && !own
            && !PointerExchange.structs().contains(object)) {
          found.add(
              Diagnostic.error(
                  Code.BPF2017,
                  member.span(),
                  "maps keep no objects of `" + object + "`",
                  "they keep those of " + String.join(", ", PointerExchange.structs())));
        }
      }
    }
  }

  /// A value has one lock at most, of either kind.
  private static void locks(Unit.MapDeclaration map, Program program, List<Diagnostic> found) {
    Type value = map.type().value();
    if (count(value, Row.SPIN_LOCK, program, false) > 0
        && count(value, Row.RESILIENT_LOCK, program, false) > 0) {
      found.add(error(map.span(), "values of `" + map.name() + "` have two locks"));
    }
  }

  /// How many such members a type has.
  ///
  /// @param deep whether those of inner structs count
  private static int count(Type type, Row row, Program program, boolean deep) {
    if (type instanceof Type.ArrayType(Type element) && deep) {
      return count(element, row, program, true);
    }
    if (type instanceof Type.RowType(Type element, _) && deep) {
      return count(element, row, program, true);
    }
    if (!(type instanceof Type.StructType(String name))
        || !(program.declarations().get(name) instanceof StructDecl struct)) {
      return 0;
    }
    int count = 0;
    for (Member member : struct.members()) {
      count +=
          row.type.test(member.type()) ? 1 : deep ? count(member.type(), row, program, true) : 0;
    }
    return count;
  }

  private static void programs(Row row, Program program, List<Diagnostic> found) {
    CallGraph graph = new CallGraph(program);
    for (Unit.Function main : program.functions()) {
      if (main.role() instanceof Unit.Role.Program role && isRefused(row, role.kind())) {
        for (Unit.Function function : graph.reachable(main)) {
          Walk.expressions(
              function.body(),
              expr -> {
                if (expr instanceof Expr.MapRef map
                    && map.type() instanceof Type.MapType type
                    && count(type.value(), row, program, false) > 0) {
                  found.add(
                      error(
                          map.span(),
                          "values of `"
                              + map.name()
                              + "` have a "
                              + row.className
                              + ", which programs such as `"
                              + main.ref().name()
                              + "` cannot use"));
                }
              });
        }
      }
    }
  }

  private static boolean isRefused(Row row, ProgramKind kind) {
    ProgramType type = kind.type();
    return row.refusedIn.contains(type.name());
  }

  /// Whether it waits for its lock in any case, so that another one could be waited for in a
  /// circle.
  private static boolean isPlain(Stmt.Locked region) {
    return Type.lock(region.lock().type()).filter(MapLock::mayFail).isEmpty();
  }

  private static void region(Stmt.Locked region, List<Diagnostic> found) {
    Walk.statements(
        region.body(),
        stmt -> {
          switch (stmt) {
            case Stmt.Guarded _ ->
                found.add(error(stmt.span(), "the kernel allows no calls under a lock"));
            case Stmt.Locked inner when isPlain(region) || isPlain(inner) ->
                found.add(error(stmt.span(), "a second lock cannot be taken under a lock"));
            default -> {}
          }
        });
    Walk.expressions(
        region.body(),
        expr -> {
          boolean calls =
              switch (expr) {
                case Expr.Call _, Expr.KernelCall _ -> true;
                case Expr.LibraryCall call ->
                    KernelCalls.helper(call.method()).isPresent()
                        || call.method() == Library.CONTEXT_HEADER
                        || call.method() == Library.CONTEXT_METADATA
                        || call.method() == Library.OBJECT_ALLOCATE
                        || call.method() == Library.OBJECT_FREE;
                default -> false;
              };
          if (calls) {
            found.add(error(expr.span(), "the kernel allows no calls under a lock"));
          }
        });
  }

  /// The kernel lets nobody write over what is its own.
  private static void copies(Expr expr, Program program, List<Diagnostic> found) {
    if (expr instanceof Expr.LibraryCall call && call.method() == Library.COPY) {
      for (Row row : Row.values()) {
        if (count(call.arguments().getFirst().type(), row, program, true) > 0) {
          found.add(
              error(
                  expr.span(),
                  "a struct with a " + row.className + " cannot be copied as a whole"));
        }
      }
    }
  }

  private static Diagnostic error(Span span, String message) {
    return Diagnostic.error(
        Code.BPF2017,
        span,
        message,
        "try (var _ = bucket.lock.lock()) { bucket.tokens--; } with a @Struct value of a"
            + " BpfHashMap or BpfArray");
  }
}
