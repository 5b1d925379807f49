package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A program that sees each packet with a segment routing header that arrives at the address of a
/// segment, as `End.BPF` does.
///
/// Its signature is `static LwtAction name(LwtContext context)`; the parameter may be left out. The
/// packet begins with its IPv6 header, whose destination is the next segment already. Where Java
/// would throw, it ends with [LwtAction#DROP].
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface LwtSeg6local {}
