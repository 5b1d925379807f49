package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// How many rounds a loop may need whose end the compiler cannot prove.
///
/// It stands on a method, for each loop in it, or on the variable that a `for` declares:
///
/// ```java
/// for (@LoopBudget(100_000) long n = start; n != 1; n = next(n)) { … }
/// ```
///
/// The loop is compiled so that it has at least that many rounds on each kernel that loads the
/// program, which may need a newer kernel, or so that the program is refused; behind them it may
/// abort. Without it such a loop has as many rounds as old kernels' verifiers follow. Java runs it
/// to its end in any case.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.LOCAL_VARIABLE})
public @interface LoopBudget {
  /// The rounds: 1 to 8,388,608, the most that any kernel grants.
  int value();
}
