package org.bpf4j.compiler.validate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bpf4j.compiler.ast.Declaration;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Extension;
import org.bpf4j.compiler.ast.Library;
import org.bpf4j.compiler.ast.MapForm;
import org.bpf4j.compiler.ast.PrintFormat;
import org.bpf4j.compiler.ast.Program;
import org.bpf4j.compiler.ast.Stmt;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.ast.Unit.Role;
import org.bpf4j.compiler.ast.Walk;
import org.bpf4j.compiler.diagnostic.Span;
import org.bpf4j.object.CName;
import org.bpf4j.object.CriticalSection;
import org.bpf4j.object.Helper;
import org.bpf4j.object.KernelFunction;
import org.bpf4j.object.MapLookup;
import org.bpf4j.object.ObjectFunction;
import org.bpf4j.object.PacketSlices;
import org.bpf4j.object.PointerExchange;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.object.ProgramParameters;
import org.bpf4j.object.WorkQueue;

/// Finds the calls of functions of the kernel, for each program that makes them.
final class KernelCalls {

  /// A function that a program calls.
  ///
  /// @param kind the program's kind, or that of the program that it extends
  /// @param program the program's name
  /// @param targets what the program's annotation names
  record Use(
      Span span, KernelFunction function, ProgramKind kind, String program, List<String> targets) {}

  private KernelCalls() {}

  static List<Use> of(Program program) {
    CallGraph graph = new CallGraph(program);
    List<Use> uses = new ArrayList<>();
    for (Unit.Function main : program.functions()) {
      if (main.role() instanceof Role.Program role) {
        if (role.kind().parameters() instanceof ProgramParameters.Probe
            && !main.parameters().isEmpty()) {
          uses.add(use(main.span(), Helper.PROBE_READ_KERNEL, role.kind(), main, role));
          uses.add(use(main.span(), Helper.GET_ATTACH_COOKIE, role.kind(), main, role));
        }
        ProgramKind host = Extension.host(main, role.kind());
        for (Unit.Function function : graph.reachable(main)) {
          Walk.allStatements(
              function.body(),
              stmt -> {
                if (stmt instanceof Stmt.Locked locked) {
                  Type.lock(locked.lock().type())
                      .map(lock -> use(stmt.span(), lock.take(), host, main, role))
                      .ifPresent(uses::add);
                }
                if (stmt instanceof Stmt.Guarded guarded
                    && (guarded.section() != CriticalSection.RCU || role.section().sleepable())) {
                  uses.add(use(guarded.span(), guarded.section().begin(), host, main, role));
                }
              });
          Walk.expressions(
              function.body(),
              expr ->
                  helpers(expr, program, host)
                      .map(h -> use(expr.span(), h, host, main, role))
                      .forEach(uses::add));
        }
      }
    }
    return uses;
  }

  private static Use use(
      Span span, KernelFunction function, ProgramKind kind, Unit.Function main, Role.Program role) {
    return new Use(span, function, kind, main.ref().name(), role.targets());
  }

  private static Stream<? extends KernelFunction> helpers(
      Expr expr, Program program, ProgramKind kind) {
    return switch (expr) {
      case Expr.KernelCall call -> Stream.of(call.function());
      case Expr.LibraryCall call -> helper(call, kind).stream();
      case Expr.ViewRead read
          when program.declarations().get(read.view()) instanceof Declaration.ViewDecl view
              && view.kind() == Declaration.ViewKind.KERNEL_STRUCT ->
          Stream.of(Helper.PROBE_READ_KERNEL);
      case Expr.GlobalPlace place
          when program.globals().stream()
              .anyMatch(
                  global ->
                      global.kind() == Unit.GlobalKind.KERNEL_VARIABLE
                          && global.owner().equals(place.owner())
                          && global.name().equals(place.name())) ->
          Stream.of(Helper.PROBE_READ_KERNEL);
      default -> Stream.of();
    };
  }

  /// The names of functions and variables that some program asks the kernel for.
  static Set<String> asked(Program program) {
    Set<String> names = new HashSet<>();
    for (Unit.Function function : program.functions()) {
      Walk.expressions(
          function.body(),
          expr -> {
            if (expr instanceof Expr.LibraryCall call
                && call.method() == Library.KERNEL_HAS
                && call.arguments().getFirst() instanceof Expr.Text name) {
              names.add(name.value());
            }
          });
    }
    return names;
  }

  /// The helper behind a call in a program of a kind.
  static Optional<KernelFunction> helper(Expr.LibraryCall call, ProgramKind kind) {
    Optional<MapForm> form =
        call.receiver()
            .map(Expr::type)
            .flatMap(
                type ->
                    type instanceof Type.MapType map ? Optional.of(map.form()) : Optional.empty());
    return switch (call.method()) {
      case SOCKETS_REDIRECT, SOCKETS_REDIRECT_INGRESS -> form.map(f -> f.redirect(kind));
      case SOCKETS_PUT, SOCKETS_PUT_IF_ABSENT -> form.map(MapForm::putSocket);
      case STORAGE_GET, STORAGE_GET_OR_CREATE -> form.map(f -> f.owned().get());
      case STORAGE_DELETE -> form.map(f -> f.owned().delete());
      case SOCKETS_GET -> Optional.of(MapLookup.SOCKET);
      case PRINTK -> Optional.of(PrintFormat.printer(call));
      case CONTEXT_SLICE -> Optional.of(PacketSlices.SLICE);
      case CONTEXT_WRITABLE_SLICE -> Optional.of(PacketSlices.WRITABLE);
      case WORK_START -> Optional.of(WorkQueue.START);
      case POINTER_EXCHANGE ->
          call.receiver()
              .map(Expr::type)
              .flatMap(
                  type ->
                      type instanceof Type.HeldType(String struct, boolean own)
                              && (own || PointerExchange.structs().contains(struct))
                          ? Optional.of(new PointerExchange(own ? CName.ofType(struct) : struct))
                          : Optional.empty());
      case RING_RESERVE ->
          Optional.of(
              call.arguments().isEmpty() ? Helper.RINGBUF_RESERVE : Helper.RINGBUF_RESERVE_DYNPTR);
      default ->
          call.method()
              .objectFunction()
              .<KernelFunction>map(ObjectFunction::kfunc)
              .or(() -> helper(call.method()));
    };
  }

  /// The helper behind a library method; of those that have several, one.
  static Optional<Helper> helper(Library method) {
    return switch (method) {
      case MAP_GET, MAP_GET_OR_DEFAULT, MAP_CONTAINS_KEY, SCRATCH_GET, MAPS_GET, SOCKETS_GET ->
          Optional.of(Helper.MAP_LOOKUP_ELEM);
      case MAP_PUT, MAP_PUT_IF_ABSENT, MAP_REPLACE, MAP_COMPUTE_IF_ABSENT ->
          Optional.of(Helper.MAP_UPDATE_ELEM);
      case MAP_FOR_EACH -> Optional.of(Helper.FOR_EACH_MAP_ELEM);
      case MAP_REMOVE -> Optional.of(Helper.MAP_DELETE_ELEM);
      case QUEUE_PUSH, QUEUE_PUSH_EVICTING, FILTER_ADD -> Optional.of(Helper.MAP_PUSH_ELEM);
      case QUEUE_POP -> Optional.of(Helper.MAP_POP_ELEM);
      case QUEUE_PEEK, FILTER_MIGHT_CONTAIN -> Optional.of(Helper.MAP_PEEK_ELEM);
      case EVENTS_OUTPUT, EVENTS_OUTPUT_FIRST, EVENTS_OUTPUT_WITH_PACKET ->
          Optional.of(Helper.PERF_EVENT_OUTPUT);
      case TRACES_GET_STACKID -> Optional.of(Helper.GET_STACKID);
      case CGROUPS_CURRENT_TASK_UNDER -> Optional.of(Helper.CURRENT_TASK_UNDER_CGROUP);
      case TARGETS_REDIRECT -> Optional.of(Helper.REDIRECT_MAP);
      case SOCKETS_REDIRECT, SOCKETS_REDIRECT_INGRESS -> Optional.of(Helper.SK_REDIRECT_MAP);
      case SOCKETS_PUT, SOCKETS_PUT_IF_ABSENT -> Optional.of(Helper.SOCK_MAP_UPDATE);
      case SOCKETS_SELECT -> Optional.of(Helper.SK_SELECT_REUSEPORT);
      case PROGRAMS_CALL -> Optional.of(Helper.TAIL_CALL);
      case RING_RESERVE -> Optional.of(Helper.RINGBUF_RESERVE);
      case RING_SUBMIT -> Optional.of(Helper.RINGBUF_SUBMIT);
      case RING_DISCARD -> Optional.of(Helper.RINGBUF_DISCARD);
      case DYNPTR_READ -> Optional.of(Helper.DYNPTR_READ);
      case DYNPTR_WRITE -> Optional.of(Helper.DYNPTR_WRITE);
      case DYNPTR_DATA -> Optional.of(Helper.DYNPTR_DATA);
      case USER_RING_DRAIN -> Optional.of(Helper.USER_RINGBUF_DRAIN);
      case RING_PENDING_BYTES, RING_SIZE_BYTES, RING_CONSUMER_POSITION, RING_PRODUCER_POSITION ->
          Optional.of(Helper.RINGBUF_QUERY);
      case MAP_GET_ON_CPU -> Optional.of(Helper.MAP_LOOKUP_PERCPU_ELEM);
      case ATTACHED_GET -> Optional.of(Helper.GET_LOCAL_STORAGE);
      case STRING_FORMAT -> Optional.of(Helper.SNPRINTF);
      case XDP_ADJUST_HEAD -> Optional.of(Helper.XDP_ADJUST_HEAD);
      case XDP_ADJUST_META -> Optional.of(Helper.XDP_ADJUST_META);
      case XDP_ADJUST_TAIL -> Optional.of(Helper.XDP_ADJUST_TAIL);
      case SOCKET_SET_OPTION -> Optional.of(Helper.SETSOCKOPT);
      case SOCKET_SET_CALLBACK_FLAGS -> Optional.of(Helper.SOCK_OPS_CB_FLAGS_SET);
      case SYSCTL_NAME -> Optional.of(Helper.SYSCTL_GET_NAME);
      case SYSCTL_CURRENT_VALUE -> Optional.of(Helper.SYSCTL_GET_CURRENT_VALUE);
      case SYSCTL_NEW_VALUE -> Optional.of(Helper.SYSCTL_GET_NEW_VALUE);
      case SYSCTL_REPLACE_VALUE -> Optional.of(Helper.SYSCTL_SET_NEW_VALUE);
      case CONTEXT_LOAD -> Optional.of(Helper.SKB_LOAD_BYTES);
      case TC_PULL -> Optional.of(Helper.SKB_PULL_DATA);
      case TC_CHANGE_TAIL -> Optional.of(Helper.SKB_CHANGE_TAIL);
      case ITER_PRINT -> Optional.of(Helper.SEQ_PRINTF);
      case TIMER_START -> Optional.of(Helper.TIMER_START);
      case TIMER_RESTART -> Optional.of(Helper.TIMER_START);
      case TIMER_CANCEL -> Optional.of(Helper.TIMER_CANCEL);
      case KERNEL_STRING_COPY_TO,
          KERNEL_STRING_CONTENT_EQUALS,
          KERNEL_STRING_STARTS_WITH,
          KERNEL_STRING_IS_EMPTY ->
          Optional.of(Helper.PROBE_READ_KERNEL_STR);
      default -> method.helper();
    };
  }
}
