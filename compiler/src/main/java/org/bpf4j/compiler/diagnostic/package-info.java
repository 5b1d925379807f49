/// What the compiler says to its user, as values: codes, places, texts.
package org.bpf4j.compiler.diagnostic;
