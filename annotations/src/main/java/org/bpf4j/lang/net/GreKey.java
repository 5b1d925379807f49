package org.bpf4j.lang.net;

import org.bpf4j.lang.Be32;
import org.bpf4j.lang.Header;

/// The key of a [Gre] header, at [Gre#keyOffset()].
@Header(bytes = GreKey.BYTES)
public interface GreKey {

  /// Its length.
  int BYTES = 4;

  /// The number of the tunnel, or of a flow in it.
  @Be32
  int key();

  /// Sets [#key()].
  void key(int value);
}
