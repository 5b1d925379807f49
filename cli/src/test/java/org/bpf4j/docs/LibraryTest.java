package org.bpf4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.bpf4j.compiler.ast.Library;
import org.bpf4j.lang.At;
import org.bpf4j.lang.BpfFunction;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Context;
import org.bpf4j.lang.Helpers;
import org.bpf4j.object.Helper;
import org.bpf4j.object.Signature;
import org.junit.jupiter.api.Test;

/// The compiler's table of library methods and the classes that it speaks of, both ways: the
/// compiler does not see these classes.
class LibraryTest {

  /// What is for user space, for declarations, or part of a statement.
  private static final Set<String> NOT_FOR_PROGRAMS =
      Set.of(
          "BpfArena.ofPages",
          "BpfArena.pages",
          "BpfString.bytes",
          "BpfString.ofSize",
          "BpfString.set",
          "BpfString.toString",
          "Helpers.range",
          "PerCpu.create",
          "RingBuffer.bytes",
          "RingBuffer.ofBytes",
          "UserRing.bytes",
          "UserRing.ofBytes");

  @Test
  void everyEntryIsAMethod() throws ClassNotFoundException {
    for (Library entry : Library.values()) {
      List<String> owners = new ArrayList<>();
      for (String owner : entry.owners()) {
        if (names(Class.forName(owner)).contains(entry.methodName())) {
          owners.add(owner);
        }
      }
      assertThat(owners).as(entry.name()).isNotEmpty();
    }
  }

  @Test
  void everyMethodOfTheLanguageIsAnEntry() throws ClassNotFoundException {
    Set<String> owners =
        Arrays.stream(Library.values())
            .flatMap(entry -> entry.owners().stream())
            .filter(owner -> owner.startsWith("org.bpf4j.lang."))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(owners).hasSizeGreaterThan(8);
    List<String> unknown = new ArrayList<>();
    for (String owner : owners) {
      for (String name : names(Class.forName(owner))) {
        if (Library.find(owner, name).isEmpty()
            && Library.helper(owner, name).isEmpty()
            && isForPrograms(owner, name)) {
          unknown.add(owner + "." + name);
        }
      }
    }
    assertThat(unknown).isEmpty();
  }

  @Test
  void everyHelperIsReachedOrListed() {
    assertThat(HelperTable.contradictions()).isEmpty();
    assertThat(Helper.values()).allMatch(helper -> !HelperTable.way(helper).isEmpty());
  }

  /// The compiler trusts that the methods of helpers have the arguments that signatures demand.
  @Test
  void methodsOfHelpersFitTheirSignatures() {
    int methods = 0;
    for (Method method : Helpers.class.getMethods()) {
      Optional<Helper> helper = Helper.ofMethod(method.getName());
      if (helper.isPresent()
          && Library.find("org.bpf4j.lang.Helpers", method.getName()).isEmpty()) {
        methods++;
        long wanted =
            helper.get().signature().orElseThrow().arguments().stream()
                .filter(Signature.Argument::isGiven)
                .count();
        long given =
            Arrays.stream(method.getParameterTypes())
                .filter(type -> type != Class.class && type != Context.class)
                .count();
        boolean ranged = given == wanted + 2;
        boolean counted =
            given == wanted + 1
                && Arrays.asList(method.getParameterTypes()).contains(BpfString.class);
        assertThat(given == wanted || ranged || counted).as(method.toString()).isTrue();
      }
    }
    assertThat(methods).isGreaterThan(130);
  }

  private static boolean isForPrograms(String owner, String method) {
    boolean declaresMap = method.equals("create") || method.equals("maxEntries");
    return !declaresMap
        && !NOT_FOR_PROGRAMS.contains(owner.substring(owner.lastIndexOf('.') + 1) + "." + method);
  }

  /// The public methods of a class, without the fields of a context.
  private static Set<String> names(Class<?> type) {
    Set<String> fields =
        Arrays.stream(type.getDeclaredMethods())
            .filter(
                method ->
                    method.isAnnotationPresent(At.class)
                        || method.isAnnotationPresent(BpfFunction.class))
            .map(Method::getName)
            .collect(Collectors.toSet());
    return Arrays.stream(type.getMethods())
        .filter(method -> method.getDeclaringClass() == type || !isOfLanguage(type))
        .map(Method::getName)
        .filter(name -> !fields.contains(name) || Library.find(type.getName(), name).isPresent())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean isOfLanguage(Class<?> type) {
    return type.getName().startsWith("org.bpf4j.lang.");
  }
}
