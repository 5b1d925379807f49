package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A program that runs when one of several sockets that share a port is to get a packet.
///
/// Its signature is `static SocketAction name(SkReuseportContext context)`: [SocketAction#PASS]
/// lets the kernel choose a socket; the parameter may be left out. Where Java would throw, it ends
/// with [SocketAction#DROP].
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface SkReuseport {}
