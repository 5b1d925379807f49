package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A program that runs at the entry of a kernel function; cheaper than a [Kprobe].
///
/// Its parameters are the function's first parameters: numbers, and [KernelStruct] views for
/// pointers to structs. They are compared with the kernel's own when the program is loaded. The
/// result is `void`. Where Java would throw, it ends early.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Fentry {
  /// The function's name.
  String value();

  /// Whether the program may sleep, which only some functions allow.
  boolean sleepable() default false;
}
