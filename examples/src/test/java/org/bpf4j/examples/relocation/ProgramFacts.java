package org.bpf4j.examples.relocation;

import org.bpf4j.lang.BitField;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Iter;
import org.bpf4j.lang.IterContext;
import org.bpf4j.lang.KernelEnum;
import org.bpf4j.lang.KernelStruct;

/// Lists loaded programs with their bits.
@Bpf(license = "GPL")
public final class ProgramFacts {

  @KernelStruct
  interface BpfProg {
    @BitField
    int jited();

    @BitField
    int gplCompatible();

    @KernelEnum
    int type();

    BpfProgAux aux();
  }

  @KernelStruct
  interface BpfProgAux {
    int id();
  }

  @Iter("bpf_prog")
  static void programFacts(IterContext out, BpfProg program) {
    if (program.aux().id() != 0) {
      out.print(
          "program %d type %d gpl %d jited %d\n",
          program.aux().id(), program.type(), program.gplCompatible(), program.jited());
    }
  }

  private ProgramFacts() {}
}
