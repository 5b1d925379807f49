/// Files that are broken on purpose, and what readers make of them.
package org.bpf4j.fault;
