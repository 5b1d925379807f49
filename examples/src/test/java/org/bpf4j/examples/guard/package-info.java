/// The guard and its next version.
package org.bpf4j.examples.guard;
