package org.bpf4j.compiler.translate;

import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Library;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.ssa.Fact;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.object.Helper;

/// Calls of library methods: sends each to the translator of its topic.
final class LibraryCalls {
  private final Body body;
  private final MapCalls maps;
  private final CallbackCalls callbacks;
  private final RingCalls rings;
  private final RecordCalls records;
  private final TailCalls tails;
  private final OtherMapCalls otherMaps;
  private final SocketMapCalls sockets;
  private final PacketCalls packets;
  private final StorageCalls storages;
  private final ContextCalls contexts;
  private final ArenaCalls arenas;
  private final CollectionCalls collections;
  private final StringCalls strings;
  private final KernelCalls helpers;
  private final CoreCalls core;
  private final PerCpuVariables perCpu;
  private final Printing printing;
  private final AtomicCalls atomics;
  private final Intrinsics intrinsics;
  private final ArrayCalls arrays;
  private final ObjectsCalls objects;
  private final OverlayCalls overlays;

  LibraryCalls(Body body) {
    this.body = body;
    maps = new MapCalls(body);
    callbacks = new CallbackCalls(body);
    rings = new RingCalls(body);
    records = new RecordCalls(body, rings);
    tails = new TailCalls(body);
    otherMaps = new OtherMapCalls(body, maps);
    sockets = new SocketMapCalls(body, maps);
    packets = new PacketCalls(body);
    storages = new StorageCalls(body, maps);
    contexts = new ContextCalls(body);
    arenas = new ArenaCalls(body);
    collections = new CollectionCalls(body);
    strings = new StringCalls(body);
    helpers = new KernelCalls(body);
    core = new CoreCalls(body);
    perCpu = new PerCpuVariables(body);
    printing = new Printing(body);
    atomics = new AtomicCalls(body);
    intrinsics = new Intrinsics(body);
    arrays = new ArrayCalls(body);
    objects = new ObjectsCalls(body);
    overlays = new OverlayCalls(body);
  }

  KernelCalls helpers() {
    return helpers;
  }

  StringCalls strings() {
    return strings;
  }

  /// Translates a call.
  ///
  /// @param used whether anybody wants the result
  Operand call(Expr.LibraryCall call, boolean used) {
    Library method = call.method();
    return switch (method) {
      case MAP_GET -> maps.get(call);
      case MAP_GET_OR_DEFAULT -> maps.getOrDefault(call);
      case MAP_PUT -> maps.put(call, MapCalls.ANY);
      case MAP_PUT_IF_ABSENT -> maps.put(call, MapCalls.NO_EXIST);
      case MAP_REPLACE -> maps.put(call, MapCalls.EXIST);
      case MAP_COMPUTE_IF_ABSENT -> maps.computeIfAbsent(call);
      case MAP_REMOVE -> maps.remove(call);
      case MAP_CONTAINS_KEY -> maps.containsKey(call);
      case MAP_GET_ON_CPU -> maps.getOnCpu(call);
      case MAP_FOR_EACH -> callbacks.forEach(call);
      case USER_RING_DRAIN -> callbacks.drain(call);
      case LOOP -> callbacks.loop(call);
      case SESSION_IS_RETURN -> helpers.sessionIsReturn(call);
      case FIND_VMA -> callbacks.findVma(call);
      case THIS_CPU_PTR, PER_CPU_PTR -> perCpu.call(call);
      case TIMER_START -> callbacks.startTimer(call);
      case POINTER_EXCHANGE -> helpers.exchange(call);
      case WORK_START -> callbacks.startWork(call);
      case TIMER_RESTART -> callbacks.restartTimer(call);
      case TIMER_CANCEL -> callbacks.cancelTimer(call);
      case SCRATCH_GET -> maps.scratch(call);
      case QUEUE_PUSH -> otherMaps.push(call, MapCalls.ANY);
      case QUEUE_PUSH_EVICTING -> otherMaps.push(call, OtherMapCalls.EVICT);
      case QUEUE_POP -> otherMaps.take(call, Helper.MAP_POP_ELEM);
      case QUEUE_PEEK -> otherMaps.take(call, Helper.MAP_PEEK_ELEM);
      case FILTER_ADD -> otherMaps.push(call, MapCalls.ANY);
      case FILTER_MIGHT_CONTAIN -> otherMaps.mightContain(call);
      case EVENTS_OUTPUT, EVENTS_OUTPUT_FIRST, EVENTS_OUTPUT_WITH_PACKET -> otherMaps.output(call);
      case TRACES_GET_STACKID -> otherMaps.stackId(call);
      case CGROUPS_CURRENT_TASK_UNDER -> otherMaps.isUnder(call);
      case TARGETS_REDIRECT -> otherMaps.redirect(call);
      case SOCKETS_REDIRECT -> sockets.redirect(call, SocketMapCalls.EGRESS);
      case SOCKETS_REDIRECT_INGRESS -> sockets.redirect(call, SocketMapCalls.INGRESS);
      case SOCKETS_PUT -> sockets.put(call, MapCalls.ANY);
      case SOCKETS_PUT_IF_ABSENT -> sockets.put(call, MapCalls.NO_EXIST);
      case SOCKETS_GET -> sockets.get(call);
      case SOCKETS_SELECT -> sockets.select(call);
      case MAPS_GET -> maps.inner(call);
      case STORAGE_GET, STORAGE_GET_OR_CREATE -> storages.get(call);
      case ATTACHED_GET -> storages.attached(call);
      case STORAGE_DELETE -> storages.delete(call);
      case ARENA_ALLOCATE -> arenas.allocate(call);
      case ARENA_FREE -> arenas.free(call);
      case OBJECT_ALLOCATE,
          OBJECT_SHARE,
          OBJECT_FREE,
          LIST_OFFER_FIRST,
          LIST_OFFER_LAST,
          LIST_POLL_FIRST,
          LIST_POLL_LAST,
          LIST_PEEK_FIRST,
          LIST_PEEK_LAST,
          TREE_ADD,
          TREE_FIRST,
          TREE_ROOT,
          TREE_LEFT,
          TREE_RIGHT,
          TREE_REMOVE ->
          collections.call(call, method.objectFunction().orElseThrow());
      case PROGRAMS_CALL -> tails.call(call);
      case RING_RESERVE -> call.arguments().isEmpty() ? rings.reserve(call) : records.reserve(call);
      case RING_SUBMIT, RING_DISCARD ->
          call.arguments().getFirst().type() == Type.Special.DYNPTR
              ? records.release(call)
              : rings.release(call);
      case DYNPTR_READ -> records.read(call);
      case DYNPTR_WRITE -> records.write(call);
      case DYNPTR_DATA -> records.data(call);
      case CONTEXT_SLICE, CONTEXT_WRITABLE_SLICE -> packets.slice(call);
      case OVERLAY_OF -> overlays.of(call);
      case RING_PENDING_BYTES -> rings.query(call, RingCalls.PENDING_BYTES);
      case RING_SIZE_BYTES -> rings.query(call, RingCalls.SIZE_BYTES);
      case RING_CONSUMER_POSITION -> rings.query(call, RingCalls.CONSUMER_POSITION);
      case RING_PRODUCER_POSITION -> rings.query(call, RingCalls.PRODUCER_POSITION);
      case CONTEXT_HEADER -> packets.header(call);
      case CONTEXT_METADATA -> packets.metadata(call);
      case CONTEXT_LOAD -> packets.load(call);
      case CONTEXT_LENGTH -> packets.length(call);
      case XDP_ADJUST_HEAD, XDP_ADJUST_TAIL, XDP_ADJUST_META, TC_PULL, TC_CHANGE_TAIL ->
          packets.move(call);
      case SOCKET_SET_OPTION,
          SOCKET_SET_CALLBACK_FLAGS,
          SYSCTL_NAME,
          SYSCTL_CURRENT_VALUE,
          SYSCTL_NEW_VALUE,
          SYSCTL_REPLACE_VALUE,
          NETFILTER_STATE,
          NETFILTER_PACKET ->
          contexts.call(call);
      case RAW_ARGUMENT -> packets.rawArgument(call);
      case STRING_TEXT,
          STRING_SIZE,
          STRING_LENGTH,
          STRING_IS_EMPTY,
          STRING_INDEX_OF,
          STRING_CONTENT_EQUALS,
          STRING_STARTS_WITH,
          STRING_BYTE_AT,
          STRING_COPY_FROM,
          STRING_CLEAR,
          KERNEL_STRING_COPY_TO,
          KERNEL_STRING_CONTENT_EQUALS,
          KERNEL_STRING_STARTS_WITH,
          KERNEL_STRING_IS_EMPTY ->
          strings.call(call, used);
      case CURRENT_TASK, COPY, VIEW_AT, ADDRESS_OF, KERNEL_HAS -> helpers.call(call);
      case CORE_HAS_FIELD,
          CORE_OFFSET_OF,
          CORE_SIZE_OF,
          CORE_IS_SIGNED,
          CORE_LEFT_SHIFT,
          CORE_RIGHT_SHIFT,
          CORE_HAS_TYPE,
          CORE_MATCHES,
          CORE_LOCAL_TYPE_ID,
          CORE_KERNEL_TYPE_ID,
          CORE_HAS_CONSTANT,
          CORE_VALUE_OF ->
          core.call(call);
      case PRINTK, ITER_PRINT, STRING_FORMAT -> printing.print(call);
      case ITER_SEQ_NUM, ITER_SESSION_ID -> printing.listing(call);
      case ATOMIC_GET,
          ATOMIC_SET,
          ATOMIC_INCREMENT_AND_GET,
          ATOMIC_GET_AND_INCREMENT,
          ATOMIC_DECREMENT_AND_GET,
          ATOMIC_GET_AND_DECREMENT,
          ATOMIC_ADD_AND_GET,
          ATOMIC_GET_AND_ADD,
          ATOMIC_GET_AND_SET,
          ATOMIC_COMPARE_AND_SET,
          ATOMIC_GET_PLAIN,
          ATOMIC_GET_OPAQUE,
          ATOMIC_GET_ACQUIRE,
          ATOMIC_SET_PLAIN,
          ATOMIC_SET_OPAQUE,
          ATOMIC_SET_RELEASE,
          ATOMIC_LAZY_SET,
          ATOMIC_INT_VALUE,
          ATOMIC_LONG_VALUE,
          ATOMIC_WEAK_COMPARE_AND_SET_PLAIN,
          ATOMIC_WEAK_COMPARE_AND_SET_VOLATILE,
          ATOMIC_WEAK_COMPARE_AND_SET_ACQUIRE,
          ATOMIC_WEAK_COMPARE_AND_SET_RELEASE,
          ATOMIC_COMPARE_AND_EXCHANGE,
          ATOMIC_COMPARE_AND_EXCHANGE_ACQUIRE,
          ATOMIC_COMPARE_AND_EXCHANGE_RELEASE,
          ATOMIC_GET_AND_UPDATE,
          ATOMIC_UPDATE_AND_GET,
          ATOMIC_GET_AND_ACCUMULATE,
          ATOMIC_ACCUMULATE_AND_GET ->
          atomics.call(call, used);
      case ARRAYS_FILL, ARRAYS_EQUALS, ARRAYS_COPY_OF, ARRAYS_COPY_OF_RANGE, SYSTEM_ARRAYCOPY ->
          arrays.call(call);
      case REQUIRE_NON_NULL, REQUIRE_NON_NULL_ELSE, IS_NULL, NON_NULL, OBJECTS_EQUALS ->
          objects.call(call);
      case MIN,
          MAX,
          ABS,
          ADD_EXACT,
          SUBTRACT_EXACT,
          MULTIPLY_EXACT,
          TO_INT_EXACT,
          ABS_EXACT,
          NEGATE_EXACT,
          INCREMENT_EXACT,
          DECREMENT_EXACT,
          CLAMP,
          CHECK_INDEX,
          CHECK_FROM_TO_INDEX,
          CHECK_FROM_INDEX_SIZE,
          CEIL_DIV,
          CEIL_MOD,
          DIVIDE_EXACT,
          FLOOR_DIV_EXACT,
          CEIL_DIV_EXACT,
          MULTIPLY_FULL,
          MULTIPLY_HIGH,
          UNSIGNED_MULTIPLY_HIGH,
          HASH_CODE,
          BOOLEAN_HASH_CODE,
          LOGICAL_AND,
          LOGICAL_OR,
          LOGICAL_XOR,
          BOOLEAN_COMPARE,
          HIGHEST_ONE_BIT,
          LOWEST_ONE_BIT,
          REVERSE,
          FLOOR_DIV,
          FLOOR_MOD,
          BOX_MIN,
          BOX_MAX,
          SUM,
          COMPARE,
          COMPARE_UNSIGNED,
          DIVIDE_UNSIGNED,
          REMAINDER_UNSIGNED,
          ROTATE_LEFT,
          ROTATE_RIGHT,
          REVERSE_BYTES,
          BIT_COUNT,
          NUMBER_OF_LEADING_ZEROS,
          NUMBER_OF_TRAILING_ZEROS,
          SIGNUM,
          TO_UNSIGNED_INT,
          TO_UNSIGNED_LONG,
          ORDINAL ->
          intrinsics.call(call);
    };
  }

  /// Evaluates the receiver and, if it is a reference, notes that it must not be null.
  Value receiver(Expr.LibraryCall call) {
    Expr receiver = receiverOf(call);
    Value value = body.expressions.value(receiver).only();
    body.at(call.span());
    return body.code.refine(value, new Fact.NonNull(Subjects.of(receiver)));
  }

  static Expr receiverOf(Expr.LibraryCall call) {
    return call.receiver().orElseThrow(() -> new CompilerBug(call.method() + " without object"));
  }
}
