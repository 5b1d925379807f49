package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Says that a [Bpf] class implements a struct of functions of the kernel, such as a congestion
/// control of TCP or a scheduler.
///
/// Its methods and constants that are annotated [Operation] are the struct's members; the others
/// stay 0, which makes the kernel do what it does by itself. The skeleton's `operations()` attaches
/// them all at once, and only when all are loaded.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface StructOps {
  /// The struct's name: `tcp_congestion_ops`.
  String value();

  /// Whether a link attaches it, which ends with the process. Linux before 6.4 has none, and keeps
  /// what is attached until it is detached, as all do with `false`.
  boolean link() default true;
}
