/// The examples' object files, as other tools see them.
@NullMarked
package org.bpf4j.examples.objects;

import org.jspecify.annotations.NullMarked;
