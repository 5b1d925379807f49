package org.bpf4j.examples.fault;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/// Loads all classes of this project anew, and one of them changed: the one that makes native calls
/// asks the [Injector] first.
final class FaultLoader extends ClassLoader {

  private static final String NATIVE = "org.bpf4j.sys.Native";
  private static final ClassDesc INJECTOR = ClassDesc.of(Injector.class.getName());
  private static final ClassDesc SYSTEM_CALL = ClassDesc.of("org.bpf4j.sys.SystemCall");
  private static final MethodTypeDesc NUMBER = MethodTypeDesc.of(ConstantDescs.CD_int);
  private static final MethodTypeDesc BEFORE =
      MethodTypeDesc.of(ConstantDescs.CD_long, ConstantDescs.CD_int);

  FaultLoader() {
    super(FaultLoader.class.getClassLoader());
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      if (!name.startsWith("org.bpf4j.") || name.equals(Injector.class.getName())) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = in.readAllBytes();
      byte[] defined = name.equals(NATIVE) ? asking(bytes) : bytes;
      return defineClass(name, defined, 0, defined.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  private static byte[] asking(byte[] bytes) {
    ClassTransform transform =
        (builder, element) -> {
          if (element instanceof MethodModel method && makesACall(method)) {
            boolean system = method.methodName().equalsString("call");
            builder.transformMethod(method, MethodTransform.transformingCode(new Asking(system)));
          } else {
            builder.with(element);
          }
        };
    ClassFile files = ClassFile.of();
    return files.transformClass(files.parse(bytes), transform);
  }

  /// Those methods that take the state in which an error number is left; their second argument says
  /// what is called.
  private static boolean makesACall(MethodModel method) {
    ClassDesc state = ClassDesc.of("java.lang.foreign.MemorySegment");
    MethodTypeDesc type = method.methodTypeSymbol();
    return (method.methodName().equalsString("call") || method.methodName().equalsString("bpf"))
        && type.parameterType(0).equals(state);
  }

  /// Returns what the injector says, unless that is 0.
  ///
  /// @param system whether the second argument is a system call, or else a command's number
  private record Asking(boolean system) implements CodeTransform {

    @Override
    public void atStart(CodeBuilder code) {
      if (system) {
        code.aload(1).invokevirtual(SYSTEM_CALL, "number", NUMBER);
        code.loadConstant(Injector.SYSTEM_CALL).iadd();
      } else {
        code.iload(1);
      }
      Label made = code.newLabel();
      code.invokestatic(INJECTOR, "before", BEFORE).dup2().lconst_0().lcmp().ifeq(made).lreturn();
      code.labelBinding(made).pop2();
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
      code.with(element);
    }
  }
}
