/// The command line: one class per command, and what they share.
///
/// A command's answer goes to standard output, what went wrong to standard error. The exit status
/// is 0 if all is well, 1 if the job failed and 2 if the arguments make no sense.
@NullMarked
package org.bpf4j.cli;

import org.jspecify.annotations.NullMarked;
