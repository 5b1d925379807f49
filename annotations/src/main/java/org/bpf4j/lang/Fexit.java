package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A program that runs when a kernel function returns, and sees its arguments as well as its
/// result.
///
/// Its parameters are all of the function's parameters, and what it returned as the last unless it
/// returns nothing. With `@Bpf(minKernel = "5.17")` or later, parameters before the result may be
/// left out from the end. They are compared with the kernel's own when the program is loaded. The
/// result is `void`. Where Java would throw, it ends early.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Fexit {
  /// The function's name.
  String value();

  /// Whether the program may sleep, which only some functions allow.
  boolean sleepable() default false;
}
