package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A program that decides about packets at a netfilter hook of a network namespace.
///
/// Its signature is `static NetfilterAction name(NetfilterContext context)`; the parameter may be
/// left out. Where Java would throw, it ends with [NetfilterAction#DROP].
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Netfilter {}
