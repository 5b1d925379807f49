package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A program that runs at the entry of a kernel function.
///
/// Its parameters are the function's first parameters: numbers, and [KernelStruct] views for
/// pointers. At an instruction inside of a function (`"do_exit+0x10"`) it has none. The result is
/// `void` or `int`. Where Java would throw, it ends early and returns 0.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Kprobe {
  /// The function's name. Of several names the first that the running kernel has is taken, for
  /// functions that compilers rename (`"tcp_v4_connect.isra.0"`). With a distance in bytes it is an
  /// instruction behind the entry.
  String[] value();

  /// The constant of a [ProgramArray]'s enum by which other programs hand over to this one, which
  /// is then not attached with the others.
  String stage() default "";
}
