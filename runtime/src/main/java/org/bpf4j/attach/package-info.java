/// From a loaded program and a hook to a link.
package org.bpf4j.attach;
