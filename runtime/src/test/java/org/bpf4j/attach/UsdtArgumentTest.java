package org.bpf4j.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.ProbeSpecs;
import org.bpf4j.object.ProbeSpecs.Form;
import org.bpf4j.sys.Architecture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsdtArgumentTest {

  private static UsdtArgument x86(String text) {
    return UsdtArgument.parse(text, Architecture.X86_64);
  }

  private static UsdtArgument arm(String text) {
    return UsdtArgument.parse(text, Architecture.AARCH64);
  }

  @Test
  void placesOfX86() {
    assertThat(x86("8@$-5")).isEqualTo(new UsdtArgument(Form.CONSTANT, -5, 0, 0, 0, false, 8));
    assertThat(x86("-4@%esi")).isEqualTo(new UsdtArgument(Form.REGISTER, 0, 104, 0, 0, true, 4));
    assertThat(x86("1@%r13b")).isEqualTo(new UsdtArgument(Form.REGISTER, 0, 16, 0, 0, false, 1));
    assertThat(x86("8@-16(%rbp)"))
        .isEqualTo(new UsdtArgument(Form.MEMORY, -16, 32, 0, 0, false, 8));
    assertThat(x86("2@(%rsp)")).isEqualTo(new UsdtArgument(Form.MEMORY, 0, 152, 0, 0, false, 2));
    assertThat(x86("8@8(%rbx,%rcx,4)"))
        .isEqualTo(new UsdtArgument(Form.INDEXED, 8, 40, 88, 2, false, 8));
    assertThat(x86("8@(%rbx,%rcx)"))
        .isEqualTo(new UsdtArgument(Form.INDEXED, 0, 40, 88, 0, false, 8));
  }

  @Test
  void placesOfArm() {
    assertThat(arm("8@17")).isEqualTo(new UsdtArgument(Form.CONSTANT, 17, 0, 0, 0, false, 8));
    assertThat(arm("-4@x3")).isEqualTo(new UsdtArgument(Form.REGISTER, 0, 24, 0, 0, true, 4));
    assertThat(arm("4@w30")).isEqualTo(new UsdtArgument(Form.REGISTER, 0, 240, 0, 0, false, 4));
    assertThat(arm("8@[sp, 88]")).isEqualTo(new UsdtArgument(Form.MEMORY, 88, 248, 0, 0, false, 8));
    assertThat(arm("8@[x1]")).isEqualTo(new UsdtArgument(Form.MEMORY, 0, 8, 0, 0, false, 8));
    assertThat(arm("8@[x1,-8]")).isEqualTo(new UsdtArgument(Form.MEMORY, -8, 8, 0, 0, false, 8));
  }

  @Test
  void listsOfArguments() {
    assertThat(UsdtArgument.split("8@%rdi -4@-8(%rbp,%rax,4)  1@$7"))
        .containsExactly("8@%rdi", "-4@-8(%rbp,%rax,4)", "1@$7");
    assertThat(UsdtArgument.split("8@[sp, 88] -4@x0 8@[x1]"))
        .containsExactly("8@[sp, 88]", "-4@x0", "8@[x1]");
    assertThat(UsdtArgument.split("")).isEmpty();
    assertThat(UsdtArgument.split("4@table(%rip) 8@%rdi")).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4@table(%rip)",
        "8@%xmm0",
        "8@%fs:16",
        "8@-99999999999(%rbp)",
        "8@$table",
        "8@%ah",
        "8@(%rbx,%rcx,3)",
        "8@"
      })
  void otherPlacesAreNamed(String text) {
    assertThatThrownBy(() -> x86(text))
        .isInstanceOf(UnsupportedFeatureException.class)
        .hasMessageContaining(text);
  }

  @Test
  void longNonsenseIsShortened() {
    assertThatThrownBy(() -> UsdtArgument.split("8@%rdi " + "x".repeat(100_000)))
        .isInstanceOf(UnsupportedFeatureException.class)
        .hasMessageMatching("(?s).{1,300}");
    assertThatThrownBy(() -> arm("8@x31")).isInstanceOf(UnsupportedFeatureException.class);
  }

  @Test
  void layoutIsLibbpfs() {
    MemorySegment bytes = MemorySegment.ofArray(new byte[ProbeSpecs.ARGUMENT_BYTES]);
    x86("-4@-8(%rbp,%rax,8)").write(bytes);
    assertThat(HexFormat.of().formatHex(bytes.toArray(java.lang.foreign.ValueLayout.JAVA_BYTE)))
        .isEqualTo("f8ffffffffffffff" + "03" + "5030" + "00" + "2000" + "01" + "20");
    assertThat(ProbeSpecs.BYTES).isEqualTo(208);
  }
}
