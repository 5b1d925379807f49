package org.bpf4j.sim;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Context;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.host.MemoryDynptr;
import org.bpf4j.lang.host.ViewProxy;
import org.bpf4j.object.Helper;
import org.bpf4j.object.Signature;
import org.bpf4j.vm.KernelCall;
import org.bpf4j.vm.Memory;
import org.bpf4j.vm.Region;
import org.jspecify.annotations.Nullable;

/// Helpers as a program's Java body calls them: the same bodies that answer bytecode.
///
/// Buffers are copied into memory that the bodies reach, and back; the helper's signature says
/// which of them it writes. So what a helper does is written once.
final class JavaHelpers {

  private final Run run;
  private final JavaTypes types;

  JavaHelpers(Run run, JavaTypes types) {
    this.run = run;
    this.types = types;
  }

  /// Calls a helper.
  ///
  /// @param method the name of its method
  /// @param arguments those of the method, without class literals
  /// @throws UnsupportedFeatureException if the simulated kernel has no model of it
  long call(String method, @Nullable Object... arguments) {
    Helper helper =
        Helper.ofMethod(method)
            .orElseThrow(() -> new IllegalArgumentException("no helper is called " + method));
    HelperBody body = HelperBodies.ALL.get(helper);
    if (body == null) {
      throw new UnsupportedFeatureException(HelperBodies.missing(helper), null);
    }
    Registers registers = new Registers(helper, arguments);
    try {
      return body.call(run, registers);
    } finally {
      registers.giveBack();
    }
  }

  /// A reserved record of a ring.
  JavaRingRecord record(Region region) {
    return new JavaRingRecord(region, run.object.memory, types);
  }

  /// Ends a record's life.
  void close(JavaRingRecord record) {
    record.close(run.object.memory);
  }

  /// A buffer lent to a helper.
  ///
  /// @param from the first byte of the part that is lent
  private record Lent(Region region, JavaCodec codec, Object value, byte[] whole, int from) {}

  private final class Registers implements KernelCall {
    private final Memory memory = run.object.memory;
    private final List<Long> values = new ArrayList<>();
    private final List<Region> regions = new ArrayList<>();
    private final List<Lent> written = new ArrayList<>();

    Registers(Helper helper, @Nullable Object... arguments) {
      List<Signature.Argument> kinds =
          helper.signature().map(Signature::arguments).orElse(List.of());
      List<@Nullable Object> given =
          new ArrayList<>(Stream.of(arguments).filter(a -> !(a instanceof Context)).toList());
      long plain = kinds.stream().filter(Signature.Argument::isGiven).count();
      boolean ranged = given.size() > plain;
      Iterator<@Nullable Object> next = given.iterator();
      for (int i = 0; i < kinds.size(); i++) {
        Signature.Argument kind = kinds.get(i);
        if (kind == Signature.Argument.CONTEXT) {
          values.add(run.context.address());
        } else if (kind.isGiven()) {
          Object value = next.next();
          boolean sized = i + 1 < kinds.size() && kinds.get(i + 1).isSize();
          if (ranged && sized && value instanceof byte[] array) {
            int least = kinds.get(i + 1) == Signature.Argument.SIZE ? 1 : 0;
            range(kind, array, (int) number(next.next()), (int) number(next.next()), least);
            ranged = false;
          } else if (ranged && sized && value instanceof BpfString text) {
            int count = (int) number(next.next());
            Objects.checkFromIndexSize(0, count, text.size());
            lend(kind, codec(text), text, new byte[text.size()], 0, count);
            values.add((long) count);
            ranged = false;
          } else {
            add(kind, value, sized);
          }
        }
      }
    }

    private void range(Signature.Argument kind, byte[] array, int from, int count, int least) {
      Objects.checkFromIndexSize(from, count, array.length);
      if (count < least) {
        throw new IndexOutOfBoundsException("a part of " + count + " bytes");
      }
      lend(kind, codec(array), array, array.clone(), from, count);
      values.add((long) count);
    }

    private void add(Signature.Argument kind, @Nullable Object value, boolean sized) {
      if (kind == Signature.Argument.SCALAR || kind == Signature.Argument.CONSTANT) {
        values.add(number(value));
      } else if (value == null) {
        values.add(0L);
        if (sized) {
          values.add(0L);
        }
      } else if (value instanceof JavaRingRecord record) {
        values.add(record.address());
      } else if (value instanceof MemoryDynptr(Object of)) {
        int bytes = buffer(Signature.Argument.MEMORY_READ_WRITE, of);
        Region dynptr = Dynptr.add(memory, new Dynptr(values.removeLast(), bytes));
        regions.add(dynptr);
        values.add(dynptr.address());
      } else {
        int bytes = buffer(kind, value);
        if (sized) {
          values.add((long) bytes);
        }
      }
    }

    private int buffer(Signature.Argument kind, Object value) {
      if (value instanceof String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return lend(kind, null, text, Arrays.copyOf(utf8, utf8.length + 1), 0, utf8.length + 1);
      }
      MemorySegment view = ViewProxy.memoryOf(value);
      if (view != null) {
        byte[] bytes = view.toArray(ValueLayout.JAVA_BYTE);
        return lend(kind, null, value, bytes, 0, bytes.length);
      }
      JavaCodec codec = codec(value);
      byte[] bytes = new byte[codec.bytes()];
      if (!(value instanceof BpfString) || kind != Signature.Argument.MEMORY_WRITE) {
        codec.write(MemorySegment.ofArray(bytes), value);
      }
      return lend(kind, codec, value, bytes, 0, bytes.length);
    }

    private int lend(
        Signature.Argument kind,
        @Nullable JavaCodec codec,
        Object value,
        byte[] whole,
        int from,
        int count) {
      Region region = memory.add("argument", whole, from, from + count, Region.Access.READ_WRITE);
      regions.add(region);
      values.add(region.address());
      if (codec != null && kind.isWritten()) {
        written.add(new Lent(region, codec, value, whole, from));
      }
      return count;
    }

    private JavaCodec codec(Object value) {
      if (value instanceof BpfString text) {
        return new JavaCodec.Text(text.size());
      }
      Class<?> type = value.getClass();
      if (type.isArray() && type.componentType().isPrimitive()) {
        Class<?> element = type.componentType();
        int length = java.lang.reflect.Array.getLength(value);
        return new JavaCodec.Elements(element, types.codec(element, element, 0), length);
      } else if (type.isAnnotationPresent(Struct.class)) {
        return types.named(type);
      }
      throw new UnsupportedFeatureException(
          "an argument of type " + type.getName() + " in programs that run as Java", null);
    }

    private static long number(@Nullable Object value) {
      return switch (value) {
        case Boolean b -> b ? 1 : 0;
        case Character c -> c;
        case Number n -> n.longValue();
        case null, default ->
            throw new UnsupportedFeatureException(
                "the argument " + value + " in programs that run as Java", null);
      };
    }

    /// Ends the loan: what the helper wrote is in the program's objects.
    void giveBack() {
      written.forEach(lent -> lent.codec.load(MemorySegment.ofArray(lent.whole), lent.value));
      regions.forEach(memory::remove);
    }

    @Override
    public long argument(int number) {
      return number <= values.size() ? values.get(number - 1) : 0;
    }

    @Override
    public Memory memory() {
      return memory;
    }

    @Override
    public long callBack(long function, long... arguments) {
      throw new UnsupportedFeatureException("callbacks in programs that run as Java", null);
    }

    @Override
    public Deferred later(long function) {
      throw new UnsupportedOperationException("Java code is called back as such");
    }
  }
}
