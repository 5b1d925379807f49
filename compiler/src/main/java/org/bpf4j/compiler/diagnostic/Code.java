package org.bpf4j.compiler.diagnostic;

/// The catalogue of diagnostics: one entry, one page under `docs/diagnostics`, one case at least.
///
/// `BPF1xxx` is Java that is not accepted, `BPF2xxx` a rule that the typed program breaks,
/// `BPF3xxx` a limit, `BPF4xxx` the verifier's. Numbers are never reused.
public enum Code {
  BPF1001("floating point"),
  BPF1002("exceptions"),
  BPF1003("object creation that has no fixed size"),
  BPF1004("string operation"),
  BPF1005("statement that BPF code cannot have"),
  BPF1006("expression that BPF code cannot have"),
  BPF1007("call of a method that is not BPF code"),
  BPF1008("type that BPF code cannot use"),
  BPF1009("instance state"),
  BPF1010("reference comparison"),
  BPF1011("map declaration"),
  BPF1012("global declaration"),
  BPF1013("struct, record or view declaration"),
  BPF1014("program declaration"),
  BPF1015("BPF global or map touched by code that is not BPF code"),
  BPF1016("lambda or method reference"),
  BPF1017("static initialiser"),
  BPF1018("array whose length is not constant"),
  BPF1019("format string"),
  BPF1020("declaration of what the kernel has"),
  BPF2001("recursion"),
  BPF2002("helper not allowed in this kind of program"),
  BPF2003("helper or feature newer than minKernel"),
  BPF2004("value that may be null"),
  BPF2005("view used after the packet may have moved"),
  BPF2006("map reference used after the map changed"),
  BPF2007("ring record lost"),
  BPF2008("ring record used after it was handed over"),
  BPF2009("instance that is still in use is created again"),
  BPF2010("store to a constant"),
  BPF2011("helper that needs a GPL-compatible licence"),
  BPF2012("licence"),
  BPF2013("reference that outlives its function"),
  BPF2014("map not allowed in this kind of program"),
  BPF2015("context access"),
  BPF2016("read-modify-write of a shared value that is not atomic"),
  BPF2017("spin lock, timer or pointer of the kernel"),
  BPF2018("argument of a helper"),
  BPF2019("arena"),
  BPF2020("object in a list or tree"),
  BPF2021("security hook in which programs do not sleep"),
  BPF2022("critical section"),
  BPF3001("stack of more than 512 bytes"),
  BPF3002("too many arguments"),
  BPF3003("program too large"),
  BPF3004("sidecar missing or of another format"),
  BPF3005("loop too long for the verifier"),
  BPF4001("rejected by the verifier");

  private final String title;

  Code(String title) {
    this.title = title;
  }

  /// The number as it is printed: `BPF2004`.
  public String id() {
    return name();
  }

  /// What it is about, in a few words; the title of its page.
  public String title() {
    return title;
  }
}
