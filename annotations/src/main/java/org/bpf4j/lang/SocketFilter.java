package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A program that says how much of each packet a socket receives.
///
/// Its signature is `static int name(SocketFilterContext context)`: the number of bytes to keep,
/// and 0 drops the packet; the parameter may be left out. Where Java would throw, it ends with 0.
/// The kernel gives it copies of the packet's bytes only.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface SocketFilter {}
