package org.bpf4j.sim;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.bpf4j.lang.Host;

/// Defines the classes of a program anew, so that its static fields start from their initialisers.
///
/// Only the JDK's classes and those that programs are written with are shared; all others come from
/// the same class files as the originals, so breakpoints in them hit.
final class JavaLoader extends ClassLoader {

  static {
    registerAsParallelCapable();
  }

  private final ClassLoader origin;

  private JavaLoader(ClassLoader origin) {
    super("bpf4j", origin);
    this.origin = origin;
  }

  /// A copy of a class, with copies of the classes it uses.
  static Class<?> copyOf(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    try {
      return new JavaLoader(loader == null ? ClassLoader.getSystemClassLoader() : loader)
          .loadClass(type.getName());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("the class file of " + type.getName() + " is gone", e);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      return known != null ? known : isShared(name) ? origin.loadClass(name) : define(name);
    }
  }

  private static boolean isShared(String name) {
    return name.startsWith(Host.class.getPackageName() + ".")
        || name.startsWith("org.jspecify.")
        || ClassLoader.getPlatformClassLoader().getResource(file(name)) != null;
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    try (InputStream in = origin.getResourceAsStream(file(name))) {
      if (in == null) {
        return origin.loadClass(name);
      }
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new UncheckedIOException("the class file of " + name + " cannot be read", e);
    }
  }

  private static String file(String name) {
    return name.replace('.', '/') + ".class";
  }
}
