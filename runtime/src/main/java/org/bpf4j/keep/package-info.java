/// Objects that outlive their processes, and versions of them that take each other's place.
package org.bpf4j.keep;
