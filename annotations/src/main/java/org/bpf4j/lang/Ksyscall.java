package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A program that runs when a system call is entered, whatever the architecture calls its function.
///
/// Its parameters are the system call's first parameters, up to five: numbers, and `long` for the
/// addresses of user memory. The result is `void` or `int`. Where Java would throw, it ends early
/// and returns 0.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Ksyscall {
  /// The system call's name, such as `"openat"`; of several the first that there is.
  String[] value();
}
