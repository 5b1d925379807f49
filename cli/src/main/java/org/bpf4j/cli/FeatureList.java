package org.bpf4j.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bpf4j.object.MapKind;
import org.bpf4j.object.ProgramType;
import org.bpf4j.probe.BtfFeature;
import org.bpf4j.probe.KernelFeatures;
import org.bpf4j.probe.LinkKind;
import org.bpf4j.probe.Support;

/// What the kernel can do, in words.
final class FeatureList {

  private FeatureList() {}

  /// What there is of each sort, what there is not in brackets, with a question mark what cannot be
  /// told.
  static Map<String, String> all() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("programs", of(ProgramType.values(), KernelFeatures::of));
    all.put("maps", of(MapKind.values(), KernelFeatures::of));
    all.put("links", of(LinkKind.values(), KernelFeatures::of));
    all.put("types", of(BtfFeature.values(), KernelFeatures::of));
    all.put("instructions", "up to " + lower(KernelFeatures.isaLevel()));
    return all;
  }

  private static <E extends Enum<E>> String of(E[] values, Function<E, Support> support) {
    return Arrays.stream(values)
        .map(
            value ->
                switch (support.apply(value)) {
                  case YES -> lower(value);
                  case NO -> "(" + lower(value) + ")";
                  case UNKNOWN -> lower(value) + "?";
                })
        .collect(Collectors.joining(" "));
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
