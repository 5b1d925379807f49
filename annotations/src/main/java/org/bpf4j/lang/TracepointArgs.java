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
  /// The name of the kernel's struct; without one `trace_event_raw_` and the interface's name, so
  /// that `SchedProcessFork` is `trace_event_raw_sched_process_fork`. Tracepoints of one class
  /// share the struct of their class, all system calls `trace_event_raw_sys_enter` and
  /// `trace_event_raw_sys_exit`.
  ///
  /// Of several names the first that the running kernel has is taken, for tracepoints that are of
  /// another class in older kernels: `{"trace_event_raw_kfree", "trace_event_raw_kmem_free"}`.
  String[] value() default {};
}
