package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A program that runs at a static tracepoint and sees the tracepoint's arguments as they are, not
/// as they are formatted; it is cheaper than a [Tracepoint].
///
/// Its signature is `static void name(RawTracepointContext context)`, or with an `int` result; the
/// parameter may be left out. Where Java would throw, it ends early and returns 0.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface RawTracepoint {
  /// The tracepoint's name without its category, such as `"sched_switch"`.
  String value();

  /// The constant of a [ProgramArray]'s enum by which other programs hand over to this one, which
  /// is then not attached with the others.
  String stage() default "";
}
