package org.bpf4j.compiler.allocate;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bpf4j.compiler.allocate.Code.LineBlock;
import org.bpf4j.compiler.machine.MachineFlow;
import org.bpf4j.compiler.machine.MachineInsn;
import org.bpf4j.compiler.machine.Register;

/// Which nodes hold a value that is still read, at both ends of each block.
///
/// Each node is followed from the blocks that read it back to those that write it, so that the work
/// is no more than what there is to say; few nodes live through many blocks.
final class Liveness {

  private static final int NEVER = -1;

  private final Map<Integer, Integer> numbers = new HashMap<>();
  private final IntList[] liveIn;
  private final IntList[] liveOut;
  private final IntList[] readers;
  private final IntList[] writers;

  private Liveness(Code code) {
    liveIn = lists(code.blocks.size());
    liveOut = lists(code.blocks.size());
    readers = lists(code.nodes());
    writers = lists(code.nodes());
    for (LineBlock block : code.blocks) {
      numbers.put(block.id(), numbers.size());
    }
  }

  private static IntList[] lists(int count) {
    IntList[] lists = new IntList[count];
    Arrays.setAll(lists, _ -> new IntList());
    return lists;
  }

  static Liveness of(Code code, MachineFlow flow) {
    Liveness liveness = new Liveness(code);
    liveness.summarise(code);
    liveness.follow(code, flow);
    return liveness;
  }

  /// Notes for each node the blocks that read what they did not write, and those that write it.
  private void summarise(Code code) {
    int[] writtenIn = filled(code.nodes());
    int[] readIn = filled(code.nodes());
    for (int block = 0; block < code.blocks.size(); block++) {
      for (Line line : code.blocks.get(block).lines()) {
        MachineInsn<Register> insn = Code.insn(line).orElse(null);
        if (insn == null) {
          continue;
        }
        for (Register register : insn.uses()) {
          int node = Code.node(register);
          if (writtenIn[node] != block && readIn[node] != block) {
            readIn[node] = block;
            readers[node].add(block);
          }
        }
        int node = insn.defined().map(Code::node).orElse(NEVER);
        if (node != NEVER && writtenIn[node] != block) {
          writtenIn[node] = block;
          writers[node].add(block);
        }
      }
    }
  }

  private static int[] filled(int size) {
    int[] array = new int[size];
    Arrays.fill(array, NEVER);
    return array;
  }

  private void follow(Code code, MachineFlow flow) {
    List<int[]> predecessors =
        code.blocks.stream()
            .map(block -> flow.predecessors(block.id()))
            .map(ids -> ids.stream().mapToInt(numbers::get).toArray())
            .toList();
    int[] writes = filled(code.blocks.size());
    int[] enters = filled(code.blocks.size());
    int[] leaves = filled(code.blocks.size());
    IntList work = new IntList();
    for (int node = 0; node < code.nodes(); node++) {
      for (int i = 0; i < writers[node].size(); i++) {
        writes[writers[node].get(i)] = node;
      }
      for (int i = 0; i < readers[node].size(); i++) {
        work.add(readers[node].get(i));
      }
      while (!work.isEmpty()) {
        int block = work.removeLast();
        if (enters[block] == node) {
          continue;
        }
        enters[block] = node;
        liveIn[block].add(node);
        for (int before : predecessors.get(block)) {
          if (leaves[before] != node) {
            leaves[before] = node;
            liveOut[before].add(node);
            if (writes[before] != node) {
              work.add(before);
            }
          }
        }
      }
    }
  }

  /// The nodes that are read from the block's start on before they are written, ascending.
  IntList liveIn(int block) {
    return liveIn[Objects.requireNonNull(numbers.get(block))];
  }

  /// Puts the nodes that are read behind the block before they are written into a set.
  void liveOut(int block, LiveSet set) {
    IntList live = liveOut[Objects.requireNonNull(numbers.get(block))];
    set.clear();
    for (int i = 0; i < live.size(); i++) {
      set.add(live.get(i));
    }
  }
}
