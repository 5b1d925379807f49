package org.bpf4j.object;

import java.util.List;
import java.util.regex.Pattern;

/// What a program's annotation says about where it is attached.
public enum ProgramTarget {
  /// Nothing: user space says it.
  NONE(""),
  /// Tracepoints as `category/name`.
  EVENT("[A-Za-z0-9_-]+/[A-Za-z0-9_]+"),
  /// Names of functions or other things of the kernel.
  NAME("[A-Za-z0-9_.$]+"),
  /// Names of kernel functions, or instructions of them: with the bytes behind the function's entry
  /// in decimal, hexadecimal or octal, as C has numbers.
  PLACE("[A-Za-z0-9_.$]+(\\+(0[xX][0-9a-fA-F]{1,8}|[0-9]{1,9}))?"),
  /// Names of kernel functions in which `*` stands for any letters and `?` for one.
  PATTERN("[A-Za-z0-9_.$*?]+"),
  /// Functions of executables and libraries, as `binary:function`, `binary:function+bytes` or
  /// `binary:bytes`.
  BINARY("[^:]+:[^:]+"),
  /// Static probes of executables and libraries, as `binary:provider:name`.
  PROBE("[^:]+:[^:]+:[^:]+");

  private final Pattern pattern;

  ProgramTarget(String pattern) {
    this.pattern = Pattern.compile(pattern);
  }

  /// Whether one of the places is not the entry of a function, so that what is in the registers is
  /// no argument any more.
  public boolean isInside(List<String> targets) {
    return this == PLACE && targets.stream().anyMatch(target -> target.indexOf('+') >= 0);
  }

  /// Whether an annotation's targets are such.
  public boolean accepts(List<String> targets) {
    return this == NONE
        || !targets.isEmpty()
            && targets.stream().allMatch(target -> pattern.matcher(target).matches());
  }
}
