package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A program that finds where messages end in what arrives at a socket that is in a map of sockets.
///
/// Its signature is `static int name(SkSkbContext context)`; the parameter may be left out. It
/// gives the length of the message that begins with the first byte, 0 if more bytes are needed to
/// tell, or a negative error number, which ends the parsing. It is attached to the map together
/// with a [SkSkbStreamVerdict] program, before sockets are put in. Where Java would throw, it gives
/// 0.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface SkSkbStreamParser {}
