package org.bpf4j.sim;

import java.lang.foreign.MemorySegment;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntSupplier;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.bpf4j.btf.BtfType;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Embedded;
import org.bpf4j.lang.Field;
import org.bpf4j.lang.KernelString;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Size;
import org.bpf4j.lang.TracepointArgs;
import org.bpf4j.lang.host.Scalar;
import org.bpf4j.lang.host.ViewLayout;
import org.bpf4j.lang.host.ViewProxy;
import org.jspecify.annotations.Nullable;

/// Views of the kernel's memory, a few members of which programs may write, and of tracepoint
/// arguments.
///
/// The simulated kernel has the structs that the object declares, laid out as it declares them.
/// Reading where no memory is gives zeroes.
final class JavaViews {

  private final JavaTypes types;
  private final ForeignMemory foreign;

  JavaViews(JavaTypes types, ForeignMemory foreign) {
    this.types = types;
    this.foreign = foreign;
  }

  /// Bytes of the kernel's memory; zeroes where there is none.
  byte[] kernelMemory(long address, int size) {
    return foreign.read(address, size).orElseGet(() -> new byte[size]);
  }

  /// Where a view's bytes come from.
  private interface Source {
    /// Bytes at an offset, if they can be read.
    Optional<byte[]> read(long offset, int size);
  }

  /// A view of what an address points to.
  <T> T pointer(Class<T> view, long address) {
    return view(
        view,
        () -> named(view),
        OptionalLong.of(address),
        (offset, size) -> foreign.read(address + offset, size));
  }

  /// A view of a program's context.
  <T> T context(Class<T> view, byte[] context) {
    return view(
        view,
        () -> named(view),
        OptionalLong.empty(),
        (offset, size) ->
            offset + size <= context.length
                ? Optional.of(Arrays.copyOfRange(context, (int) offset, (int) offset + size))
                : Optional.empty());
  }

  /// The bytes before the first zero at an address, at most a number of them; nothing if memory
  /// ends before.
  Optional<byte[]> text(long address, int limit) {
    return text((offset, size) -> foreign.read(address + offset, size), 0, limit);
  }

  private static Optional<byte[]> text(Source source, long start, int limit) {
    byte[] text = new byte[limit];
    for (int length = 0; length < limit; length++) {
      Optional<byte[]> next = source.read(start + length, 1);
      if (next.isEmpty()) {
        return Optional.empty();
      }
      text[length] = next.get()[0];
      if (text[length] == 0) {
        return Optional.of(Arrays.copyOf(text, length));
      }
    }
    return Optional.of(text);
  }

  private int named(Class<?> view) {
    return declared(view)
        .orElseThrow(
            () ->
                new UnsupportedFeatureException(
                    "struct " + kernelName(view) + ", which the object does not declare", null));
  }

  /// The struct that a view looks at, if the object declares it.
  private Optional<Integer> declared(Class<?> view) {
    String name = kernelName(view);
    return types.kernelStruct(name).or(() -> types.kernelStruct("trace_event_raw_" + name));
  }

  private static String kernelName(Class<?> view) {
    KernelStruct struct = view.getAnnotation(KernelStruct.class);
    TracepointArgs arguments = view.getAnnotation(TracepointArgs.class);
    return Stream.concat(
            Stream.ofNullable(struct).map(KernelStruct::value),
            Stream.ofNullable(arguments).flatMap(args -> Stream.of(args.value())))
        .filter(given -> !given.isEmpty())
        .findFirst()
        .orElseGet(() -> snakeCase(view.getSimpleName()));
  }

  /// A view; which struct it looks at is asked when a field is read, since an object declares what
  /// it reads.
  private <T> T view(Class<T> view, IntSupplier struct, OptionalLong address, Source source) {
    return view.cast(
        Proxy.newProxyInstance(
            view.getClassLoader(),
            new Class<?>[] {view},
            new Handler(view, struct, address, source)));
  }

  /// Where a view that this class made looks at.
  ///
  /// @throws UnsupportedFeatureException if that is nowhere in the kernel's memory
  static long address(Object view) {
    if (Proxy.isProxyClass(view.getClass())
        && Proxy.getInvocationHandler(view) instanceof Handler handler
        && handler.address.isPresent()) {
      return handler.address.getAsLong();
    }
    throw new UnsupportedFeatureException("the address of " + view, null);
  }

  /// What answers the calls of a view.
  private final class Handler implements InvocationHandler {
    private final Class<?> view;
    private final IntSupplier struct;
    private final OptionalLong address;
    private final Source source;

    Handler(Class<?> view, IntSupplier struct, OptionalLong address, Source source) {
      this.view = view;
      this.struct = struct;
      this.address = address;
      this.source = source;
    }

    @Override
    public @Nullable Object invoke(
        Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
      if (method.getDeclaringClass() == Object.class) {
        return identity(view, proxy, method, arguments);
      } else if (method.isDefault()) {
        return ViewProxy.callDefault(proxy, method, arguments);
      } else if (arguments != null && method.getReturnType() == void.class) {
        write(view.getMethod(method.getName()), arguments[0]);
        return null;
      } else if (arguments != null && arguments[0] instanceof Integer index) {
        int count = Objects.requireNonNull(method.getAnnotation(Size.class)).value();
        String element = "[" + Objects.checkIndex(index, count) + "]";
        return read(method, member(view, method, element, struct.getAsInt()), address, source);
      } else if (arguments != null && arguments.length > 0) {
        return types.member(struct.getAsInt(), String.valueOf(arguments[0])).isPresent();
      }
      return read(method, member(view, method, "", struct.getAsInt()), address, source);
    }

    private void write(Method accessor, Object value) {
      Scalar scalar = Scalar.of(accessor, accessor.getReturnType());
      byte[] bytes = new byte[scalar.storage().bytes()];
      scalar.write(MemorySegment.ofArray(bytes), 0, value);
      JavaTypes.Place member = member(view, accessor, "", struct.getAsInt());
      foreign.write(address.orElseThrow() + member.offset(), bytes);
    }
  }

  @SuppressWarnings("ReferenceEquality") // a view is equal to itself alone
  private static Object identity(
      Class<?> view, Object proxy, Method method, @Nullable Object @Nullable [] arguments) {
    return switch (method.getName()) {
      case "equals" -> arguments != null && Stream.of(arguments).anyMatch(one -> one == proxy);
      case "hashCode" -> System.identityHashCode(proxy);
      default -> view.getSimpleName();
    };
  }

  /// @param element what follows the member's name
  private JavaTypes.Place member(Class<?> view, Method accessor, String element, int struct) {
    Field field = accessor.getAnnotation(Field.class);
    List<String> paths =
        field == null ? List.of(snakeCase(accessor.getName())) : List.of(field.value());
    return paths.stream()
        .flatMap(path -> types.described(struct, path + element).stream())
        .findFirst()
        .orElseThrow(
            () ->
                new UnsupportedFeatureException(
                    "a member " + String.join(" or ", paths) + " of " + view.getSimpleName(),
                    null));
  }

  private @Nullable Object read(
      Method accessor, JavaTypes.Place member, OptionalLong start, Source source) {
    Class<?> type = accessor.getReturnType();
    if (Scalar.is(type)) {
      Scalar scalar = Scalar.of(accessor, type);
      byte[] bytes = bytes(source, member.offset(), scalar.storage().bytes());
      return scalar.read(MemorySegment.ofArray(bytes), 0);
    } else if (type.isRecord()) {
      ViewLayout layout = ViewLayout.ofField(accessor);
      byte[] bytes = bytes(source, member.offset(), layout.bytes());
      return Objects.requireNonNull(layout.slots().get(accessor.getName()))
          .read(MemorySegment.ofArray(bytes));
    } else if (type == KernelString.class) {
      return new Text(to -> copy(member, source, to));
    } else if (type.isInterface() && accessor.isAnnotationPresent(Embedded.class)) {
      return view(
          type,
          () -> declared(type).orElse(member.type()),
          start.isPresent()
              ? OptionalLong.of(start.getAsLong() + member.offset())
              : OptionalLong.empty(),
          (offset, size) -> source.read(member.offset() + offset, size));
    } else if (type.isInterface()) {
      long address = number(source, member.offset(), Long.BYTES);
      return address == 0 ? null : pointer(type, address);
    }
    throw new UnsupportedFeatureException(
        "reading " + accessor + " in programs that run as Java", null);
  }

  /// A string, which prints as what it says.
  private record Text(ToIntFunction<BpfString> copy) implements KernelString {

    /// `MAX_BPRINTF_BUF`: the kernel prints no more.
    private static final int MAX_PRINTED = 512;

    @Override
    public int copyTo(BpfString to) {
      return copy.applyAsInt(to);
    }

    @Override
    public String toString() {
      BpfString room = BpfString.ofSize(MAX_PRINTED);
      copyTo(room);
      return room.text();
    }
  }

  /// A string is what a pointer points to, or an array, or (in tracepoints) stands at the offset in
  /// the lower half of a word of four bytes, `__data_loc`.
  private int copy(JavaTypes.Place member, Source source, BpfString to) {
    int limit = Math.max(to.size() - 1, 0);
    Optional<byte[]> text =
        switch (types.btf().find(types.btf().resolve(member.type())).orElse(null)) {
          case BtfType.Pointer _ -> text(number(source, member.offset(), Long.BYTES), limit);
          case BtfType.Int _ ->
              text(source, number(source, member.offset(), Integer.BYTES) & 0xffff, limit);
          case null, default -> text(source, member.offset(), limit);
        };
    byte[] copied = text.orElseGet(() -> new byte[0]);
    to.set(copied);
    return copied.length;
  }

  private static long number(Source source, long offset, int size) {
    byte[] bytes = bytes(source, offset, size);
    long number = 0;
    for (int i = size - 1; i >= 0; i--) {
      number = number << Byte.SIZE | (bytes[i] & 0xff);
    }
    return number;
  }

  private static byte[] bytes(Source source, long offset, int size) {
    return source.read(offset, size).orElseGet(() -> new byte[size]);
  }

  /// A Java name as the kernel writes it: `realParent` is `real_parent`.
  static String snakeCase(String name) {
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }
}
