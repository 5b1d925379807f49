package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A program that runs when a process of a cgroup makes a socket.
///
/// Its signature is `static CgroupAction name(CgroupSockContext context)`; the parameter may be
/// left out. Where Java would throw, it ends with [CgroupAction#DENY].
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface CgroupSockCreate {}
