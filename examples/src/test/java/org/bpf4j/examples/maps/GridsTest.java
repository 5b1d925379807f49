package org.bpf4j.examples.maps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bpf4j.junit.BpfTest;
import org.bpf4j.kernel.Kernel;
import org.junit.jupiter.api.Test;

@BpfTest
class GridsTest {

  @Test
  void userSpaceReadsAndWritesElementsOfRows(Kernel kernel) {
    try (GridsBpf bpf = GridsBpf.load(kernel)) {
      Grids.Board board = new Grids.Board();
      for (int i = 0; i < 6; i++) {
        board.heights[i / 3][i % 3] = (short) (i + 1);
      }
      board.cells[1][0].weight = 70;
      bpf.boards().put(1, board);
      bpf.sums(1, 0, 40);
      Grids.Cell cell = new Grids.Cell();
      cell.kind = 9;
      bpf.cells(1, 0, cell);

      assertThat(bpf.add().run()).isEqualTo(6);

      assertThat(bpf.sums(0, 2)).isEqualTo(3);
      assertThat(bpf.sums(1, 0)).isEqualTo(44);
      assertThat(bpf.cells(2, 1).weight).isEqualTo(70);
      Grids.Board after = bpf.boards().getOrThrow(1);
      assertThat(after.cells[0][1].kind).isEqualTo((byte) 9);
      assertThat(after.heights[1]).containsExactly((short) 4, (short) 5, (short) 6);
    }
  }

  @Test
  void anIndexBeyondItsRowIsRefused(Kernel kernel) {
    try (GridsBpf bpf = GridsBpf.load(kernel)) {
      assertThatThrownBy(() -> bpf.sums(0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> bpf.sums(2, 0, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    }
  }
}
