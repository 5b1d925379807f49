/// Every type of map, used from a program and from user space.
package org.bpf4j.examples.maps;
