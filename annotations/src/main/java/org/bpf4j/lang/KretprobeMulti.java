package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A program that runs when any of many kernel functions returns, attached all at once.
///
/// Its parameter is what the function returned; it may be left out. The result is `void` or `int`.
/// Where Java would throw, it ends early and returns 0.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface KretprobeMulti {
  /// The functions' names, in which `*` stands for any letters and `?` for one; functions that the
  /// running kernel does not have, or does not let be probed, are left out.
  String[] value();
}
