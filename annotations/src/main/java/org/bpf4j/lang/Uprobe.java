package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A program that runs at the entry of a function of a process, or at any instruction of it.
///
/// Its parameters are the function's first parameters, up to five: numbers, and `long` for
/// addresses. The result is `void` or `int`. Where Java would throw, it ends early and returns 0.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Uprobe {
  /// The executable or library: a path, or a name that is looked up where libraries and executables
  /// are.
  String binary();

  /// The function's name in the symbol table; empty if the offset is counted from the start of the
  /// file.
  String function() default "";

  /// Bytes from the function's start to the place.
  long offset() default 0;

  /// Whether the program may sleep, to read memory that is not there yet (Linux 6.2).
  boolean sleepable() default false;
}
