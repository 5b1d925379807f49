package org.bpf4j.lang;

/// AF_XDP sockets by the numbers of queues: XDP programs send frames past the network stack to user
/// space.
public final class XskMap implements RedirectMap {

  private final int maxEntries;

  private XskMap(int maxEntries) {
    this.maxEntries = maxEntries;
  }

  /// Declares a map, as the initialiser of a `static final` field.
  ///
  /// @param maxEntries the number of slots: more than the greatest queue; a constant expression
  public static XskMap create(int maxEntries) {
    return new XskMap(maxEntries);
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
