package org.bpf4j.compiler.machine;

/// What an operand of a [MachineInsn] names: a virtual register, of which there are as many as one
/// likes, or one of the machine's ten that programs may write.
public sealed interface Register {

  /// A register before allocation.
  ///
  /// @param id unique in its function
  /// @param content what it holds, which decides how gladly it is spilled
  record Virtual(int id, Content content) implements Register {
    /// The content's letter and the id: `n3`.
    @Override
    public String toString() {
      return content.letter() + Integer.toString(id);
    }
  }

  /// A register of the machine, `r0` to `r9`; the frame pointer is never named, see
  /// [MachineInsn.Base.Slot].
  record Physical(org.bpf4j.isa.Register register) implements Register {
    /// Refuses the frame pointer.
    public Physical {
      if (register == org.bpf4j.isa.Register.R10) {
        throw new IllegalArgumentException("the frame pointer is not an operand");
      }
    }

    /// The register of that number, 0 to 9.
    public static Physical of(int number) {
      return new Physical(org.bpf4j.isa.Register.of(number));
    }

    /// 0 to 9.
    public int number() {
      return register.number();
    }

    /// `r3`.
    @Override
    public String toString() {
      return register.toString();
    }
  }

  /// What a virtual register holds.
  enum Content {
    /// A number of which nothing need be known.
    NUMBER('n'),
    /// A number that was compared for the verifier's sake: kernels before 6.8 forget its range when
    /// it is spilled, so this is the last to be.
    CHECKED('c'),
    /// An address that the verifier tracks, through spills too.
    POINTER('p');

    private final char letter;

    Content(char letter) {
      this.letter = letter;
    }

    /// Its letter in text.
    public char letter() {
      return letter;
    }

    /// The content with that letter.
    ///
    /// @throws IllegalArgumentException if there is none
    public static Content of(char letter) {
      for (Content content : values()) {
        if (content.letter == letter) {
          return content;
        }
      }
      throw new IllegalArgumentException("no register content '" + letter + "'");
    }
  }
}
