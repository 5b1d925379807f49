package org.bpf4j.examples.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bpf4j.examples.RealKernel;
import org.bpf4j.kernel.Kernel;
import org.bpf4j.sim.SimulatedKernel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TreeKernelTest {

  private static final List<Integer> NUMBERS = List.of(50, 20, 70, 20, 60, 90, 10, 20, 70, 30);

  @Test
  void userSpaceReadsATreeOfThisKernel() {
    RealKernel.use();
    readsATree(Kernel.local());
  }

  @Test
  void userSpaceReadsATreeOfTheSimulatedKernel() {
    readsATree(SimulatedKernel.create());
  }

  @Test
  void userSpaceReadsATreeOfJavaBodies() {
    readsATree(SimulatedKernel.runningJava());
  }

  private static void readsATree(Kernel kernel) {
    try (TreeBpf bpf = TreeBpf.load(kernel)) {
      assertThat(bpf.root()).isNull();
      for (int number : NUMBERS) {
        Tree.Seen seen = new Tree.Seen();
        seen.number = number;
        assertThat(bpf.add().run(seen).result()).isPositive();
      }
      Tree.Node root = Objects.requireNonNull(bpf.root());
      List<String> found = new ArrayList<>();
      collect(root, found);
      assertThat(found)
          .containsExactly(
              "number 10: 1",
              "number 20: 3",
              "number 30: 1",
              "number 50: 1",
              "number 60: 1",
              "number 70: 2",
              "number 90: 1");
      Tree.Node latest = Objects.requireNonNull(root.latest);
      assertThat(latest.number).isEqualTo(30);
      assertThat(latest).isSameAs(Objects.requireNonNull(root.sides[0]).sides[1]);
      assertThat(bpf.nodes().usedBytes()).isEqualTo(7 * 48);
    }
  }

  private static void collect(Tree.@Nullable Node node, List<String> into) {
    if (node != null) {
      collect(node.sides[0], into);
      into.add(node.text.text() + ": " + node.count);
      collect(node.sides[1], into);
    }
  }

  @Test
  void whatIsClosedIsNotRead() {
    RealKernel.use();
    TreeBpf bpf = TreeBpf.load();
    bpf.close();
    assertThatThrownBy(bpf::root).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void twoArenasLieBesideEachOther() {
    RealKernel.use();
    try (TreeBpf one = TreeBpf.load();
        TreeBpf other = TreeBpf.load()) {
      Tree.Seen seen = new Tree.Seen();
      seen.number = 7;
      one.add().run(seen);
      assertThat(other.root()).isNull();
      seen.number = 8;
      other.add().run(seen);
      assertThat(Objects.requireNonNull(one.root()).number).isEqualTo(7);
      assertThat(Objects.requireNonNull(other.root()).number).isEqualTo(8);
    }
  }
}
