/// Logs the programs that are started on this machine, with the data of each.
@NullMarked
package org.bpf4j.examples.execlog;

import org.jspecify.annotations.NullMarked;
