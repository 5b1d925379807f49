package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A program that runs at every sample of a counter, of the hardware or of the kernel; user space
/// says which and how often.
///
/// Its parameter is a [PerfEventSample]; it may be left out. The result is `void` or `int`. Where
/// Java would throw, it ends early and returns 0.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface PerfEvent {}
