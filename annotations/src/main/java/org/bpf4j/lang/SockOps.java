package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A program that runs when the state of a TCP socket of a cgroup changes; it may tune the
/// connection.
///
/// Its signature is `static void name(SockOpsContext context)`; the parameter may be left out.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface SockOps {}
