package org.bpf4j.compiler.ast;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bpf4j.object.Helper;
import org.bpf4j.object.ObjectFunction;

/// Every library method that the compiler knows, by qualified name: the one table between the
/// annotations module and the compiler.
///
/// A test compares it with the class files, both ways. Overloads that mean the same share an entry;
/// the argument types tell them apart. What is not here and not BPF code cannot be called.
public enum Library {
  // Maps. The receiver is a MapRef.
  MAP_GET("get", MapFamily.KEYED, MapFamily.ARRAY),
  MAP_GET_OR_DEFAULT("getOrDefault", MapFamily.KEYED),
  MAP_PUT("put", MapFamily.KEYED, MapFamily.ARRAY),
  MAP_PUT_IF_ABSENT("putIfAbsent", MapFamily.KEYED),
  MAP_REPLACE("replace", MapForm.hashed()),
  MAP_COMPUTE_IF_ABSENT("computeIfAbsent", MapForm.hashed()),
  MAP_REMOVE("remove", MapFamily.KEYED),
  MAP_CONTAINS_KEY("containsKey", MapFamily.KEYED),
  MAP_FOR_EACH("forEach", MapForm.iterable()),
  MAP_GET_ON_CPU("getOnCpu", MapForm.perCpu()),
  SCRATCH_GET("get", MapFamily.SCRATCH),
  RING_RESERVE("reserve", MapFamily.RING),
  RING_SUBMIT("submit", MapFamily.RING),
  RING_DISCARD("discard", MapFamily.RING),
  DYNPTR_READ("read", Owners.DYNPTRS),
  DYNPTR_WRITE("write", Owners.DYNPTRS),
  DYNPTR_DATA("data", Owners.DYNPTRS),
  USER_RING_DRAIN("drain", MapFamily.USER_RING),
  RING_PENDING_BYTES("pendingBytes", MapFamily.RING),
  RING_SIZE_BYTES("sizeBytes", MapFamily.RING),
  RING_CONSUMER_POSITION("consumerPosition", MapFamily.RING),
  RING_PRODUCER_POSITION("producerPosition", MapFamily.RING),
  PROGRAMS_CALL("call", MapFamily.PROGRAMS),
  QUEUE_PUSH("push", MapFamily.QUEUE),
  QUEUE_PUSH_EVICTING("pushEvicting", MapFamily.QUEUE),
  QUEUE_POP("pop", MapFamily.QUEUE),
  QUEUE_PEEK("peek", MapFamily.QUEUE),
  FILTER_ADD("add", MapFamily.FILTER),
  FILTER_MIGHT_CONTAIN("mightContain", MapFamily.FILTER),
  EVENTS_OUTPUT("output", MapFamily.EVENTS),
  EVENTS_OUTPUT_FIRST("outputFirst", MapFamily.EVENTS),
  EVENTS_OUTPUT_WITH_PACKET("outputWithPacket", MapFamily.EVENTS),
  TRACES_GET_STACKID("getStackid", MapFamily.TRACES),
  CGROUPS_CURRENT_TASK_UNDER("currentTaskUnderCgroup", MapFamily.CGROUPS),
  TARGETS_REDIRECT("redirect", MapFamily.TARGETS, MapFamily.SOCKETS),
  SOCKETS_REDIRECT("redirect", MapFamily.SOCKMAP, MapFamily.SOCKHASH),
  SOCKETS_REDIRECT_INGRESS("redirectIngress", MapFamily.SOCKMAP, MapFamily.SOCKHASH),
  SOCKETS_PUT("putSocket", MapFamily.SOCKMAP, MapFamily.SOCKHASH),
  SOCKETS_PUT_IF_ABSENT("putSocketIfAbsent", MapFamily.SOCKMAP, MapFamily.SOCKHASH),
  SOCKETS_GET("get", MapFamily.SOCKMAP, MapFamily.SOCKHASH),
  SOCKETS_SELECT("select", MapFamily.SHARED_PORT),
  MAPS_GET("get", MapFamily.MAPS, MapFamily.KEYED_MAPS),

  STORAGE_GET("get", MapFamily.STORAGE),
  STORAGE_GET_OR_CREATE("getOrCreate", MapFamily.STORAGE),
  STORAGE_DELETE("delete", MapFamily.STORAGE),
  ATTACHED_GET("get", MapFamily.ATTACHED),

  ARENA_ALLOCATE("allocate", MapFamily.ARENA),
  ARENA_FREE("free", MapFamily.ARENA),

  // Contexts. HEADER takes a class literal and an offset.
  CONTEXT_HEADER("header", Owners.PACKETS),
  CONTEXT_LOAD("load", Owners.BUFFERS),
  CONTEXT_SLICE("slice", Owners.SLICED),
  CONTEXT_WRITABLE_SLICE("writableSlice", Owners.WRITABLE),
  CONTEXT_METADATA(
      "metadata",
      List.of(
          "org.bpf4j.lang.XdpContext",
          "org.bpf4j.lang.XdpDevmapContext",
          "org.bpf4j.lang.TcContext")),
  CONTEXT_LENGTH("length", List.of("org.bpf4j.lang.XdpContext", "org.bpf4j.lang.XdpDevmapContext")),
  XDP_ADJUST_HEAD("adjustHead", List.of("org.bpf4j.lang.XdpContext")),
  XDP_ADJUST_TAIL("adjustTail", List.of("org.bpf4j.lang.XdpContext")),
  XDP_ADJUST_META("adjustMeta", List.of("org.bpf4j.lang.XdpContext")),
  TC_PULL(
      "pull",
      List.of(
          "org.bpf4j.lang.TcContext",
          "org.bpf4j.lang.LwtContext",
          "org.bpf4j.lang.LwtXmitContext",
          "org.bpf4j.lang.SkSkbContext")),
  TC_CHANGE_TAIL("changeTail", List.of("org.bpf4j.lang.TcContext")),
  ITER_PRINT("print", Owners.LISTINGS),
  ITER_SEQ_NUM("seqNum", Owners.LISTINGS),
  ITER_SESSION_ID("sessionId", Owners.LISTINGS),
  SOCKET_SET_OPTION("setOption", Owners.SOCKETS),
  SOCKET_SET_CALLBACK_FLAGS("setCallbackFlags", List.of("org.bpf4j.lang.SockOpsContext")),
  SYSCTL_NAME("name", Owners.SYSCTL),
  SYSCTL_CURRENT_VALUE("currentValue", Owners.SYSCTL),
  SYSCTL_NEW_VALUE("newValue", Owners.SYSCTL),
  SYSCTL_REPLACE_VALUE("replaceValue", Owners.SYSCTL),
  NETFILTER_STATE("state", List.of("org.bpf4j.lang.NetfilterContext")),
  NETFILTER_PACKET("packet", List.of("org.bpf4j.lang.NetfilterContext")),
  RAW_ARGUMENT("argument", List.of("org.bpf4j.lang.RawTracepointContext")),

  // The class `Overlay`. A class literal, an array, and perhaps an offset.
  OVERLAY_OF("of", List.of("org.bpf4j.lang.Overlay")),

  // Fixed text.
  STRING_TEXT("text", Owners.STRING),
  STRING_SIZE("size", Owners.STRING),
  STRING_LENGTH("length", Owners.STRING),
  STRING_IS_EMPTY("isEmpty", Owners.STRING),
  STRING_INDEX_OF("indexOf", Owners.STRING),
  STRING_CONTENT_EQUALS("contentEquals", Owners.STRING),
  STRING_STARTS_WITH("startsWith", Owners.STRING),
  STRING_BYTE_AT("byteAt", Owners.STRING),
  STRING_COPY_FROM("copyFrom", Owners.STRING),
  STRING_CLEAR("clear", Owners.STRING),
  STRING_FORMAT("format", Owners.STRING),
  TIMER_START("start", List.of("org.bpf4j.lang.BpfTimer")),
  POINTER_EXCHANGE("exchange", List.of("org.bpf4j.lang.KernelPointer")),
  TIMER_RESTART("restart", List.of("org.bpf4j.lang.BpfTimer")),
  TIMER_CANCEL("cancel", List.of("org.bpf4j.lang.BpfTimer")),
  WORK_START("start", List.of("org.bpf4j.lang.BpfWorkqueue")),
  OBJECT_ALLOCATE("allocate", Owners.KERNEL_MEMORY),
  OBJECT_SHARE("share", Owners.KERNEL_MEMORY),
  OBJECT_FREE("free", Owners.KERNEL_MEMORY),
  LIST_OFFER_FIRST("offerFirst", Owners.LISTS),
  LIST_OFFER_LAST("offerLast", Owners.LISTS),
  LIST_POLL_FIRST("pollFirst", Owners.LISTS),
  LIST_POLL_LAST("pollLast", Owners.LISTS),
  LIST_PEEK_FIRST("peekFirst", Owners.LISTS),
  LIST_PEEK_LAST("peekLast", Owners.LISTS),
  TREE_ADD("add", Owners.TREES),
  TREE_FIRST("first", Owners.TREES),
  TREE_ROOT("root", Owners.TREES),
  TREE_LEFT("left", Owners.TREES),
  TREE_RIGHT("right", Owners.TREES),
  TREE_REMOVE("remove", Owners.TREES),
  KERNEL_STRING_COPY_TO("copyTo", Owners.KERNEL_STRING),
  KERNEL_STRING_CONTENT_EQUALS("contentEquals", Owners.KERNEL_STRING),
  KERNEL_STRING_STARTS_WITH("startsWith", Owners.KERNEL_STRING),
  KERNEL_STRING_IS_EMPTY("isEmpty", Owners.KERNEL_STRING),

  // Of the class `Helpers` what is not a helper under its own name.
  CURRENT_TASK("currentTask", Helper.GET_CURRENT_TASK),
  PRINTK("printk", Helper.TRACE_PRINTK),
  LOOP("loop", Helper.LOOP),
  FIND_VMA("findVma", Helper.FIND_VMA),
  THIS_CPU_PTR("thisCpuPtr", Helper.THIS_CPU_PTR),
  PER_CPU_PTR("perCpuPtr", Helper.PER_CPU_PTR),
  SESSION_IS_RETURN("sessionIsReturn", Owners.HELPERS),
  COPY("copy", Owners.HELPERS),
  KERNEL_HAS("kernelHas", Owners.HELPERS),
  VIEW_AT("viewAt", Owners.HELPERS),
  ADDRESS_OF("addressOf", Owners.HELPERS),

  // The class `Core`. Its arguments are no values: a class literal for a view, followed by a text
  // for an accessor of it, or texts and a number for a constant of an enum.
  CORE_HAS_FIELD("hasField", Owners.CORE),
  CORE_OFFSET_OF("offsetOf", Owners.CORE),
  CORE_SIZE_OF("sizeOf", Owners.CORE),
  CORE_IS_SIGNED("isSigned", Owners.CORE),
  CORE_LEFT_SHIFT("leftShift", Owners.CORE),
  CORE_RIGHT_SHIFT("rightShift", Owners.CORE),
  CORE_HAS_TYPE("hasType", Owners.CORE),
  CORE_MATCHES("matches", Owners.CORE),
  CORE_LOCAL_TYPE_ID("localTypeId", Owners.CORE),
  CORE_KERNEL_TYPE_ID("kernelTypeId", Owners.CORE),
  CORE_HAS_CONSTANT("hasConstant", Owners.CORE),
  CORE_VALUE_OF("valueOf", Owners.CORE),

  // java.util.concurrent.atomic: `AtomicLong` and `AtomicInteger`.
  ATOMIC_GET("get", Owners.ATOMICS),
  ATOMIC_SET("set", Owners.ATOMICS),
  ATOMIC_INCREMENT_AND_GET("incrementAndGet", Owners.ATOMICS),
  ATOMIC_GET_AND_INCREMENT("getAndIncrement", Owners.ATOMICS),
  ATOMIC_DECREMENT_AND_GET("decrementAndGet", Owners.ATOMICS),
  ATOMIC_GET_AND_DECREMENT("getAndDecrement", Owners.ATOMICS),
  ATOMIC_ADD_AND_GET("addAndGet", Owners.ATOMICS),
  ATOMIC_GET_AND_ADD("getAndAdd", Owners.ATOMICS),
  ATOMIC_GET_AND_SET("getAndSet", Owners.ATOMICS),
  ATOMIC_COMPARE_AND_SET("compareAndSet", Owners.ATOMICS),
  ATOMIC_GET_PLAIN("getPlain", Owners.ATOMICS),
  ATOMIC_GET_OPAQUE("getOpaque", Owners.ATOMICS),
  ATOMIC_GET_ACQUIRE("getAcquire", Owners.ATOMICS),
  ATOMIC_SET_PLAIN("setPlain", Owners.ATOMICS),
  ATOMIC_SET_OPAQUE("setOpaque", Owners.ATOMICS),
  ATOMIC_SET_RELEASE("setRelease", Owners.ATOMICS),
  ATOMIC_LAZY_SET("lazySet", Owners.ATOMICS),
  ATOMIC_INT_VALUE("intValue", Owners.ATOMICS),
  ATOMIC_LONG_VALUE("longValue", Owners.ATOMICS),
  ATOMIC_WEAK_COMPARE_AND_SET_PLAIN("weakCompareAndSetPlain", Owners.ATOMICS),
  ATOMIC_WEAK_COMPARE_AND_SET_VOLATILE("weakCompareAndSetVolatile", Owners.ATOMICS),
  ATOMIC_WEAK_COMPARE_AND_SET_ACQUIRE("weakCompareAndSetAcquire", Owners.ATOMICS),
  ATOMIC_WEAK_COMPARE_AND_SET_RELEASE("weakCompareAndSetRelease", Owners.ATOMICS),
  ATOMIC_COMPARE_AND_EXCHANGE("compareAndExchange", Owners.ATOMICS),
  ATOMIC_COMPARE_AND_EXCHANGE_ACQUIRE("compareAndExchangeAcquire", Owners.ATOMICS),
  ATOMIC_COMPARE_AND_EXCHANGE_RELEASE("compareAndExchangeRelease", Owners.ATOMICS),
  ATOMIC_GET_AND_UPDATE("getAndUpdate", Owners.ATOMICS),
  ATOMIC_UPDATE_AND_GET("updateAndGet", Owners.ATOMICS),
  ATOMIC_GET_AND_ACCUMULATE("getAndAccumulate", Owners.ATOMICS),
  ATOMIC_ACCUMULATE_AND_GET("accumulateAndGet", Owners.ATOMICS),

  // Arrays. Without a length, COPY_OF is a clone.
  ARRAYS_FILL("fill", Owners.ARRAYS),
  ARRAYS_EQUALS("equals", Owners.ARRAYS),
  ARRAYS_COPY_OF("copyOf", Owners.ARRAYS),
  ARRAYS_COPY_OF_RANGE("copyOfRange", Owners.ARRAYS),
  SYSTEM_ARRAYCOPY("arraycopy", List.of("java.lang.System")),

  // The standard library, where it means the same: pure functions of their arguments.
  MIN("min", Owners.MATH),
  MAX("max", Owners.MATH),
  ABS("abs", Owners.MATH),
  ADD_EXACT("addExact", Owners.MATH),
  SUBTRACT_EXACT("subtractExact", Owners.MATH),
  MULTIPLY_EXACT("multiplyExact", Owners.MATH),
  TO_INT_EXACT("toIntExact", Owners.MATH),
  ABS_EXACT("absExact", Owners.MATH),
  NEGATE_EXACT("negateExact", Owners.MATH),
  INCREMENT_EXACT("incrementExact", Owners.MATH),
  DECREMENT_EXACT("decrementExact", Owners.MATH),
  CLAMP("clamp", Owners.MATH),
  CEIL_DIV("ceilDiv", Owners.MATH),
  CEIL_MOD("ceilMod", Owners.MATH),
  DIVIDE_EXACT("divideExact", Owners.MATH),
  FLOOR_DIV_EXACT("floorDivExact", Owners.MATH),
  CEIL_DIV_EXACT("ceilDivExact", Owners.MATH),
  MULTIPLY_FULL("multiplyFull", Owners.MATH),
  MULTIPLY_HIGH("multiplyHigh", Owners.MATH),
  UNSIGNED_MULTIPLY_HIGH("unsignedMultiplyHigh", Owners.MATH),
  CHECK_INDEX("checkIndex", Owners.OBJECTS),
  CHECK_FROM_TO_INDEX("checkFromToIndex", Owners.OBJECTS),
  CHECK_FROM_INDEX_SIZE("checkFromIndexSize", Owners.OBJECTS),
  LOGICAL_AND("logicalAnd", Owners.BOOLEAN),
  LOGICAL_OR("logicalOr", Owners.BOOLEAN),
  LOGICAL_XOR("logicalXor", Owners.BOOLEAN),
  BOOLEAN_COMPARE("compare", Owners.BOOLEAN),
  FLOOR_DIV("floorDiv", Owners.MATH),
  FLOOR_MOD("floorMod", Owners.MATH),
  BOX_MIN("min", Owners.INTEGERS),
  BOX_MAX("max", Owners.INTEGERS),
  SUM("sum", Owners.INTEGERS),
  COMPARE("compare", Owners.BOXES),
  COMPARE_UNSIGNED("compareUnsigned", Owners.BOXES),
  DIVIDE_UNSIGNED("divideUnsigned", Owners.INTEGERS),
  REMAINDER_UNSIGNED("remainderUnsigned", Owners.INTEGERS),
  ROTATE_LEFT("rotateLeft", Owners.INTEGERS),
  ROTATE_RIGHT("rotateRight", Owners.INTEGERS),
  REVERSE_BYTES("reverseBytes", Owners.BOXES),
  BIT_COUNT("bitCount", Owners.INTEGERS),
  NUMBER_OF_LEADING_ZEROS("numberOfLeadingZeros", Owners.INTEGERS),
  NUMBER_OF_TRAILING_ZEROS("numberOfTrailingZeros", Owners.INTEGERS),
  SIGNUM("signum", Owners.INTEGERS),
  HIGHEST_ONE_BIT("highestOneBit", Owners.INTEGERS),
  LOWEST_ONE_BIT("lowestOneBit", Owners.INTEGERS),
  REVERSE("reverse", Owners.INTEGERS),
  TO_UNSIGNED_INT("toUnsignedInt", Owners.BOXES),
  TO_UNSIGNED_LONG("toUnsignedLong", Owners.BOXES),
  HASH_CODE("hashCode", Owners.BOXES),
  BOOLEAN_HASH_CODE("hashCode", Owners.BOOLEAN),

  // Of references and boxes.
  REQUIRE_NON_NULL("requireNonNull", Owners.OBJECTS),
  REQUIRE_NON_NULL_ELSE("requireNonNullElse", Owners.OBJECTS),
  IS_NULL("isNull", Owners.OBJECTS),
  NON_NULL("nonNull", Owners.OBJECTS),
  OBJECTS_EQUALS("equals", Owners.OBJECTS),

  // Enums and boxes.
  ORDINAL("ordinal", List.of("java.lang.Enum"));

  private final String methodName;
  private final List<String> owners;
  private final Optional<Helper> helper;

  Library(String methodName, List<String> owners) {
    this.methodName = methodName;
    this.owners = owners;
    this.helper = Optional.empty();
  }

  Library(String methodName, MapFamily... families) {
    this(methodName, MapForm.classNames(families));
  }

  Library(String methodName, Helper helper) {
    this.methodName = methodName;
    this.owners = Owners.HELPERS;
    this.helper = Optional.of(helper);
  }

  /// The most arguments behind a format, if it prints (`MAX_BPRINTF_VARARGS`); 0 for others.
  public int printed() {
    return switch (this) {
      case PRINTK, ITER_PRINT, STRING_FORMAT -> 12;
      default -> 0;
    };
  }

  /// The method's name.
  public String methodName() {
    return methodName;
  }

  /// The qualified names of the classes that declare it.
  public List<String> owners() {
    return owners;
  }

  /// The kernel helper behind it, for methods that are little more than a helper.
  public Optional<Helper> helper() {
    return helper;
  }

  /// Whether it changes what it is called on.
  public boolean writesReceiver() {
    return switch (this) {
      case STRING_COPY_FROM, STRING_CLEAR, STRING_FORMAT -> true;
      case ATOMIC_GET, ATOMIC_GET_PLAIN, ATOMIC_GET_OPAQUE, ATOMIC_INT_VALUE, ATOMIC_LONG_VALUE ->
          false;
      default -> owners.equals(Owners.ATOMICS);
    };
  }

  /// Whether it is a method of a ring record.
  public boolean isOfRecord() {
    return owners.equals(Owners.DYNPTRS);
  }

  /// The kernel function of objects behind it, for methods of objects, lists and trees.
  public Optional<ObjectFunction> objectFunction() {
    return switch (this) {
      case OBJECT_ALLOCATE -> Optional.of(ObjectFunction.MAKE);
      case OBJECT_SHARE -> Optional.of(ObjectFunction.SHARE);
      case OBJECT_FREE -> Optional.of(ObjectFunction.DROP);
      case LIST_OFFER_FIRST -> Optional.of(ObjectFunction.PUSH_FRONT);
      case LIST_OFFER_LAST -> Optional.of(ObjectFunction.PUSH_BACK);
      case LIST_POLL_FIRST -> Optional.of(ObjectFunction.POP_FRONT);
      case LIST_POLL_LAST -> Optional.of(ObjectFunction.POP_BACK);
      case LIST_PEEK_FIRST -> Optional.of(ObjectFunction.FRONT);
      case LIST_PEEK_LAST -> Optional.of(ObjectFunction.BACK);
      case TREE_ADD -> Optional.of(ObjectFunction.ADD);
      case TREE_FIRST -> Optional.of(ObjectFunction.FIRST);
      case TREE_ROOT -> Optional.of(ObjectFunction.ROOT);
      case TREE_LEFT -> Optional.of(ObjectFunction.LEFT);
      case TREE_RIGHT -> Optional.of(ObjectFunction.RIGHT);
      case TREE_REMOVE -> Optional.of(ObjectFunction.REMOVE);
      default -> Optional.empty();
    };
  }

  /// Whether its argument names something in the kernel's types, and is never evaluated.
  public boolean asksKernelTypes() {
    return owners.equals(Owners.CORE);
  }

  /// Whether the kernel's helper wants the program's context, which Java need not name.
  public boolean takesContext() {
    return switch (this) {
      case PROGRAMS_CALL,
          EVENTS_OUTPUT,
          EVENTS_OUTPUT_FIRST,
          EVENTS_OUTPUT_WITH_PACKET,
          TRACES_GET_STACKID,
          SOCKETS_REDIRECT,
          SOCKETS_REDIRECT_INGRESS,
          SOCKETS_PUT,
          SOCKETS_PUT_IF_ABSENT,
          SOCKETS_SELECT ->
          true;
      default -> false;
    };
  }

  /// The helper that a static method of the language is, under its own name.
  public static Optional<Helper> helper(String owner, String methodName) {
    return Owners.HELPERS.contains(owner) ? Helper.ofMethod(methodName) : Optional.empty();
  }

  /// Finds the method of that name declared by that class.
  public static Optional<Library> find(String owner, String methodName) {
    return Arrays.stream(values())
        .filter(m -> m.methodName.equals(methodName) && m.owners.contains(owner))
        .findFirst();
  }

  /// Names of the declaring classes, shared between entries.
  private static final class Owners {
    static final List<String> HELPERS =
        List.of(
            "org.bpf4j.lang.Helpers",
            "org.bpf4j.lang.PacketHelpers",
            "org.bpf4j.lang.SocketHelpers",
            "org.bpf4j.lang.TracingHelpers");
    static final List<String> KERNEL_MEMORY = List.of("org.bpf4j.lang.BpfObjects");
    static final List<String> LISTS = List.of("org.bpf4j.lang.BpfList");
    static final List<String> TREES = List.of("org.bpf4j.lang.BpfTree");
    static final List<String> CORE = List.of("org.bpf4j.lang.Core");
    static final List<String> STRING = List.of("org.bpf4j.lang.BpfString");
    static final List<String> KERNEL_STRING = List.of("org.bpf4j.lang.KernelString");
    static final List<String> PACKETS =
        List.of(
            "org.bpf4j.lang.XdpContext",
            "org.bpf4j.lang.TcContext",
            "org.bpf4j.lang.CgroupSkbContext",
            "org.bpf4j.lang.XdpDevmapContext",
            "org.bpf4j.lang.FlowDissectorContext",
            "org.bpf4j.lang.LwtContext",
            "org.bpf4j.lang.LwtXmitContext",
            "org.bpf4j.lang.SkReuseportContext",
            "org.bpf4j.lang.SkMsgContext",
            "org.bpf4j.lang.SkSkbContext",
            "org.bpf4j.lang.GetsockoptContext",
            "org.bpf4j.lang.SetsockoptContext");
    static final List<String> WRITABLE =
        List.of(
            "org.bpf4j.lang.XdpContext",
            "org.bpf4j.lang.XdpDevmapContext",
            "org.bpf4j.lang.TcContext",
            "org.bpf4j.lang.LwtXmitContext",
            "org.bpf4j.lang.SkSkbContext");
    static final List<String> SLICED =
        List.of(
            "org.bpf4j.lang.XdpContext",
            "org.bpf4j.lang.XdpDevmapContext",
            "org.bpf4j.lang.TcContext",
            "org.bpf4j.lang.CgroupSkbContext",
            "org.bpf4j.lang.SocketFilterContext",
            "org.bpf4j.lang.LwtContext",
            "org.bpf4j.lang.LwtXmitContext",
            "org.bpf4j.lang.SkSkbContext");
    static final List<String> DYNPTRS = List.of("org.bpf4j.lang.Dynptr");
    static final List<String> SOCKETS =
        List.of(
            "org.bpf4j.lang.SocketAddress4Context",
            "org.bpf4j.lang.SocketAddress6Context",
            "org.bpf4j.lang.Sendmsg4Context",
            "org.bpf4j.lang.Sendmsg6Context",
            "org.bpf4j.lang.SockOpsContext");
    static final List<String> LISTINGS = List.of("org.bpf4j.lang.IterContext");
    static final List<String> SYSCTL = List.of("org.bpf4j.lang.SysctlContext");
    static final List<String> BUFFERS =
        List.of(
            "org.bpf4j.lang.TcContext",
            "org.bpf4j.lang.CgroupSkbContext",
            "org.bpf4j.lang.SocketFilterContext",
            "org.bpf4j.lang.LwtContext",
            "org.bpf4j.lang.LwtXmitContext",
            "org.bpf4j.lang.SkReuseportContext",
            "org.bpf4j.lang.SkSkbContext");
    static final List<String> ATOMICS =
        List.of(
            "java.util.concurrent.atomic.AtomicLong", "java.util.concurrent.atomic.AtomicInteger");
    static final List<String> ARRAYS = List.of("java.util.Arrays");
    static final List<String> OBJECTS = List.of("java.util.Objects");
    static final List<String> MATH = List.of("java.lang.Math");
    static final List<String> INTEGERS = List.of("java.lang.Integer", "java.lang.Long");
    static final List<String> BOOLEAN = List.of("java.lang.Boolean");
    static final List<String> BOXES =
        List.of(
            "java.lang.Integer",
            "java.lang.Long",
            "java.lang.Short",
            "java.lang.Character",
            "java.lang.Byte");

    private Owners() {}
  }
}
