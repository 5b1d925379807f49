package org.bpf4j.lang;

import java.util.function.BiConsumer;

/// Work that the value of a map has done: code that runs soon, in a thread of the kernel, with the
/// key and the value (Linux 6.10).
///
/// It is a final member of a [Struct] that is the value of a [BpfHashMap], [BpfLruHashMap] or
/// [BpfArray], one for each value. When the value is taken out of the map, or the map goes, what
/// has not begun is left undone. The code captures nothing: what it needs is in the value. Nobody
/// waits for it; where Java would throw, it ends early.
///
/// ```java
/// session.cleaning.start(sessions, (id, s) -> sessions.remove(id));
/// ```
public final class BpfWorkqueue {

  /// Creates it, as the initialiser of a final member.
  public BpfWorkqueue() {}

  /// Lets the code run; once, if it is started again before it has begun.
  ///
  /// @param map the map that the value is in, a `static final` field
  /// @param body the code
  /// @return whether it will run; not if there is no memory, or nobody holds the map any more
  public <K, V> boolean start(BpfMap<K, V> map, BiConsumer<K, V> body) {
    return Host.current().start(this, map, body);
  }
}
