/// Kernels that run BPF objects, what is asked of them, and how they refuse.
package org.bpf4j.kernel;
