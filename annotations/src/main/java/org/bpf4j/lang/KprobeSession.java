package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A program that runs at the entries of many kernel functions and, if it says so, when they
/// return, attached all at once.
///
/// Its parameters are what the function returned, which only a run at the return knows, and the
/// function's first parameters, which only a run at the entry knows: numbers, and [KernelStruct]
/// views for pointers. Which of both it is, [Helpers#sessionIsReturn] tells. At the entry, 0 asks
/// for a run at the return, and 1 for none. Where Java would throw, it ends early and returns 1.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface KprobeSession {
  /// The functions' names, in which `*` stands for any letters and `?` for one; functions that the
  /// running kernel does not have, or does not let be probed, are left out.
  String[] value();
}
