package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// An interface that is a view of a tracepoint's arguments, with those that the program reads.
///
/// Accessors are found by name like those of a [KernelStruct]. A dynamic string is a
/// [KernelString]; of an array an accessor with a number, such as `@Size(6) long args(int index)`,
/// reads one element.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface TracepointArgs {
  /// The name of the kernel's struct; empty for the one that belongs to the tracepoint of the
  /// program (`trace_event_raw_` and its event class).
  String value() default "";
}
