package org.bpf4j.sim;

import java.lang.foreign.MemorySegment;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bpf4j.btf.BtfType;
import org.bpf4j.lang.Kconfig;
import org.bpf4j.lang.Ksym;
import org.bpf4j.lang.host.Scalar;
import org.bpf4j.lang.host.Storage;

/// The global variables of a program's class: static fields in Java, bytes of data sections for
/// everybody else.
///
/// The bytes are what counts between runs; a run begins by loading the fields from them and ends by
/// storing the fields back, constants excepted.
final class JavaStatics {

  private record Variable(Field field, JavaCodec codec, MemorySegment memory) {

    private void load() {
      if (codec.isContainer()) {
        codec.load(memory, JavaReflection.require(field, null));
      } else if (!Modifier.isFinal(field.getModifiers())) {
        JavaReflection.set(
            field,
            null,
            codec instanceof JavaCodec.Reference reference
                ? reference.target(memory)
                : codec.read(memory));
      }
    }

    private void store() {
      Object value = JavaReflection.get(field, null);
      if (!memory.isReadOnly()) {
        JavaCodec.writeOrNull(codec, memory, value);
      }
    }
  }

  /// A variable of the kernel, which a program only reads.
  private record KernelVariable(Field field, String symbol) {

    private void load(JavaViews views, Map<String, Long> symbols) {
      long address = symbols.getOrDefault(symbol, 0L);
      Class<?> type = field.getType();
      if (Scalar.is(type)) {
        Scalar scalar = Scalar.of(field, type);
        byte[] bytes = views.kernelMemory(address, scalar.storage().bytes());
        JavaReflection.set(field, null, scalar.read(MemorySegment.ofArray(bytes), 0));
      } else {
        JavaReflection.set(field, null, address == 0 ? null : views.pointer(type, address));
      }
    }
  }

  private final List<Variable> variables = new ArrayList<>();
  private final List<KernelVariable> kernelVariables;
  private final JavaViews views;
  private final Map<String, Long> symbols;
  private final Map<String, MemorySegment> lost = new HashMap<>();

  /// Finds the variables of a class in an object's data sections.
  JavaStatics(Class<?> owner, SimulatedObject object, JavaTypes types) {
    Environment environment = object.kernel.environment;
    views = new JavaViews(types, environment.foreign);
    symbols = environment.symbols;
    kernelVariables =
        Stream.of(owner.getDeclaredFields())
            .filter(field -> field.isAnnotationPresent(Ksym.class))
            .map(field -> new KernelVariable(field, symbol(field)))
            .toList();
    for (BtfType type : types.btf().types()) {
      if (type instanceof BtfType.DataSection section
          && object.object().data(section.name()).isPresent()) {
        MemorySegment memory = object.data(section.name()).segment();
        for (BtfType.SectionVar place : section.vars()) {
          MemorySegment at = memory.asSlice(place.offset(), place.size());
          if (types.btf().type(place.var()) instanceof BtfType.Var variable) {
            add(owner, variable, at, types);
          }
        }
      }
    }
  }

  private void add(Class<?> owner, BtfType.Var variable, MemorySegment memory, JavaTypes types) {
    List<Field> fields = fields(owner, variable.name());
    for (Field field : fields) {
      JavaCodec codec = types.codec(field.getType(), field, variable.type());
      variables.add(new Variable(field, codec, memory));
    }
    if (fields.isEmpty()) {
      lost.put(variable.name(), memory);
    }
  }

  private static List<Field> fields(Class<?> owner, String name) {
    return Stream.of(owner.getDeclaredFields())
        .filter(field -> Modifier.isStatic(field.getModifiers()))
        .filter(field -> name(field).equals(name))
        .toList();
  }

  private static String name(Field field) {
    Kconfig config = field.getAnnotation(Kconfig.class);
    if (config != null) {
      return config.value();
    }
    return JavaReflection.objectName(field);
  }

  private static String symbol(Field field) {
    String name = field.getAnnotation(Ksym.class).value();
    return name.isEmpty() ? JavaViews.snakeCase(field.getName()) : name;
  }

  /// Lets the fields hold what the sections and the kernel say.
  void load() {
    variables.forEach(Variable::load);
    kernelVariables.forEach(variable -> variable.load(views, symbols));
  }

  /// Lets the sections say what the fields hold.
  ///
  /// @return whether every number fitted its storage
  boolean store() {
    boolean fits = true;
    for (Variable variable : variables) {
      try {
        variable.store();
      } catch (ArithmeticException _) {
        fits = false;
      }
    }
    return fits;
  }

  /// Counts a record that found no room in a ring: in the variable `<ring>_lost`, if there is one.
  void lost(String ring) {
    MemorySegment counter = lost.get(ring + "_lost");
    if (counter != null) {
      Storage.U64.write(counter, 0, Storage.U64.read(counter, 0) + 1, Long.SIZE);
    }
  }
}
