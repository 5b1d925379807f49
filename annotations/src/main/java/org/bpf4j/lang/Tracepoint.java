package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A program that runs at a static tracepoint of the kernel.
///
/// Its signature is `static void name(Args args)` or `static int name(Args args)`, where `Args` is
/// a [TracepointArgs] view; the parameter may be left out. Where Java would throw, it ends early
/// and returns 0.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Tracepoint {
  /// The category and the name, such as `"syscalls/sys_enter_execve"`; the directory
  /// `/sys/kernel/tracing/events` lists them all.
  String value();

  /// The constant of a [ProgramArray]'s enum by which other programs hand over to this one, which
  /// is then not attached with the others.
  String stage() default "";
}
