package org.bpf4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.object.ProgramKind;
import org.junit.jupiter.api.Test;

/// The table of what each kernel does has a row for all that there is, and says nothing that the
/// tables of first kernels deny.
class KernelTableTest {

  private static final List<String> CORE =
      List.of(
          "`@Xdp`",
          "`@Tc`",
          "`@Tracepoint`",
          "`@Uprobe`",
          "`@Uretprobe`",
          "`hash`",
          "`array`",
          "`percpu_array`",
          "`lru_hash`",
          "`ringbuf`",
          "structs are read where they are, by libbpf too",
          "many entries at once, and all in turn",
          "an array in memory",
          "a map that is pinned and opened again");

  private static final List<String> KERNEL_PROBES = List.of("`@Kprobe`", "`@Kretprobe`");

  /// The cells of each row, those of the head under the name `""`.
  private static Map<String, List<String>> rows() throws IOException {
    String page = Files.readString(Markdown.ROOT.resolve("docs/kernels.md"));
    int begin = page.indexOf("<!-- kernels -->");
    assertThat(begin).isNotNegative();
    Map<String, List<String>> rows = new LinkedHashMap<>();
    page.substring(begin, page.indexOf("<!-- end -->", begin))
        .lines()
        .filter(line -> line.startsWith("| "))
        .map(line -> Arrays.asList(line.split("\\|", -1)))
        .forEach(
            cells ->
                rows.put(
                    cells.get(1).strip(),
                    cells.subList(2, cells.size() - 1).stream().map(String::strip).toList()));
    return rows;
  }

  /// The release that a column is about.
  private static KernelVersion kernel(String head) {
    return KernelVersion.parse(head.substring(head.lastIndexOf(' ') + 1));
  }

  @Test
  void columnsAreTheKernels() throws IOException {
    assertThat(rows().get("").stream().map(KernelTableTest::kernel).map(Object::toString))
        .contains("5.10", "6.1", "6.12", "6.18")
        .anyMatch(kernel -> kernel.startsWith("7."));
  }

  @Test
  void everyCellIsOneOfTheWords() throws IOException {
    Map<String, List<String>> rows = rows();
    int columns = rows.get("").size();
    rows.forEach(
        (row, cells) -> {
          assertThat(cells).as(row).hasSize(columns);
          if (!row.isEmpty()) {
            assertThat(cells)
                .as(row)
                .allMatch(cell -> cell.matches("ok|absent|hangs|untried|needs \\d+\\.\\d+"));
          }
        });
  }

  @Test
  void everyKindIsThereFromItsFirstKernelOn() throws IOException {
    Map<String, List<String>> rows = rows();
    List<String> head = rows.get("");
    for (ProgramKind kind : ProgramKind.values()) {
      List<String> cells = rows.get("`@" + kind.annotation() + "`");
      assertThat(cells).as(kind.annotation()).isNotNull().contains("ok");
      for (int i = 0; i < cells.size(); i++) {
        boolean older = kernel(head.get(i)).compareTo(kind.since()) < 0;
        assertThat(cells.get(i).equals("needs " + kind.since()))
            .as(kind.annotation() + " of " + head.get(i))
            .isEqualTo(older);
      }
    }
  }

  @Test
  void theCoreIsEverywhere() throws IOException {
    Map<String, List<String>> rows = rows();
    for (String row : CORE) {
      assertThat(rows.get(row)).as(row).isNotNull().containsOnly("ok");
    }
    List<String> head = rows.get("");
    for (String row : KERNEL_PROBES) {
      List<String> ofDistributions =
          Stream.iterate(0, i -> i < head.size(), i -> i + 1)
              .filter(i -> head.get(i).indexOf(' ') < 0)
              .map(rows.get(row)::get)
              .toList();
      assertThat(ofDistributions).as(row).containsOnly("ok");
    }
  }
}
