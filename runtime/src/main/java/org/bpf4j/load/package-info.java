/// From an object to a loaded object: maps, globals, relocation against the running kernel, and the
/// verifier's answer.
package org.bpf4j.load;
