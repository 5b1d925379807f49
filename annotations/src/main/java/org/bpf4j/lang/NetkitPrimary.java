package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A program that sees each packet that leaves by the primary device of a netkit pair.
///
/// Its signature is `static TcAction name(TcContext context)`, of which [TcAction#UNSPEC],
/// [TcAction#OK], [TcAction#SHOT] and [TcAction#REDIRECT] count; the parameter may be left out.
/// Where Java would throw, it ends with [TcAction#SHOT].
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface NetkitPrimary {}
