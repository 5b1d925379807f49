package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A program that sees each packet that a socket in a cgroup is about to send.
///
/// Its signature is `static CgroupEgressAction name(CgroupSkbContext context)`; the parameter may
/// be left out. Where Java would throw, it ends with [CgroupEgressAction#DENY].
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface CgroupSkbEgress {}
