package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A program that runs when a system call returns.
///
/// Its parameter is the system call's result, a negated error number if it failed; it may be left
/// out. The result is `void` or `int`. Where Java would throw, it ends early and returns 0.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Kretsyscall {
  /// The system call's name, such as `"openat"`; of several the first that there is.
  String[] value();
}
