/// Random programs: Java of every shape that the language has, with the JVM as the judge.
///
/// A seed gives a class with some twenty programs. Each runs as Java, as bytecode in the simulated
/// kernel and in Linux, over the same inputs; results, packets, maps and globals must agree. A
/// program that fails is shrunk and printed as a complete Java file.
@NullMarked
package org.bpf4j.random;

import org.jspecify.annotations.NullMarked;
