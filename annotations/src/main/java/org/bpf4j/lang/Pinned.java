package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A map that outlives its programs: it is kept under the field's name in the BPF file system
/// (`/sys/fs/bpf`), and taken from there by the next that is loaded, of this class or of another
/// with the same map.
///
/// One that is there with other types, sizes or flags is an error when programs are loaded.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Pinned {}
