package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A program that runs for each message that arrives at a socket that is in a map of sockets.
///
/// Its signature is `static SocketAction name(SkSkbContext context)`; the parameter may be left
/// out. What a message is, a [SkSkbStreamParser] program says; without one, it is whatever arrived
/// together. [SockMap#redirect] or [SockHash#redirect] hands it to another socket. It is attached
/// to the map, before sockets are put in. Of a message that begins in the midst of what arrived
/// together, the kernel shows all that arrived together, from its first byte on. Where Java would
/// throw, it ends with [SocketAction#DROP].
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface SkSkbStreamVerdict {}
