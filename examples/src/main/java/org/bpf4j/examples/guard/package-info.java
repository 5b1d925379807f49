/// Filters packets without a process, and is replaced by its next version under traffic.
@NullMarked
package org.bpf4j.examples.guard;

import org.jspecify.annotations.NullMarked;
