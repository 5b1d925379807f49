package org.bpf4j.object;

import java.util.Locale;

/// What a kernel function takes in a register or gives there, as far as prototypes are compared: a
/// number by its size, a pointer by what it points to.
///
/// @param form the form
/// @param bytes the size of a number
/// @param signed whether a number has a sign
/// @param struct the kernel's name of a struct, else `""`
public record KfuncType(Form form, int bytes, boolean signed, String struct) {

  /// No value.
  public static final KfuncType NOTHING = new KfuncType(Form.NOTHING, 0, false, "");

  /// A pointer to `char`.
  public static final KfuncType CHARACTERS = new KfuncType(Form.CHARACTERS, 0, false, "");

  /// A pointer to `void`.
  public static final KfuncType ANYTHING = new KfuncType(Form.ANYTHING, 0, false, "");

  /// A function that is called with a map, a key and a value, and gives a number.
  public static final KfuncType CALLBACK = new KfuncType(Form.CALLBACK, 0, false, "");

  /// A function that is called with two nodes of a tree, and tells whether the first comes before
  /// the second.
  public static final KfuncType ORDER = new KfuncType(Form.ORDER, 0, false, "");

  /// The forms.
  public enum Form {
    NOTHING,
    NUMBER,
    /// A pointer to a struct.
    STRUCT,
    /// A pointer to a number.
    NUMBERS,
    /// A pointer to `char`.
    CHARACTERS,
    /// A pointer to `void`.
    ANYTHING,
    /// A pointer to a function, see [#CALLBACK].
    CALLBACK,
    /// A pointer to a function, see [#ORDER].
    ORDER
  }

  /// A number.
  public static KfuncType number(int bytes, boolean signed) {
    return new KfuncType(Form.NUMBER, bytes, signed, "");
  }

  /// A pointer to a number.
  public static KfuncType numbers(int bytes, boolean signed) {
    return new KfuncType(Form.NUMBERS, bytes, signed, "");
  }

  /// A pointer to a struct of the kernel.
  public static KfuncType struct(String name) {
    return new KfuncType(Form.STRUCT, 0, false, name);
  }

  /// The words that [#parse] reads.
  public String text() {
    String word = form.name().toLowerCase(Locale.ROOT);
    return switch (form) {
      case NUMBER, NUMBERS -> word + "." + bytes + "." + (signed ? "signed" : "unsigned");
      case STRUCT -> word + "." + struct;
      case NOTHING, CHARACTERS, ANYTHING, CALLBACK, ORDER -> word;
    };
  }

  /// Reads what [#text] gives.
  ///
  /// @throws IllegalArgumentException if it is no such text
  public static KfuncType parse(String text) {
    String[] words = text.split("\\.", -1);
    Form form = Form.valueOf(words[0].toUpperCase(Locale.ROOT));
    boolean complete =
        switch (form) {
          case NUMBER, NUMBERS -> words.length == 3;
          case STRUCT -> words.length == 2;
          case NOTHING, CHARACTERS, ANYTHING, CALLBACK, ORDER -> words.length == 1;
        };
    if (!complete) {
      throw new IllegalArgumentException("no type of a kernel function: " + text);
    }
    return switch (form) {
      case NUMBER -> number(Integer.parseInt(words[1]), words[2].equals("signed"));
      case NUMBERS -> numbers(Integer.parseInt(words[1]), words[2].equals("signed"));
      case STRUCT -> struct(words[1]);
      case NOTHING -> NOTHING;
      case CHARACTERS -> CHARACTERS;
      case ANYTHING -> ANYTHING;
      case CALLBACK -> CALLBACK;
      case ORDER -> ORDER;
    };
  }
}
