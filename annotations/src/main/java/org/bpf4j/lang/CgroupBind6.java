package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A program that runs when an IPv6 socket of a cgroup asks for an address; it may change which.
///
/// Its signature is `static CgroupBindAction name(SocketAddress6Context context)`; the parameter
/// may be left out. Where Java would throw, it ends with [CgroupBindAction#DENY].
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface CgroupBind6 {}
