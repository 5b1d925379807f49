package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A program that runs when an unconnected IPv6 UDP socket of a cgroup sends; it may change both
/// addresses.
///
/// Its signature is `static CgroupAction name(Sendmsg6Context context)`; the parameter may be left
/// out. Where Java would throw, it ends with [CgroupAction#DENY].
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface CgroupSendmsg6 {}
