package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A program that runs when the kernel looks for the socket that a new connection or a datagram is
/// for, in a network namespace.
///
/// Its signature is `static SocketAction name(SkLookupContext context)`; the parameter may be left
/// out. Where Java would throw, it ends with [SocketAction#DROP].
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface SkLookup {}
