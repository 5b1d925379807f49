package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A program that runs for whatever arrives at a socket of any protocol that is in a map of
/// sockets.
///
/// Its signature is `static SocketAction name(SkSkbContext context)`; the parameter may be left
/// out. [SockMap#redirect] or [SockHash#redirect] hands it to another socket. It is attached to the
/// map, in place of a [SkSkbStreamVerdict] program, before sockets are put in. Where Java would
/// throw, it ends with [SocketAction#DROP].
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface SkSkbVerdict {}
