package org.bpf4j.object;

import java.util.Set;

/// Java names as C identifiers, as ELF symbols and BTF types need them.
///
/// The compiler writes objects with these names and generated code finds things by them.
public final class CName {

  /// The keywords of C11, which tools that generate C from BTF could not print.
  private static final Set<String> KEYWORDS =
      Set.of(
          "auto",
          "break",
          "case",
          "char",
          "const",
          "continue",
          "default",
          "do",
          "double",
          "else",
          "enum",
          "extern",
          "float",
          "for",
          "goto",
          "if",
          "inline",
          "int",
          "long",
          "register",
          "restrict",
          "return",
          "short",
          "signed",
          "sizeof",
          "static",
          "struct",
          "switch",
          "typedef",
          "typeof",
          "union",
          "unsigned",
          "void",
          "volatile",
          "while",
          "bool",
          "asm");

  private CName() {}

  /// Whether C reserves the name.
  public static boolean isKeyword(String name) {
    return KEYWORDS.contains(name);
  }

  /// A variable, field or function: anything but letters, digits and `_` becomes `_`, and a keyword
  /// gets one behind it.
  public static String of(String javaName) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < javaName.length(); i++) {
      char c = javaName.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
      boolean digit = c >= '0' && c <= '9';
      if (digit && i == 0) {
        name.append('_');
      }
      name.append(letter || digit ? c : '_');
    }
    return KEYWORDS.contains(name.toString()) ? name + "_" : name.toString();
  }

  /// A type, from its binary name: the package is left out, `Firewall$Stats` gives
  /// `Firewall_Stats`.
  public static String ofType(String binaryName) {
    return of(binaryName.substring(binaryName.lastIndexOf('.') + 1));
  }
}
