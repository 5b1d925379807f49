package org.bpf4j.lang.host;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/// A view on the JVM: an object whose accessors read and write memory.
///
/// It behaves as the compiled view does: numbers are converted by their storage, a number that does
/// not fit is an [ArithmeticException], and default methods run as they are written. It holds no
/// state but the memory.
public final class ViewProxy implements InvocationHandler {

  private final Class<?> view;
  private final ViewLayout layout;
  private final MemorySegment memory;

  private ViewProxy(Class<?> view, ViewLayout layout, MemorySegment memory) {
    this.view = view;
    this.layout = layout;
    this.memory = memory;
  }

  /// A view of a header's bytes.
  ///
  /// @param view a [org.bpf4j.lang.Header] interface
  /// @param memory at least the header's bytes
  public static <T> T of(Class<T> view, MemorySegment memory) {
    return of(view, ViewLayout.of(view), memory);
  }

  /// A view of memory that is laid out in a given way.
  ///
  /// @throws IndexOutOfBoundsException if the memory is smaller than the layout
  public static <T> T of(Class<T> view, ViewLayout layout, MemorySegment memory) {
    ViewProxy proxy = new ViewProxy(view, layout, memory.asSlice(0, layout.bytes()));
    return view.cast(Proxy.newProxyInstance(view.getClassLoader(), new Class<?>[] {view}, proxy));
  }

  /// The memory that a view looks at, or null if the object is no such view.
  public static @Nullable MemorySegment memoryOf(Object view) {
    return Proxy.isProxyClass(view.getClass())
            && Proxy.getInvocationHandler(view) instanceof ViewProxy proxy
        ? proxy.memory
        : null;
  }

  @Override
  public @Nullable Object invoke(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return identity(proxy, method, arguments);
    } else if (method.isDefault()) {
      return callDefault(proxy, method, arguments);
    }
    Slot slot = layout.slots().get(method.getName());
    if (slot == null) {
      throw new UnsupportedOperationException(method + " has no place in memory");
    } else if (arguments == null || arguments.length == 0) {
      return slot.read(memory);
    } else if (arguments.length == 1 && arguments[0] != null) {
      slot.write(memory, arguments[0]);
      return null;
    }
    throw new UnsupportedOperationException(method + " is neither accessor nor setter");
  }

  @SuppressWarnings("ReferenceEquality") // a view is equal to itself alone
  private @Nullable Object identity(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) {
    return switch (method.getName()) {
      case "equals" -> arguments != null && proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> view.getSimpleName() + layout.slots().keySet().stream().sorted().toList();
    };
  }

  /// Calls a default method of a view, whatever its visibility.
  ///
  /// @param proxy an object that implements the method's interface
  /// @param arguments as an [InvocationHandler] gets them
  public static @Nullable Object callDefault(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    Class<?> declaring = method.getDeclaringClass();
    ViewProxy.class.getModule().addReads(declaring.getModule());
    return MethodHandles.privateLookupIn(declaring, MethodHandles.lookup())
        .unreflectSpecial(method, declaring)
        .bindTo(proxy)
        .invokeWithArguments(arguments == null ? new Object[0] : arguments);
  }
}
