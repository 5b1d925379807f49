package org.bpf4j.kernel;

import java.io.Serial;
import java.util.Optional;
import org.bpf4j.object.KernelVersion;
import org.jspecify.annotations.Nullable;

/// Says that this kernel lacks something, by its age or its configuration.
///
/// It is found by trying, never by comparing versions, since distributions backport and leave out.
public final class UnsupportedFeatureException extends BpfException {

  @Serial private static final long serialVersionUID = 1;

  private final String feature;
  private final @Nullable String since;

  /// Creates it.
  ///
  /// @param feature what is lacking
  /// @param since the first mainline kernel that has it, or null if it depends on configuration
  ///   only
  public UnsupportedFeatureException(String feature, @Nullable KernelVersion since) {
    super(
        "this kernel does not support "
            + feature
            + (since == null ? "" : " (Linux " + since + " and newer do, if so configured)"));
    this.feature = feature;
    this.since = since == null ? null : since.toString();
  }

  /// What is lacking.
  public String feature() {
    return feature;
  }

  /// The first mainline kernel that has it.
  public Optional<KernelVersion> since() {
    return Optional.ofNullable(since).map(KernelVersion::parse);
  }
}
