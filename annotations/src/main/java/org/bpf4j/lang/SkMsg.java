package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A program that runs when data is sent on a socket that is in a map of sockets.
///
/// Its signature is `static SocketAction name(SkMsgContext context)`; the parameter may be left
/// out. [SocketAction#PASS] sends the data, and [SockMap#redirect] or [SockHash#redirect] hands
/// them to another socket. [SocketAction#DROP] makes the sender's call fail with `EACCES`, and, as
/// Linux 6.18 keeps that verdict, all later ones too. It is attached to the map, before sockets are
/// put in. Where Java would throw, it ends with [SocketAction#DROP].
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface SkMsg {}
