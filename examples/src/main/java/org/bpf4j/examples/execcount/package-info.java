/// Counts the programs that are started on this machine: the smallest whole example.
@NullMarked
package org.bpf4j.examples.execcount;

import org.jspecify.annotations.NullMarked;
