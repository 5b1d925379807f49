package org.bpf4j.hooks;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A test in which old kernels stop dead, by a defect of theirs, so that they are not to run it.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Hangs {
  /// The first kernel that was seen to run it.
  String before();

  /// What the kernel does wrong.
  String why();
}
