package org.bpf4j.compiler.ast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.bpf4j.compiler.ast.Expr.BinaryOp;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Unit.Local;
import org.bpf4j.compiler.translate.Ast;
import org.bpf4j.object.ObjectNote;
import org.bpf4j.object.ProgramKind;
import org.junit.jupiter.api.Test;

class SidecarTest {
  private static Unit unit() {
    Ast ast = new Ast();
    Local args = ast.arguments(3);
    Local i = ast.local("i\n\"\\é", Primitive.INT);
    ast.global("table", new Type.ArrayType(Primitive.INT), Unit.GlobalKind.CONSTANT, 1L, -2L);
    ast.map(
        "map", new Type.MapType(MapForm.HASH, new Type.Boxed(Primitive.INT), Type.Special.VOID));
    ast.minKernel("6.1");
    Stmt body =
        Ast.count(i, Ast.lit(0), Ast.lit(3), Ast.run(Ast.set(Ast.argument(args, 1), Ast.lit(5L))));
    ast.program(
        ProgramKind.SYSCALL,
        "main",
        Primitive.INT,
        List.of(args),
        body,
        Ast.when(Ast.truth(true), new Stmt.Return(java.util.Optional.of(Ast.lit(1)), Ast.at(9))),
        Ast.ret(Ast.op(BinaryOp.ADD, Ast.lit(1), Ast.lit(Integer.MIN_VALUE))));
    return ast.unit();
  }

  @Test
  void readsWhatItWrote() {
    byte[] bytes = Sidecar.write(unit());
    Unit read = Sidecar.read(bytes);
    assertThat(read).isEqualTo(unit());
    assertThat(Sidecar.write(read)).isEqualTo(bytes);
    assertThatCode(() -> Checker.check(read)).doesNotThrowAnyException();
  }

  @Test
  void otherFormatIsNamed() {
    String text = new String(Sidecar.write(unit()), StandardCharsets.UTF_8);
    byte[] newer =
        text.replaceFirst("bpf4j-ir \\d+", "bpf4j-ir 99").getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> Sidecar.read(newer))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("format 99");
  }

  @Test
  void damagedBytesAreRefusedAndNothingElseHappens() {
    byte[] good = Sidecar.write(unit());
    Random random = new Random(1);
    for (int n = 0; n < 3_000; n++) {
      byte[] bad = java.util.Arrays.copyOf(good, random.nextInt(good.length / 2, good.length + 1));
      for (int k = random.nextInt(4); k >= 0; k--) {
        bad[random.nextInt(bad.length)] = (byte) "()\" 0Aa\\-\n@:".charAt(random.nextInt(12));
      }
      try {
        Sidecar.read(bad);
      } catch (IllegalArgumentException refused) {
        assertThat(refused.getMessage()).isNotBlank();
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
        fail("damage " + n + " gives " + e, e);
      }
    }
  }

  @Test
  void depthIsLimited() {
    String header = "bpf4j-ir " + ObjectNote.FORMAT + "\n";
    byte[] deep = (header + "(Unit ".repeat(200_000)).getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> Sidecar.read(deep)).isInstanceOf(IllegalArgumentException.class);
    byte[] nested = (header + "(".repeat(200_000)).getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> Sidecar.read(nested)).isInstanceOf(IllegalArgumentException.class);
  }
}
