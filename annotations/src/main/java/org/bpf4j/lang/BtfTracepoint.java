package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A program that runs at a static tracepoint and sees the tracepoint's arguments with their types.
///
/// Its parameters are the tracepoint's first arguments: numbers, and [KernelStruct] views for
/// pointers to structs. They are compared with the kernel's own when the program is loaded. The
/// result is `void` or `int`. Where Java would throw, it ends early and returns 0.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface BtfTracepoint {
  /// The tracepoint's name without its category, such as `"sched_switch"`.
  String value();
}
