package org.bpf4j.sys;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// The names of many that somebody may have meant who asked for one that is not there.
///
/// Names are like it that begin with it and go on with a dot, as copies do that compilers make
/// (`.isra.0`, `.constprop.0`); that differ in underscores before it, in case, or in few letters;
/// that contain it, or that it contains.
public final class NearNames {

  private static final int MOST = 6;

  /// Fewer letters than these are in names by chance.
  private static final int LEAST_PART = 4;

  /// How much worse than a wrong letter it is to be only a part.
  private static final int CONTAINS = 10;

  private static final int CONTAINED = 40;
  private static final int UNLIKE = Integer.MAX_VALUE;

  private record Near(String name, int distance) {}

  private static final Comparator<Near> NEAREST =
      Comparator.comparingInt(Near::distance).thenComparing(Near::name);

  private final String wanted;
  private final String bare;
  private final int most;
  private final List<Near> near = new ArrayList<>();

  private NearNames(String wanted) {
    this.wanted = wanted;
    this.bare = bare(wanted);
    this.most = bare.length() < LEAST_PART ? 1 : Math.max(2, bare.length() / 4);
  }

  /// The nearest first, and no more than six.
  public static List<String> of(String wanted, Stream<String> names) {
    NearNames nearest = new NearNames(wanted);
    names.forEach(nearest::offer);
    return nearest.near.stream().map(Near::name).toList();
  }

  private void offer(String name) {
    int worst = near.size() < MOST ? UNLIKE : near.getLast().distance();
    int distance = distance(name);
    if (distance < worst && near.stream().noneMatch(other -> other.name().equals(name))) {
      near.add(new Near(name, distance));
      near.sort(NEAREST);
      if (near.size() > MOST) {
        near.removeLast();
      }
    }
  }

  private static String bare(String name) {
    int start = 0;
    while (start < name.length() && name.charAt(start) == '_') {
      start++;
    }
    return name.substring(start).toLowerCase(Locale.ROOT);
  }

  private int distance(String name) {
    if (name.startsWith(wanted + ".")) {
      return 0;
    }
    String other = bare(name);
    if (other.equals(bare)) {
      return 1;
    }
    if (Math.abs(other.length() - bare.length()) <= most) {
      int edits = edits(bare, other);
      if (edits <= most) {
        return 1 + edits;
      }
    }
    if (bare.length() >= LEAST_PART && other.contains(bare)) {
      return CONTAINS + other.length() - bare.length();
    }
    return other.length() > LEAST_PART && bare.contains(other)
        ? CONTAINED + bare.length() - other.length()
        : UNLIKE;
  }

  /// How many letters must be put in, taken out or changed (Levenshtein).
  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
