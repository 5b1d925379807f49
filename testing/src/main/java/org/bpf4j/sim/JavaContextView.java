package org.bpf4j.sim;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Objects;
import org.bpf4j.lang.At;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.ContextStruct;
import org.bpf4j.lang.Host;
import org.bpf4j.lang.host.Slot;
import org.bpf4j.lang.host.ViewLayout;
import org.bpf4j.lang.host.ViewProxy;
import org.jspecify.annotations.Nullable;

/// A context as a Java body sees it: an object of the library's interface.
///
/// Accessors with [At] read and write the context struct, of which the kernel takes whole words
/// only; default methods run as they are written; the rest are operations. Views of headers look
/// into the packet's own buffer, so that whatever they write is there when the run ends.
final class JavaContextView implements InvocationHandler {

  private final Class<?> view;
  private final Context context;
  private final long start;
  private final int least;

  /// @param start the address of the struct
  /// @param least the fewest bytes that are written at once
  private JavaContextView(Class<?> view, Context context, long start, int least) {
    this.view = view;
    this.context = context;
    this.start = start;
    this.least = least;
  }

  static Object of(Class<?> view, Context context) {
    return proxy(view, new JavaContextView(view, context, context.address(), Integer.BYTES));
  }

  private static Object proxy(Class<?> view, JavaContextView handler) {
    return Proxy.newProxyInstance(view.getClassLoader(), new Class<?>[] {view}, handler);
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] given)
      throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return identity(proxy, method, given);
    } else if (method.isDefault()) {
      return ViewProxy.callDefault(proxy, method, given);
    }
    @Nullable Object[] arguments = given == null ? new Object[0] : given;
    At place = method.getAnnotation(At.class);
    if (place != null && method.getReturnType().isAnnotationPresent(ContextStruct.class)) {
      Class<?> nested = method.getReturnType();
      long there = context.memory().loadLong(start + place.value());
      return proxy(nested, new JavaContextView(nested, context, there, 1));
    } else if (place != null) {
      return read(method, place.value());
    }
    Method accessor = arguments.length == 1 ? accessor(method.getName()) : null;
    if (accessor != null) {
      write(accessor, Objects.requireNonNull(arguments[0]));
      return null;
    }
    return operate(method, arguments);
  }

  @SuppressWarnings("ReferenceEquality") // a context is equal to itself alone
  private @Nullable Object identity(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) {
    return switch (method.getName()) {
      case "equals" -> arguments != null && proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> view.getSimpleName();
    };
  }

  private @Nullable Method accessor(String name) {
    return Arrays.stream(view.getDeclaredMethods())
        .filter(m -> m.getName().equals(name) && m.isAnnotationPresent(At.class))
        .findFirst()
        .orElse(null);
  }

  private Object read(Method accessor, int offset) {
    ViewLayout field = ViewLayout.ofField(accessor);
    byte[] bytes = context.memory().read(start + offset, field.bytes());
    return slot(field, accessor).read(MemorySegment.ofArray(bytes));
  }

  private void write(Method accessor, Object value) {
    ViewLayout field = ViewLayout.ofField(accessor);
    byte[] bytes = new byte[Math.max(field.bytes(), least)];
    slot(field, accessor).write(MemorySegment.ofArray(bytes), value);
    long to = start + accessor.getAnnotation(At.class).value();
    int step = accessor.getReturnType().isRecord() ? Integer.BYTES : bytes.length;
    for (int at = 0; at < bytes.length; at += step) {
      context.memory().write(to + at, Arrays.copyOfRange(bytes, at, at + step));
    }
  }

  private static Slot slot(ViewLayout field, Method accessor) {
    return Objects.requireNonNull(field.slots().get(accessor.getName()));
  }

  private @Nullable Object operate(Method method, @Nullable Object[] arguments) {
    return switch (context) {
      case XdpContext frame -> frame(frame, method, arguments);
      case SkbContext buffer -> buffer(buffer, method, arguments);
      case FlowContext flow when method.getName().equals("header") -> header(flow, arguments);
      case FlowContext _ -> throw unknown(method);
      case StructContext struct -> struct(struct, method, arguments);
      case PlainContext _ -> throw unknown(method);
    };
  }

  private @Nullable Object struct(
      StructContext struct, Method method, @Nullable Object[] arguments) {
    return switch (method.getName()) {
      case "header", "writableSlice" -> header(struct, arguments);
      case "slice" -> slice(struct, arguments);
      case "load" -> copy(struct, arguments);
      case "pull" -> struct.pull(Integer.toUnsignedLong(number(arguments, 0))) == 0;
      case "name" -> call("sysctlGetName", arguments[0], 0L);
      case "currentValue" -> call("sysctlGetCurrentValue", arguments[0]);
      case "newValue" -> call("sysctlGetNewValue", arguments[0]);
      case "replaceValue" -> call("sysctlSetNewValue", text(arguments[0]), 0, number(arguments, 1));
      case "setOption", "setCallbackFlags" -> 0;
      default -> throw unknown(method);
    };
  }

  /// Calls a helper, which answers as it does to bytecode.
  private static int call(String helper, @Nullable Object... arguments) {
    return (int) Host.current().call(helper, arguments);
  }

  private static byte[] text(@Nullable Object text) {
    BpfString string = (BpfString) Objects.requireNonNull(text);
    byte[] bytes = new byte[string.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = string.byteAt(i);
    }
    return bytes;
  }

  private @Nullable Object frame(XdpContext frame, Method method, @Nullable Object[] arguments) {
    return switch (method.getName()) {
      case "header", "writableSlice" -> header(frame, arguments);
      case "slice" -> slice(frame, arguments);
      case "metadata" -> metadata(frame, arguments);
      case "length" -> frame.length();
      case "adjustHead" -> frame.adjustHead(number(arguments, 0)) == 0;
      case "adjustTail" -> frame.adjustTail(number(arguments, 0)) == 0;
      case "adjustMeta" -> frame.adjustMeta(number(arguments, 0)) == 0;
      default -> throw unknown(method);
    };
  }

  private @Nullable Object buffer(SkbContext buffer, Method method, @Nullable Object[] arguments) {
    return switch (method.getName()) {
      case "header", "writableSlice" -> header(buffer, arguments);
      case "slice" -> slice(buffer, arguments);
      case "metadata" -> metadata(buffer, arguments);
      case "load" -> copy(buffer, arguments);
      case "pull" -> buffer.pull(Integer.toUnsignedLong(number(arguments, 0))) == 0;
      case "changeTail" -> buffer.changeTail(Integer.toUnsignedLong(number(arguments, 0)), 0) == 0;
      default -> throw unknown(method);
    };
  }

  private static @Nullable Object header(PacketContext packet, @Nullable Object[] arguments) {
    MemorySegment bytes = bytes(packet, arguments);
    return bytes == null ? null : ViewProxy.of(view(arguments), bytes);
  }

  private static @Nullable Object metadata(PacketContext packet, @Nullable Object[] arguments) {
    int bytes = ViewLayout.of(view(arguments)).bytes();
    return bytes > packet.data - packet.meta()
        ? null
        : ViewProxy.of(
            view(arguments), MemorySegment.ofArray(packet.buffer).asSlice(packet.meta(), bytes));
  }

  private static @Nullable Object slice(PacketContext packet, @Nullable Object[] arguments) {
    MemorySegment bytes = bytes(packet, arguments);
    return bytes == null ? null : ViewProxy.of(view(arguments), bytes.asReadOnly());
  }

  private static @Nullable Object copy(PacketContext packet, @Nullable Object[] arguments) {
    MemorySegment bytes = bytes(packet, arguments);
    return bytes == null
        ? null
        : ViewProxy.of(
            view(arguments), MemorySegment.ofArray(bytes.toArray(ValueLayout.JAVA_BYTE)));
  }

  private static @Nullable MemorySegment bytes(PacketContext packet, @Nullable Object[] arguments) {
    int offset = number(arguments, 1);
    int bytes = ViewLayout.of(view(arguments)).bytes();
    return offset < 0 || bytes > packet.length() - offset
        ? null
        : MemorySegment.ofArray(packet.buffer).asSlice((long) packet.data + offset, bytes);
  }

  private static Class<?> view(@Nullable Object[] arguments) {
    return (Class<?>) Objects.requireNonNull(arguments[0]);
  }

  private static int number(@Nullable Object[] arguments, int index) {
    return (int) Objects.requireNonNull(arguments[index]);
  }

  private UnsupportedOperationException unknown(Method method) {
    return new UnsupportedOperationException(
        view.getSimpleName() + "." + method.getName() + " does not run as Java");
  }
}
