package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A program that runs at the entries of many functions of a process and, if it says so, when they
/// return, attached all at once.
///
/// Its parameters are what the function returned, which only a run at the return knows, and the
/// function's first parameters, which only a run at the entry knows: numbers, and `long` for
/// addresses. Which of both it is the kernel function `bpf_session_is_return` tells ([Kfunc]). At
/// the entry, 0 asks for a run at the return, and 1 for none. Where Java would throw, it ends early
/// and returns 1.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface UprobeSession {
  /// The executable or library: a path, or a name that is looked up where libraries and executables
  /// are.
  String binary();

  /// The functions' names in the symbol table, in which `*` stands for any letters and `?` for one.
  String[] functions();

  /// Whether the program may sleep, to read memory that is not there yet.
  boolean sleepable() default false;
}
