package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A program that runs at a static tracepoint which lets programs change its first argument, as
/// `bpf_test_finish` does.
///
/// Its parameters are a [Struct] of the program's own that describes what the first argument points
/// to, and then the other arguments as numbers; all may be left out. The kernel refuses to attach
/// if the struct's members that are used reach beyond what may be written. The result is `void` or
/// `int`. Where Java would throw, it ends early and returns 0.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface RawTracepointWritable {
  /// The tracepoint's name without its category.
  String value();
}
