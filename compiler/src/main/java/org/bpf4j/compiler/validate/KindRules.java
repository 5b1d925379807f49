package org.bpf4j.compiler.validate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.bpf4j.compiler.ast.Declaration;
import org.bpf4j.compiler.ast.Declaration.ViewKind;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.MapForm;
import org.bpf4j.compiler.ast.Program;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.ast.Unit.Function;
import org.bpf4j.compiler.ast.Walk;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.diagnostic.Span;
import org.bpf4j.object.Helper;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.object.ProgramKind;

/// What a kind of program may do: which helpers it may call on which kernel and under which licence,
/// which maps it may use, which memory it may write.
final class KindRules {
  private final Program program;
  private final ProgramKind kind;
  private final Function main;
  private final Optional<KernelVersion> minKernel;
  private final String license;
  private final List<Diagnostic> found = new ArrayList<>();

  KindRules(Program program, ProgramKind kind, Function main) {
    this.program = program;
    this.kind = kind;
    this.main = main;
    this.minKernel = program.unit().options().flatMap(Unit.Options::minKernel);
    this.license = program.unit().options().map(Unit.Options::license).orElse("");
  }

  List<Diagnostic> check(Collection<Function> functions) {
    checkSince("a program of kind " + name(), kind.since(), main.span());
    for (Function function : functions) {
      Walk.expressions(function.body(), this::check);
    }
    return found;
  }

  private void check(Expr expr) {
    switch (expr) {
      case Expr.LibraryCall call ->
          helpers(call).forEach(helper -> check(helper, call.method().methodName(), call.span()));
      case Expr.MapRef map -> check(map);
      case Expr.ViewRead read -> {
        if (isView(read.view(), ViewKind.KERNEL_STRUCT)) {
          check(Helper.PROBE_READ_KERNEL, read.accessor(), read.span());
        }
      }
      case Expr.ViewWrite write -> check(write);
      default -> {}
    }
  }

  /// The helpers that a library call comes down to.
  private static Set<Helper> helpers(Expr.LibraryCall call) {
    Set<Helper> helpers = EnumSet.noneOf(Helper.class);
    call.method().helper().ifPresent(helpers::add);
    switch (call.method()) {
      case MAP_GET, MAP_CONTAINS_KEY, SCRATCH_GET -> helpers.add(Helper.MAP_LOOKUP_ELEM);
      case MAP_PUT, MAP_PUT_IF_ABSENT -> helpers.add(Helper.MAP_UPDATE_ELEM);
      case MAP_REMOVE -> helpers.add(Helper.MAP_DELETE_ELEM);
      case RING_RESERVE -> helpers.add(Helper.RINGBUF_RESERVE);
      case RING_SUBMIT -> helpers.add(Helper.RINGBUF_SUBMIT);
      case RING_DISCARD -> helpers.add(Helper.RINGBUF_DISCARD);
      case XDP_ADJUST_HEAD -> helpers.add(Helper.XDP_ADJUST_HEAD);
      case XDP_ADJUST_TAIL -> helpers.add(Helper.XDP_ADJUST_TAIL);
      case TC_PULL -> helpers.add(Helper.SKB_PULL_DATA);
      case TC_CHANGE_TAIL -> helpers.add(Helper.SKB_CHANGE_TAIL);
      case KERNEL_STRING_COPY_TO -> helpers.add(Helper.PROBE_READ_KERNEL_STR);
      default -> {}
    }
    return helpers;
  }

  private void check(Helper helper, String method, Span span) {
    Optional<KernelVersion> since = helper.since(kind);
    if (since.isEmpty()) {
      error(
          Code.BPF2002,
          span,
          "`" + method + "` is not allowed in " + name() + " programs such as `" + program() + "`",
          "bpf_" + helper.kernelName() + " is for " + names(helper.kinds()));
      return;
    }
    checkSince("`" + method + "` in " + name() + " programs", since.get(), span);
    if (helper.gplOnly() && !Licences.isGplCompatible(license)) {
      error(
          Code.BPF2011,
          span,
          "`" + method + "` needs a licence that is compatible with the GPL, not \"" + license + "\"",
          "@Bpf(license = \"GPL\")");
    }
  }

  private void checkSince(String what, KernelVersion since, Span span) {
    if (minKernel.isPresent() && since.compareTo(minKernel.get()) > 0) {
      error(
          Code.BPF2003,
          span,
          what + " needs kernel " + since + ", but minKernel is " + minKernel.get(),
          "@Bpf(minKernel = \"" + since + "\")");
    }
  }

  private void check(Expr.MapRef ref) {
    program.maps().stream()
        .filter(map -> map.owner().equals(ref.owner()) && map.name().equals(ref.name()))
        .forEach(
            map -> {
              MapForm form = map.type().form();
              checkSince("map `" + map.name() + "`", form.kind().since(), ref.span());
              if (kind.sleepable() && form == MapForm.PER_CPU) {
                error(
                    Code.BPF2014,
                    ref.span(),
                    "`" + map.name() + "` is scratch memory of a CPU, but " + name()
                        + " programs may sleep and go on with another CPU",
                    "use a BpfHashMap with a key of your own, or a local");
              }
            });
  }

  /// What may be written through a view depends on what it looks at; packets always may be.
  private void check(Expr.ViewWrite write) {
    if (isView(write.view(), ViewKind.KERNEL_STRUCT)
        || isView(write.view(), ViewKind.TRACEPOINT)) {
      error(
          Code.BPF2015,
          write.span(),
          "`" + write.accessor() + "` cannot be written: programs only read the kernel's memory",
          "");
    } else if (isView(write.view(), ViewKind.CONTEXT) && !isWritable(write)) {
      error(
          Code.BPF2015,
          write.span(),
          "`" + write.accessor() + "` of the context cannot be written in " + name() + " programs",
          "");
    }
  }

  /// The fields that `tc_cls_act_is_valid_access` lets programs write; of `xdp_md` there is none
  /// for programs that are not offloaded, and the context of a syscall program is its own.
  private boolean isWritable(Expr.ViewWrite write) {
    return switch (kind) {
      case SYSCALL -> true;
      case TC -> {
        int at = offset(write);
        yield at == 8 || at == 12 || at == 24 || at == 32 || (at >= 48 && at < 68) || at == 72
            || at == 152;
      }
      case XDP, TRACEPOINT, RAW_TRACEPOINT, KPROBE -> false;
    };
  }

  private int offset(Expr.ViewWrite write) {
    return program.declarations().get(write.view()) instanceof Declaration.ViewDecl view
        ? view.accessors().stream()
            .filter(accessor -> accessor.name().equals(write.accessor()))
            .mapToInt(accessor -> accessor.at().orElse(-1))
            .findFirst()
            .orElse(-1)
        : -1;
  }

  private boolean isView(String name, ViewKind expected) {
    return program.declarations().get(name) instanceof Declaration.ViewDecl view
        && view.kind() == expected;
  }

  private String program() {
    return main.ref().name();
  }

  private String name() {
    return name(kind);
  }

  private static String name(ProgramKind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String names(Set<ProgramKind> kinds) {
    return kinds.isEmpty()
        ? "other kinds of programs"
        : String.join(", ", kinds.stream().map(KindRules::name).toList()) + " programs";
  }

  private void error(Code code, Span span, String message, String help) {
    found.add(Diagnostic.error(code, span, message, help));
  }
}
