package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A program that decides at a hook of the kernel's security modules for the processes, or the
/// sockets, of a control group (needs the module `bpf`).
///
/// Its parameters are those of an [Lsm] program. The result is a [CgroupAction]; `DENY` gives the
/// caller `EPERM`, or what [Helpers#setRetval] was told. Where Java would throw, it denies.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface LsmCgroup {
  /// The hook's name, such as `"socket_bind"`.
  String value();
}
