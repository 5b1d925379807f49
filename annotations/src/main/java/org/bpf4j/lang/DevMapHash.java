package org.bpf4j.lang;

/// Network interfaces by any number, such as their own, to which XDP programs send frames.
public final class DevMapHash implements RedirectMap {

  private final int maxEntries;

  private DevMapHash(int maxEntries) {
    this.maxEntries = maxEntries;
  }

  /// Declares a map, as the initialiser of a `static final` field.
  ///
  /// @param maxEntries the greatest number of interfaces; a constant expression
  public static DevMapHash create(int maxEntries) {
    return new DevMapHash(maxEntries);
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
