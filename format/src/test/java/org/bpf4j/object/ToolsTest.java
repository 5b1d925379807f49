package org.bpf4j.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bpf4j.btf.Btf;
import org.bpf4j.isa.Insn;
import org.bpf4j.isa.Insn.AluOp;
import org.bpf4j.isa.Insn.ImmKind;
import org.bpf4j.isa.Insn.JumpOp;
import org.bpf4j.isa.Insn.Operand;
import org.bpf4j.isa.Insn.Order;
import org.bpf4j.isa.InsnParser;
import org.bpf4j.isa.InsnPrinter;
import org.bpf4j.isa.MemorySize;
import org.bpf4j.isa.RandomInsns;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Others read our files as we mean them.
class ToolsTest {

  private static final Pattern LINE = Pattern.compile(" +\\d+:\\t(.*?)(?: <\\S+>)?");

  @TempDir Path directory;

  @Test
  void llvmDisassemblesTheSame() throws Exception {
    Assumptions.assumeTrue(Tool.isInstalled("llvm-objdump"), "llvm-objdump is not installed");
    List<Insn> insns = new ArrayList<>();
    for (Insn insn : new RandomInsns(new Random(6)).insns(5_000)) {
      if (isKnownToOldLlvm(insn)) {
        insns.add(insn);
      }
    }
    BpfFunction function = new BpfFunction("all", true, insns, List.of(), List.of(), List.of(), 0);
    CodeSection section = new CodeSection("xdp", List.of(function));
    Path file = write(object(section));
    String text =
        Tool.run("llvm-objdump", "-d", "--mcpu=v3", "--no-show-raw-insn", file.toString());
    List<String> theirs = new ArrayList<>();
    for (String line : text.lines().toList()) {
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches()) {
        theirs.add(InsnPrinter.print(InsnParser.parse(matcher.group(1))));
      }
    }
    assertThat(insns).hasSizeGreaterThan(1_500);
    assertThat(theirs).isEqualTo(insns.stream().map(InsnPrinter::print).toList());
  }

  /// What LLVM 14 knows and writes like the kernel: no ISA v4, no remainders, no stores of
  /// constants, no atomics of 32 bits, no bit tests, and calls of helpers only.
  private static boolean isKnownToOldLlvm(Insn insn) {
    return switch (insn) {
      case Insn.Alu alu ->
          alu.op() != AluOp.SDIV && alu.op() != AluOp.SMOD && alu.op() != AluOp.MOD;
      case Insn.Swap swap -> swap.order() != Order.SWAP;
      case Insn.LoadImm64 load -> load.kind() == ImmKind.VALUE;
      case Insn.Load load -> !load.signed();
      case Insn.Store store -> store.src() instanceof Operand.Reg;
      case Insn.Jump jump -> !jump.far();
      case Insn.Call call -> call.kind() == Insn.CallKind.HELPER;
      case Insn.Atomic atomic -> atomic.size() == MemorySize.DW;
      case Insn.Branch branch -> branch.op() != JumpOp.SET;
      case Insn.LegacyLoad load -> !load.indirect();
      case Insn.Exit _ -> true;
      case Insn.MoveSignExtend _,
          Insn.Ordered _,
          Insn.MayGoto _,
          Insn.CallRegister _,
          Insn.JumpRegister _,
          Insn.Unknown _,
          Insn.AddressSpaceCast _ ->
          false;
    };
  }

  private static BpfObject object(CodeSection section) {
    return new BpfObject(
        "GPL", List.of(section), List.of(), List.of(), Btf.EMPTY, Optional.empty(), List.of());
  }

  private Path write(BpfObject object) throws IOException {
    return Files.write(directory.resolve("object.bpf.o"), ElfWriter.write(object));
  }

  @Test
  void readelfFindsNothingStrange() throws Exception {
    Assumptions.assumeTrue(Tool.isInstalled("readelf"), "readelf is not installed");
    String text = Tool.run("readelf", "-aW", write(SampleObject.build()).toString());
    assertThat(text).contains("Linux BPF").doesNotContainIgnoringCase("warning");
    assertThat(text).containsPattern("FUNC +GLOBAL +DEFAULT +\\d+ filter");
    assertThat(text).containsPattern("R_BPF_\\w+ +0+ counts");
  }

  @Test
  void bpftoolReadsTheTypes() throws Exception {
    Assumptions.assumeTrue(Tool.isInstalled("bpftool"), "bpftool is not installed");
    BpfObject object = SampleObject.build();
    String text = Tool.run("bpftool", "btf", "dump", "file", write(object).toString());
    assertThat(text.lines().filter(line -> line.startsWith("[")).count())
        .isEqualTo(object.btf().count());
    assertThat(text)
        .contains("DATASEC '.maps' size=120 vlen=4")
        .contains("type_id=11 offset=0 size=40 (VAR 'counts')")
        .contains("FUNC 'filter' type_id=49 linkage=global")
        .contains("FUNC 'twice' type_id=40 linkage=static");
  }

  @Test
  void libbpfLoadsItIntoTheKernel() throws Exception {
    Assumptions.assumeTrue(Tool.kernelWanted(), "-Dbpf4j.kernel is off");
    Tool.assumeKernel(Tool.isInstalled("bpftool"), "bpftool is not installed");
    Tool.assumeKernel("root".equals(System.getProperty("user.name")), "not root");
    String script =
        """
        mount -t bpf bpf "$1/fs" && bpftool prog loadall "$2" "$1/fs/programs" \
        && bpftool prog dump xlated pinned "$1/fs/programs/filter" linum \
        && bpftool prog dump xlated pinned "$1/fs/programs/on_execve"
        """;
    Files.createDirectory(directory.resolve("fs"));
    String file = write(SampleObject.build()).toString();
    String text = Tool.run("unshare", "-m", "sh", "-c", script, "sh", directory.toString(), file);
    assertThat(text)
        .contains("int filter(struct xdp_md * ctx):")
        .contains("[file:com/example/Sample.java line_num:28 line_col:3]")
        .containsPattern("r1 = map\\[id:\\d+]\\[0]\\+8")
        .containsPattern("call pc\\+\\d+#bpf_prog_\\w+_twice")
        .containsPattern("call pc\\+\\d+#bpf_prog_\\w+_checked")
        .containsPattern("r2 = subprog\\[\\+\\d+]")
        .doesNotContain("unrecognized");
  }
}
