package org.bpf4j.sim;

import java.lang.foreign.MemorySegment;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.lang.ContextStruct;
import org.bpf4j.lang.Host;
import org.bpf4j.lang.IterContext;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.RawTracepointContext;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.TracepointArgs;
import org.bpf4j.lang.host.Scalar;
import org.bpf4j.lang.host.Storage;
import org.bpf4j.object.ProgramParameters;
import org.bpf4j.object.ProgramParameters.RegisterUse;
import org.jspecify.annotations.Nullable;

/// What a program's method is called with: the simulation's context, as the types of the method's
/// parameters want to see it.
final class JavaContext {

  private record Lent(JavaCodec codec, Object value) {}

  /// A listing of one item.
  private record Listing() implements IterContext {
    @Override
    public void print(String format, Object... args) {
      Host.current().printk(format, args);
    }

    @Override
    public long seqNum() {
      return 0;
    }

    @Override
    public long sessionId() {
      return 0;
    }
  }

  private final Context context;
  private final JavaTypes types;
  private final JavaViews views;
  private @Nullable Lent lent;

  JavaContext(Context context, JavaTypes types, JavaViews views) {
    this.context = context;
    this.types = types;
    this.views = views;
  }

  /// The simulation's own.
  Context context() {
    return context;
  }

  /// How this run sees the kernel's structs.
  JavaViews views() {
    return views;
  }

  /// The arguments of a method.
  ///
  /// @throws UnsupportedFeatureException if the JVM has no such value
  @Nullable Object[] arguments(Method method) {
    List<@Nullable Object> arguments = new ArrayList<>();
    for (Parameter parameter : method.getParameters()) {
      arguments.add(
          hasFields(parameter.getType())
              ? JavaContextView.of(parameter.getType(), context)
              : plain(parameter, arguments.size(), method.getParameterCount()));
    }
    return arguments.toArray();
  }

  /// Whether a context is read by accessors of its fields, and not by methods of its own.
  private static boolean hasFields(Class<?> type) {
    return type.isAnnotationPresent(ContextStruct.class)
        && type != RawTracepointContext.class
        && type != IterContext.class;
  }

  private @Nullable Object plain(Parameter parameter, int index, int count) {
    Class<?> type = parameter.getType();
    if (!(context instanceof PlainContext plain)) {
      throw new UnsupportedFeatureException(
          "a parameter of type " + type.getName() + " in programs for packets", null);
    }
    byte[] bytes = plain.region().bytes();
    if (type == RawTracepointContext.class) {
      return (RawTracepointContext) argument -> word(bytes, argument * Long.BYTES);
    } else if (type == IterContext.class) {
      return new Listing();
    } else if (type.isAnnotationPresent(TracepointArgs.class)) {
      return views.context(type, bytes);
    } else if (type.isAnnotationPresent(Struct.class)) {
      return lend(types.named(type), plain.struct());
    } else if (type.isAnnotationPresent(KernelStruct.class)) {
      long address = word(words(plain), plain.parameter(index, count));
      return address == 0 ? null : views.pointer(type, address);
    } else if (Scalar.is(type)) {
      MemorySegment register =
          MemorySegment.ofArray(words(plain)).asSlice(plain.parameter(index, count));
      return Scalar.of(parameter, type).read(register, 0);
    }
    throw new UnsupportedFeatureException(
        "a parameter of type " + type.getName() + " in programs that run as Java", null);
  }

  /// Where the parameters' words are: of a system call, behind its one argument.
  private byte[] words(PlainContext plain) {
    byte[] bytes = plain.region().bytes();
    return plain.kind().parameters() instanceof ProgramParameters.Registers(RegisterUse use)
            && use == RegisterUse.SYSTEM_CALL
        ? views.kernelMemory(word(bytes, PtRegs.argument(0)), PtRegs.BYTES)
        : bytes;
  }

  private static long word(byte[] bytes, int offset) {
    return Storage.U64.read(MemorySegment.ofArray(bytes), offset);
  }

  private Object lend(JavaCodec codec, byte[] bytes) {
    Context.require(
        bytes.length >= codec.bytes(),
        "the context has " + codec.bytes() + " bytes, not " + bytes.length);
    Object value = codec.read(MemorySegment.ofArray(bytes));
    lent = new Lent(codec, value);
    return value;
  }

  /// Writes back what the program changed in its context struct.
  ///
  /// @return whether every number fitted its storage
  boolean giveBack() {
    if (lent != null && context instanceof PlainContext plain) {
      try {
        lent.codec().write(MemorySegment.ofArray(plain.struct()), lent.value());
      } catch (ArithmeticException _) {
        return false;
      }
    }
    return true;
  }
}
