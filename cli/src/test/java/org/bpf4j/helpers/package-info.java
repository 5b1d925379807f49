/// Helpers as this machine's kernel takes them.
package org.bpf4j.helpers;
