/// The documentation is tested: what it quotes, links, tabulates and shows as code.
package org.bpf4j.docs;
