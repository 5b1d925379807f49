/// What the tests of the examples share: child processes, namespaces, and what the kernel holds.
@NullMarked
package org.bpf4j.examples;

import org.jspecify.annotations.NullMarked;
