package org.bpf4j.layers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MethodTypeEntry;
import java.lang.classfile.constantpool.NameAndTypeEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The architecture of a module as a text, and the check that its class files obey it. Nouns hold
/// data, verbs hold one step each, and a whole composes steps.
///
/// A line of the text is a role and its packages below `org.bpf4j`, in reading order:
///
/// - `given` packages are another module's; every package may use them;
/// - a `noun` uses the nouns before it, so nouns cannot form a cycle; packages joined by `+` are
///   one noun in two packages;
/// - a `verb` uses nouns, and `facts`, but no other verb;
/// - `facts` are a verb's product that other verbs may read: they use nouns;
/// - a `whole` uses everything, and a `root` is a single class that does.
public final class Layers {
  private static final String ROOT = "org.bpf4j.";
  private static final Pattern OURS = Pattern.compile("org/bpf4j/[\\w/$]+");

  private enum Role {
    GIVEN,
    NOUN,
    FACTS,
    VERB,
    WHOLE,
    ROOT
  }

  private final Map<String, Role> roles = new LinkedHashMap<>();
  private final Map<String, String> groups = new HashMap<>();
  private final List<String> order = new ArrayList<>();

  private Layers(String text) {
    for (String line : text.lines().toList()) {
      String[] words = line.strip().split("\\s+");
      Role role = Role.valueOf(words[0].toUpperCase(Locale.ROOT));
      for (String group : List.of(words).subList(1, words.length)) {
        for (String name : group.split("\\+")) {
          roles.put(name, role);
          groups.put(name, group);
          order.add(name);
        }
      }
    }
  }

  /// Fails unless the class files of the module that runs the test are at least `atLeast`, fill
  /// exactly the packages of the text, and use each other as it says.
  public static void check(int atLeast, String text) throws IOException {
    Layers layers = new Layers(text);
    Set<String> seen = new TreeSet<>();
    Set<String> broken = new TreeSet<>();
    List<ClassModel> classes = classesOf(Path.of("target", "classes"));
    for (ClassModel model : classes) {
      String user = model.thisClass().asInternalName();
      seen.add(packageOf(user));
      used(model)
          .filter(name -> !layers.isRoot(user) && !layers.allows(packageOf(user), packageOf(name)))
          .forEach(name -> broken.add(user + " uses " + name));
    }
    assertThat(broken).isEmpty();
    assertThat(seen).hasSameElementsAs(layers.own());
    assertThat(classes).hasSizeGreaterThanOrEqualTo(atLeast);
  }

  private List<String> own() {
    return order.stream()
        .filter(name -> roles.get(name) != Role.GIVEN && roles.get(name) != Role.ROOT)
        .toList();
  }

  private boolean isRoot(String internalName) {
    String name = internalName.substring("org/bpf4j/".length()).replace('/', '.');
    return roles.get(name) == Role.ROOT;
  }

  private boolean allows(String user, String used) {
    Role role = roles.get(used);
    if (role == null || !roles.containsKey(user)) return false;
    if (Objects.equals(groups.get(user), groups.get(used)) || role == Role.GIVEN) return true;
    return switch (roles.get(user)) {
      case GIVEN, ROOT -> false;
      case NOUN -> role == Role.NOUN && order.indexOf(used) < order.indexOf(user);
      case FACTS -> role == Role.NOUN;
      case VERB -> role == Role.NOUN || role == Role.FACTS;
      case WHOLE -> true;
    };
  }

  private static List<ClassModel> classesOf(Path directory) throws IOException {
    List<ClassModel> classes = new ArrayList<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        if (!file.endsWith("module-info.class") && !file.endsWith("package-info.class")) {
          classes.add(ClassFile.of().parse(file));
        }
      }
    }
    return classes;
  }

  private static Stream<String> used(ClassModel model) {
    List<String> names = new ArrayList<>();
    model.fields().forEach(field -> names.add(field.fieldType().stringValue()));
    model.methods().forEach(method -> names.add(method.methodType().stringValue()));
    model
        .constantPool()
        .forEach(
            entry -> {
              switch (entry) {
                case ClassEntry type -> names.add(type.asInternalName());
                case NameAndTypeEntry member -> names.add(member.type().stringValue());
                case MethodTypeEntry type -> names.add(type.descriptor().stringValue());
                default -> {}
              }
            });
    return names.stream().flatMap(name -> OURS.matcher(name).results().map(match -> match.group()));
  }

  private static String packageOf(String internalName) {
    String name = internalName.substring(0, internalName.lastIndexOf('/')).replace('/', '.');
    return name.substring(Math.min(name.length(), ROOT.length()));
  }
}
