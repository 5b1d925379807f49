package org.bpf4j.random;

import java.util.ArrayList;
import java.util.List;

/// A part of a Java file, coarse enough to be left out as a whole.
sealed interface Piece {

  /// The statements in it, itself included.
  int statements();

  /// Writes it, indented.
  void write(StringBuilder to, int depth);

  /// A simple statement or declaration.
  record Line(String text) implements Piece {
    @Override
    public int statements() {
      return 1;
    }

    @Override
    public void write(StringBuilder to, int depth) {
      to.append("  ".repeat(depth)).append(text).append('\n');
    }
  }

  /// A statement around others: a head with an opening brace, and what closes it.
  record Block(String head, List<Piece> body, String tail) implements Piece {

    /// Copies the list.
    public Block {
      body = List.copyOf(body);
    }

    @Override
    public int statements() {
      return 1 + count(body);
    }

    @Override
    public void write(StringBuilder to, int depth) {
      to.append("  ".repeat(depth)).append(head).append('\n');
      body.forEach(piece -> piece.write(to, depth + 1));
      to.append("  ".repeat(depth)).append(tail).append('\n');
    }
  }

  /// The statements of a list.
  static int count(List<Piece> pieces) {
    return pieces.stream().mapToInt(Piece::statements).sum();
  }

  /// Every list that is the given one with less in it: without some neighbours, the most first,
  /// with a block's body instead of the block, or with less in a block.
  static List<List<Piece>> smaller(List<Piece> pieces) {
    List<List<Piece>> smaller = new ArrayList<>();
    for (int length = pieces.size(); length >= 1; length /= 2) {
      for (int from = 0; from + length <= pieces.size(); from += length) {
        smaller.add(replaced(pieces, from, from + length, List.of()));
      }
    }
    for (int i = 0; i < pieces.size(); i++) {
      if (pieces.get(i) instanceof Block(String head, List<Piece> body, String tail)) {
        smaller.add(replaced(pieces, i, i + 1, body));
        for (List<Piece> less : smaller(body)) {
          smaller.add(replaced(pieces, i, i + 1, List.of(new Block(head, less, tail))));
        }
      }
    }
    return smaller;
  }

  private static List<Piece> replaced(List<Piece> pieces, int from, int to, List<Piece> by) {
    List<Piece> result = new ArrayList<>(pieces.subList(0, from));
    result.addAll(by);
    result.addAll(pieces.subList(to, pieces.size()));
    return result;
  }
}
