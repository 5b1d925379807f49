/// From diagnostics to javac's messages, at the exact tree.
@NullMarked
package org.bpf4j.processor.report;

import org.jspecify.annotations.NullMarked;
