package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A program that runs when a kernel function returns.
///
/// Its parameter is what the function returned: a number, or a [KernelStruct] view for a pointer;
/// it may be left out. The result is `void` or `int`. Where Java would throw, it ends early and
/// returns 0.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Kretprobe {
  /// The function's name. Of several names the first that the running kernel has is taken.
  String[] value();
}
