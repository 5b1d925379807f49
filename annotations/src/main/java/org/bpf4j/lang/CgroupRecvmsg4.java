package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A program that runs when an unconnected IPv4 UDP socket of a cgroup receives; it may change the
/// address that the process sees.
///
/// Its signature is `static void name(SocketAddress4Context context)`; the parameter may be left
/// out.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface CgroupRecvmsg4 {}
