package org.bpf4j.examples.maps;

import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Structs;
import org.bpf4j.lang.Syscall;

/// Arrays of arrays that programs and user space share.
@Bpf(license = "GPL")
public final class Grids {

  /// An element.
  @Struct
  static final class Cell {
    byte kind;
    int weight;
  }

  /// What is in a map.
  @Struct
  static final class Board {
    final short[][] heights = new short[2][3];
    final Cell[][] cells = Structs.fillRows(new Cell[2][2], Cell::new);
  }

  static final BpfHashMap<Integer, Board> boards = BpfHashMap.create(2);
  static final long[][] sums = new long[2][3];
  static final Cell[][] cells = Structs.fillRows(new Cell[3][2], Cell::new);

  private Grids() {}

  /// Adds up a board.
  @Syscall
  static int add() {
    Board board = boards.get(1);
    if (board == null) {
      return -1;
    }
    for (int i = 0; i < board.heights.length; i++) {
      for (int j = 0; j < board.heights[i].length; j++) {
        sums[i][j] += board.heights[i][j];
      }
    }
    cells[2][1].weight += board.cells[1][0].weight;
    board.cells[0][1].kind = cells[1][0].kind;
    return board.heights[1][2];
  }
}
