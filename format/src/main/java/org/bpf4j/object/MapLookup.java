package org.bpf4j.object;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bpf4j.object.Signature.Argument;
import org.bpf4j.object.Signature.Result;

/// [Helper#MAP_LOOKUP_ELEM] where it gives something else than a value, which the verifier decides
/// by the type of the map (`is_acquire_function`).
public enum MapLookup implements HelperVariant {
  /// In a map of sockets: the socket, which must be released (Linux 5.8).
  SOCKET(Result.SOCKET_OR_NULL);

  private final Result result;

  MapLookup(Result result) {
    this.result = result;
  }

  /// The one of that [kernelName][#kernelName()].
  static Optional<MapLookup> of(String kernelName) {
    return Arrays.stream(values())
        .filter(lookup -> lookup.kernelName().equals(kernelName))
        .findFirst();
  }

  @Override
  public Helper helper() {
    return Helper.MAP_LOOKUP_ELEM;
  }

  @Override
  public String variant() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String methodName() {
    return "get";
  }

  @Override
  public String phrase() {
    return helper().phrase();
  }

  @Override
  public Optional<Signature> signature() {
    return Optional.of(new Signature(List.of(Argument.MAP, Argument.MAP_KEY), result));
  }

  @Override
  public KernelVersion since() {
    return helper().since();
  }

  /// The kinds that may release what they get.
  @Override
  public Optional<KernelVersion> since(ProgramKind kind) {
    return Helper.SK_RELEASE.since(kind).map(version -> version.max(since()));
  }

  @Override
  public Set<ProgramKind> kinds() {
    return Stream.of(ProgramKind.values())
        .filter(kind -> since(kind).isPresent())
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public boolean gplOnly() {
    return false;
  }

  @Override
  public boolean releases() {
    return false;
  }
}
