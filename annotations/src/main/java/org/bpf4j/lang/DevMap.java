package org.bpf4j.lang;

/// Network interfaces by small numbers, to which XDP programs send frames.
public final class DevMap implements RedirectMap {

  private final int maxEntries;

  private DevMap(int maxEntries) {
    this.maxEntries = maxEntries;
  }

  /// Declares a map, as the initialiser of a `static final` field.
  ///
  /// @param maxEntries the number of slots; a constant expression
  public static DevMap create(int maxEntries) {
    return new DevMap(maxEntries);
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
