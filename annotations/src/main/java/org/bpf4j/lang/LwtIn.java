package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A program that sees each packet that arrives by a route that names it.
///
/// Its signature is `static LwtAction name(LwtContext context)`; the parameter may be left out.
/// Where Java would throw, it ends with [LwtAction#DROP].
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface LwtIn {}
