/// A kprobe with typed parameters.
package org.bpf4j.examples.connect;
