package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A program that runs before a kernel function which allows it, and may answer in its stead.
///
/// Its parameters are those of a [Fexit], the last being what the program before it answered. The
/// function is only called if the result is 0; any other is the function's result. Where Java would
/// throw, it ends early and returns 0.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface FmodRet {
  /// The function's name: one of those that the kernel lets be replaced, such as
  /// `"security_file_open"`.
  String value();

  /// Whether the program may sleep, which only some functions allow.
  boolean sleepable() default false;
}
