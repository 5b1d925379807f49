/// From the accepted subset of Java to a BPF object: a pure function, without javac, files or
/// system calls.
///
/// Start at [Pipeline], which reads like the picture in `docs/architecture.md`. This package alone
/// sees several stages; each stage is a package of its own, named by a verb, and knows only the
/// data packages before and behind it.
package org.bpf4j.compiler;
