package org.bpf4j.lang;

/// CPUs by their numbers, which XDP programs let go on with frames.
public final class CpuMap implements RedirectMap {

  private final int maxEntries;

  private CpuMap(int maxEntries) {
    this.maxEntries = maxEntries;
  }

  /// Declares a map, as the initialiser of a `static final` field.
  ///
  /// @param maxEntries the number of slots: more than the greatest CPU; a constant expression
  public static CpuMap create(int maxEntries) {
    return new CpuMap(maxEntries);
  }

  @Override
  public int maxEntries() {
    return maxEntries;
  }

  @Override
  public XdpAction redirect(int key, XdpAction otherwise) {
    return Host.of(this).maps().redirect(this, key, otherwise);
  }
}
