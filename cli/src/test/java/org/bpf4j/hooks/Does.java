package org.bpf4j.hooks;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A test of more than that a kind of program runs, which is tried on every kernel and has a row of
/// its own in the table of kernels.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Does {
  /// What the kernel does, as a sentence.
  String value();

  /// The first kernel that does.
  String since() default "5.10";
}
