package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A program that runs at the entries of many kernel functions, attached all at once.
///
/// Its parameters are the functions' first parameters: numbers, and [KernelStruct] views for
/// pointers. The result is `void` or `int`. Where Java would throw, it ends early and returns 0.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface KprobeMulti {
  /// The functions' names, in which `*` stands for any letters and `?` for one; functions that the
  /// running kernel does not have, or does not let be probed, are left out.
  String[] value();
}
