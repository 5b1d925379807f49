/// From one class's unit to a closed [org.bpf4j.compiler.ast.Program]: everything it calls, from
/// this compilation and from sidecars.
package org.bpf4j.compiler.link;
