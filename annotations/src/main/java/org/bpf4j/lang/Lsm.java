package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A program that decides at a hook of the kernel's security modules (needs the module `bpf`).
///
/// Its parameters are the hook's first parameters: numbers, and [KernelStruct] views for pointers
/// to structs. They are compared with the kernel's own when the program is loaded. The result is
/// `int`: 0 allows, a negated error number down to −4095 denies; or `void`, for hooks that have no
/// answer. Where Java would throw, or another number is returned, it denies with −1 (`EPERM`).
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Lsm {
  /// The hook's name, such as `"file_open"`.
  String value();

  /// Whether the program may sleep, which only some hooks allow.
  boolean sleepable() default false;
}
