package org.bpf4j.inventory;

import java.time.Instant;
import java.util.List;

/// A program in the kernel.
///
/// @param id its number, which no other program gets while the machine runs
/// @param type its type in lower case, as in `BPF_PROG_TYPE_*`: `xdp`, `sched_cls`
/// @param name its full name where it has type information, else the first 15 letters
/// @param tag the hash of its instructions, in hex: equal programs have equal tags
/// @param loadedAt when it was loaded
/// @param user the number of the user who loaded it
/// @param gplCompatible whether its licence lets it call helpers that are for GPL programs only
/// @param typesId the number of its type information, or 0
/// @param mapIds the numbers of the maps that it uses
/// @param networkInterface the index of the interface on whose hardware it runs, or 0
/// @param code its instructions
/// @param activity what it did so far
/// @param tenure what keeps it there
public record ListedProgram(
    int id,
    String type,
    String name,
    String tag,
    Instant loadedAt,
    int user,
    boolean gplCompatible,
    int typesId,
    List<Integer> mapIds,
    int networkInterface,
    ProgramSize code,
    ProgramActivity activity,
    Tenure tenure) {

  /// Copies the list.
  public ListedProgram {
    mapIds = List.copyOf(mapIds);
  }
}
