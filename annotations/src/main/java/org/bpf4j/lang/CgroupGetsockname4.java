package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A program that runs when a process of a cgroup asks for the own address of an IPv4 socket; it
/// may change the answer.
///
/// Its signature is `static void name(SocketAddress4Context context)`; the parameter may be left
/// out.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface CgroupGetsockname4 {}
