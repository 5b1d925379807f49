package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A program that finds the flow that a packet belongs to, in place of the kernel's own dissector,
/// in a network namespace.
///
/// Its signature is `static FlowAction name(FlowDissectorContext context)`; the parameter may be
/// left out. Where Java would throw, it ends with [FlowAction#DROP].
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface FlowDissector {}
