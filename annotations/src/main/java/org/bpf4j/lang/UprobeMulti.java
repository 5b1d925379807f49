package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A program that runs at the entries of many functions of a process, attached all at once.
///
/// Its parameters are the function's first parameters, up to five: numbers, and `long` for
/// addresses. The result is `void` or `int`. Where Java would throw, it ends early and returns 0.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface UprobeMulti {
  /// The executable or library: a path, or a name that is looked up where libraries and executables
  /// are.
  String binary();

  /// The functions' names in the symbol table, in which `*` stands for any letters and `?` for one.
  String[] functions();

  /// Whether the program may sleep, to read memory that is not there yet.
  boolean sleepable() default false;
}
