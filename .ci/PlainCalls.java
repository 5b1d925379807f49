import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Makes plain methods of what `javac` leaves to be linked when it is first reached: switches over
/// types, and `equals`, `hashCode` and `toString` of records.
///
/// Linking such a call generates classes, which takes 2 to 8 ms each time and which no AOT cache
/// keeps; a program that loads an object would meet dozens before it is attached. What the methods
/// give is what `SwitchBootstraps.typeSwitch` and `ObjectMethods` of `java.lang.runtime` say.
///
/// Usage: `java -classpath CLASSES:DEPENDENCIES PlainCalls.java CLASSES`
public final class PlainCalls {

  private static final ClassDesc SWITCHES = ClassDesc.of("java.lang.runtime.SwitchBootstraps");
  private static final ClassDesc RECORDS = ClassDesc.of("java.lang.runtime.ObjectMethods");
  private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");
  private static final ClassDesc BUILDER = ClassDesc.of("java.lang.StringBuilder");

  private static final MethodTypeDesc SWITCH =
      MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_Object, ConstantDescs.CD_int);

  private record Added(String name, MethodTypeDesc type, Consumer<CodeBuilder> body) {}

  private final ClassModel model;
  private final List<Added> methods = new ArrayList<>();

  private PlainCalls(ClassModel model) {
    this.model = model;
  }

  /// Rewrites the classes in a folder; those that have no such call are left alone.
  public static void main(String[] arguments) throws IOException {
    ClassFile format =
        ClassFile.of(
            ClassFile.ConstantPoolSharingOption.NEW_POOL,
            ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(ClassLoader.getSystemClassLoader())
                    .orElse(ClassHierarchyResolver.defaultResolver())));
    try (Stream<Path> files = Files.walk(Path.of(arguments[0]))) {
      files
          .filter(file -> file.toString().endsWith(".class"))
          .forEach(file -> rewrite(format, file));
    }
  }

  private static void rewrite(ClassFile format, Path file) {
    try {
      PlainCalls calls = new PlainCalls(format.parse(file));
      byte[] rewritten = format.transformClass(calls.model, calls.transform());
      if (!calls.methods.isEmpty()) {
        Files.write(file, rewritten);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot rewrite " + file, e);
    }
  }

  private ClassTransform transform() {
    return ClassTransform.transformingMethodBodies(
            (code, element) -> {
              if (!(element instanceof InvokeDynamicInstruction call) || !replace(code, call)) {
                code.with(element);
              }
            })
        .andThen(ClassTransform.endHandler(this::addMethods));
  }

  private void addMethods(ClassBuilder type) {
    int flags = ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC;
    methods.forEach(
        method -> type.withMethodBody(method.name(), method.type(), flags, method.body()));
  }

  private boolean replace(CodeBuilder code, InvokeDynamicInstruction call) {
    ClassDesc bootstraps = call.bootstrapMethod().owner();
    List<ConstantDesc> arguments = call.bootstrapArgs();
    String name = call.name().stringValue();
    if (bootstraps.equals(SWITCHES)
        && name.equals("typeSwitch")
        && arguments.stream().allMatch(ClassDesc.class::isInstance)) {
      List<ClassDesc> labels = arguments.stream().map(ClassDesc.class::cast).toList();
      call(code, name, SWITCH, body -> chain(body, labels));
      return true;
    }
    if (bootstraps.equals(RECORDS)) {
      List<DirectMethodHandleDesc> fields =
          arguments.stream().skip(2).map(DirectMethodHandleDesc.class::cast).toList();
      Consumer<CodeBuilder> body =
          switch (name) {
            case "equals" -> plain -> equality(plain, fields);
            case "hashCode" -> plain -> hash(plain, fields);
            case "toString" -> plain -> text(plain, fields);
            default -> throw new IllegalArgumentException("no method of records: " + name);
          };
      call(code, name, call.typeSymbol(), body);
      return true;
    }
    return false;
  }

  private void call(
      CodeBuilder code, String name, MethodTypeDesc type, Consumer<CodeBuilder> body) {
    methods.add(new Added(name + "$" + (methods.size() + 1), type, body));
    boolean inInterface = model.flags().has(AccessFlag.INTERFACE);
    code.invokestatic(model.thisClass().asSymbol(), methods.getLast().name(), type, inInterface);
  }

  /// −1 for null, else the first label from the given one on that fits, else their number.
  private static void chain(CodeBuilder code, List<ClassDesc> labels) {
    Label there = code.newLabel();
    code.aload(0).ifnonnull(there).iconst_m1().ireturn().labelBinding(there);
    for (int i = 0; i < labels.size(); i++) {
      Label next = code.newLabel();
      code.iload(1).loadConstant(i).if_icmpgt(next);
      code.aload(0).instanceOf(labels.get(i)).ifeq(next);
      code.loadConstant(i).ireturn().labelBinding(next);
    }
    code.loadConstant(labels.size()).ireturn();
  }

  private void equality(CodeBuilder code, List<DirectMethodHandleDesc> fields) {
    ClassDesc self = model.thisClass().asSymbol();
    Label different = code.newLabel();
    code.aload(1).instanceOf(self).ifeq(different);
    for (DirectMethodHandleDesc field : fields) {
      code.aload(0).getfield(field.owner(), field.methodName(), type(field));
      code.aload(1).checkcast(self).getfield(field.owner(), field.methodName(), type(field));
      ifDifferent(code, type(field), different);
    }
    code.iconst_1().ireturn().labelBinding(different).iconst_0().ireturn();
  }

  private static void hash(CodeBuilder code, List<DirectMethodHandleDesc> fields) {
    code.iconst_0();
    for (DirectMethodHandleDesc field : fields) {
      code.loadConstant(31).imul().aload(0);
      code.getfield(field.owner(), field.methodName(), type(field));
      hash(code, type(field));
      code.iadd();
    }
    code.ireturn();
  }

  private void text(CodeBuilder code, List<DirectMethodHandleDesc> fields) {
    String before = simpleName() + "[";
    code.new_(BUILDER).dup().invokespecial(BUILDER, "<init>", ConstantDescs.MTD_void);
    for (DirectMethodHandleDesc field : fields) {
      append(code.loadConstant(before + field.methodName() + "="), ConstantDescs.CD_String);
      code.aload(0).getfield(field.owner(), field.methodName(), type(field));
      append(code, ConstantDescs.CD_String, type(field));
      before = ", ";
    }
    append(code.loadConstant(fields.isEmpty() ? before + "]" : "]"), ConstantDescs.CD_String);
    code.invokevirtual(BUILDER, "toString", MethodTypeDesc.of(ConstantDescs.CD_String)).areturn();
  }

  /// `Class.getSimpleName`: of nested classes what stands behind `$`, and a number if it is local.
  private String simpleName() {
    String name = model.thisClass().asSymbol().displayName();
    return name.substring(name.lastIndexOf('$') + 1).replaceFirst("^[0-9]+", "");
  }

  private static void append(CodeBuilder code, ClassDesc text) {
    code.invokevirtual(BUILDER, "append", MethodTypeDesc.of(BUILDER, text));
  }

  /// Appends a field as `String.valueOf` has it.
  private static void append(CodeBuilder code, ClassDesc text, ClassDesc field) {
    ClassDesc argument =
        switch (TypeKind.from(field)) {
          case BYTE, SHORT -> ConstantDescs.CD_int;
          case REFERENCE -> ConstantDescs.CD_Object;
          default -> field;
        };
    code.invokestatic(ConstantDescs.CD_String, "valueOf", MethodTypeDesc.of(text, argument));
    append(code, text);
  }

  private static ClassDesc type(DirectMethodHandleDesc getter) {
    return getter.invocationType().returnType();
  }

  private static void hash(CodeBuilder code, ClassDesc type) {
    if (type.isPrimitive()) {
      code.invokestatic(box(type), "hashCode", MethodTypeDesc.of(ConstantDescs.CD_int, type));
    } else {
      code.invokestatic(
          OBJECTS, "hashCode", MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_Object));
    }
  }

  private static void ifDifferent(CodeBuilder code, ClassDesc type, Label different) {
    if (type.isPrimitive()) {
      code.invokestatic(box(type), "compare", MethodTypeDesc.of(ConstantDescs.CD_int, type, type));
      code.ifne(different);
    } else {
      MethodTypeDesc equals =
          MethodTypeDesc.of(
              ConstantDescs.CD_boolean, ConstantDescs.CD_Object, ConstantDescs.CD_Object);
      code.invokestatic(OBJECTS, "equals", equals).ifeq(different);
    }
  }

  private static ClassDesc box(ClassDesc primitive) {
    return switch (TypeKind.from(primitive)) {
      case BOOLEAN -> ConstantDescs.CD_Boolean;
      case BYTE -> ConstantDescs.CD_Byte;
      case CHAR -> ConstantDescs.CD_Character;
      case SHORT -> ConstantDescs.CD_Short;
      case INT -> ConstantDescs.CD_Integer;
      case LONG -> ConstantDescs.CD_Long;
      case FLOAT -> ConstantDescs.CD_Float;
      case DOUBLE -> ConstantDescs.CD_Double;
      case REFERENCE, VOID -> throw new IllegalArgumentException(primitive.displayName());
    };
  }
}
