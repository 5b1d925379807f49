/// What one process loads and another takes up.
package org.bpf4j.examples.handover;
