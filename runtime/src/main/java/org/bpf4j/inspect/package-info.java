/// Asks the kernel what is in it: one way for each family of objects.
package org.bpf4j.inspect;
