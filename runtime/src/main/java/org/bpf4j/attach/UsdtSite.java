package org.bpf4j.attach;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BiPredicate;

/// An instruction that is a static probe.
///
/// @param provider the probe's provider
/// @param name the probe's name
/// @param offset where the instruction is in the file
/// @param semaphore where in the file the counter is that the code looks at first, or 0
/// @param arguments where the arguments are, as the note has it
record UsdtSite(String provider, String name, long offset, long semaphore, String arguments) {

  /// `SHT_NOTE`, `NT_STAPSDT`, and where notes have their parts.
  private static final int NOTES = 7;

  private static final int PROBE = 3;
  private static final int HEADER_BYTES = 12;
  private static final String OWNER = "stapsdt";

  /// The probes of a file that are wanted, by provider and name.
  ///
  /// A section that the linker knows of tells how far addresses were moved after the notes were
  /// written.
  static List<UsdtSite> find(Image image, BiPredicate<String, String> wanted) {
    List<Image.Section> sections = image.sections();
    OptionalLong base =
        sections.stream()
            .filter(section -> section.name().equals(".stapsdt.base"))
            .mapToLong(Image.Section::address)
            .findFirst();
    List<UsdtSite> sites = new ArrayList<>();
    for (Image.Section section : sections) {
      if (section.type() == NOTES && section.name().equals(".note.stapsdt")) {
        addNotes(image, section.contents(), base, wanted, sites);
      }
    }
    return sites;
  }

  private static void addNotes(
      Image image,
      MemorySegment notes,
      OptionalLong base,
      BiPredicate<String, String> wanted,
      List<UsdtSite> sites) {
    long at = 0;
    while (at + HEADER_BYTES <= notes.byteSize()) {
      long nameBytes = Integer.toUnsignedLong(notes.get(Image.INT, at));
      long bytes = Integer.toUnsignedLong(notes.get(Image.INT, at + 4));
      int type = notes.get(Image.INT, at + 8);
      MemorySegment owner = notes.asSlice(at + HEADER_BYTES, nameBytes);
      long start = aligned(at + HEADER_BYTES + nameBytes);
      if (type == PROBE && nameBytes == OWNER.length() + 1 && image.text(owner, 0).equals(OWNER)) {
        addNote(image, notes.asSlice(start, bytes), base, wanted, sites);
      }
      at = aligned(start + bytes);
    }
  }

  private static long aligned(long at) {
    return (at + 3) & ~3L;
  }

  /// Three addresses, of the instruction, the base and the semaphore, then three texts.
  private static void addNote(
      Image image,
      MemorySegment note,
      OptionalLong base,
      BiPredicate<String, String> wanted,
      List<UsdtSite> sites) {
    MemorySegment texts = note.asSlice(3 * Long.BYTES);
    String provider = image.text(texts, 0);
    long nameAt = bytes(provider);
    String name = image.text(texts, nameAt);
    if (!wanted.test(provider, name)) {
      return;
    }
    long moved = base.isPresent() ? base.getAsLong() - note.get(Image.LONG, 8) : 0;
    long semaphore = note.get(Image.LONG, 16);
    sites.add(
        new UsdtSite(
            provider,
            name,
            place(image, note.get(Image.LONG, 0) + moved),
            semaphore == 0 ? 0 : place(image, semaphore + moved),
            image.text(texts, nameAt + bytes(name))));
  }

  private static long bytes(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length + 1L;
  }

  private static long place(Image image, long address) {
    return image
        .place(address)
        .orElseThrow(
            () ->
                new IndexOutOfBoundsException(
                    "a probe at 0x" + Long.toHexString(address) + ", which is not loaded"));
  }
}
