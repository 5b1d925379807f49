package org.bpf4j.compiler.validate;

import java.util.List;
import java.util.Optional;
import org.bpf4j.compiler.ast.Declaration;
import org.bpf4j.compiler.ast.Declaration.Member;
import org.bpf4j.compiler.ast.Layouts;
import org.bpf4j.compiler.ast.Layouts.StructLayout;
import org.bpf4j.compiler.ast.MapForm;
import org.bpf4j.compiler.ast.Program;
import org.bpf4j.compiler.ast.Storage;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;

/// The key of a longest-prefix map is a length in host order, and bits in network order without
/// gaps: the kernel counts bits from the first byte behind the length on.
final class PrefixRule implements Rule {

  /// `LPM_DATA_SIZE_MAX` of `kernel/bpf/lpm_trie.c`.
  private static final int MAX_BYTES = 256;

  @Override
  public List<Diagnostic> check(Program program) {
    Layouts layouts = new Layouts(program.declarations());
    return program.maps().stream()
        .filter(map -> map.type().form() == MapForm.LPM_TRIE)
        .flatMap(map -> fault(map, program, layouts).stream())
        .toList();
  }

  private static Optional<Diagnostic> fault(
      Unit.MapDeclaration map, Program program, Layouts layouts) {
    return fault(map.type().key(), program, layouts)
        .map(
            fault ->
                Diagnostic.error(
                    Code.BPF1011,
                    map.span(),
                    "the key of `" + map.name() + "` is no prefix: " + fault,
                    "record Prefix(@U32 int length, @Be32 int address) {}, or Ipv4Prefix,"
                        + " Ipv6Prefix"));
  }

  private static Optional<String> fault(Type key, Program program, Layouts layouts) {
    Optional<List<Member>> members = members(key, program);
    if (members.isEmpty() || members.get().size() < 2) {
      return Optional.of("it must be a record or struct of a length and bits");
    }
    StructLayout layout = layouts.struct(name(key));
    Storage length = members.get().getFirst().storage();
    if (length != Storage.U32 && length != Storage.S32) {
      return Optional.of("it must begin with the number of bits, a host-order number of 4 bytes");
    }
    int end = Integer.BYTES;
    for (Layouts.Field field : layout.fields().subList(1, layout.fields().size())) {
      if (field.offset() != end) {
        return Optional.of("there is a gap before `" + field.member().name() + "`; use @At");
      }
      end += field.bytes();
      if (!isBits(field.member(), program)) {
        return Optional.of(
            "`" + field.member().name() + "` must be in network order, such as @Be32");
      }
    }
    return layout.size() > Integer.BYTES + MAX_BYTES
        ? Optional.of("it has more than " + MAX_BYTES + " bytes behind the length")
        : Optional.empty();
  }

  private static boolean isBits(Member member, Program program) {
    return switch (member.storage()) {
      case BE16, BE24, BE32, BE48, BE64, U8, S8 -> true;
      case U16, S16, U32, S32, U64 ->
          members(member.type(), program)
              .filter(inner -> inner.stream().allMatch(each -> isBits(each, program)))
              .isPresent();
    };
  }

  private static String name(Type type) {
    return switch (type) {
      case Type.RecordType(String name) -> name;
      case Type.StructType(String name) -> name;
      default -> "";
    };
  }

  private static Optional<List<Member>> members(Type type, Program program) {
    return switch (program.declarations().get(name(type))) {
      case Declaration.RecordDecl record -> Optional.of(record.members());
      case Declaration.StructDecl struct -> Optional.of(struct.members());
      case null, default -> Optional.empty();
    };
  }
}
