package org.bpf4j.processor.generate;

import com.palantir.javapoet.ClassName;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;
import org.bpf4j.compiler.ast.MapForm;
import org.bpf4j.object.MapFlag;
import org.bpf4j.object.ProgramKind;

/// What a skeleton is made from: the declarations of a `@Bpf` class.
///
/// @param type the class
/// @param name the class, as generated code names it
/// @param skeleton the skeleton's name
/// @param resource the object's file name, beside the class file
/// @param maps the maps
/// @param globals the static fields shared with user space
/// @param programs the programs
/// @param operations the variable of the struct of functions that the class implements, if it does
record SkeletonModel(
    TypeElement type,
    ClassName name,
    ClassName skeleton,
    String resource,
    List<MapField> maps,
    List<GlobalField> globals,
    List<ProgramMethod> programs,
    Optional<String> operations) {

  SkeletonModel {
    maps = List.copyOf(maps);
    globals = List.copyOf(globals);
    programs = List.copyOf(programs);
  }

  /// The names that are taken by another member, or by what every skeleton has.
  Set<String> collisions(Set<String> reserved) {
    Set<String> taken = new HashSet<>(reserved);
    return Stream.of(
            maps.stream().map(MapField::name),
            globals.stream().map(GlobalField::name),
            programs.stream().map(ProgramMethod::name))
        .flatMap(names -> names)
        .filter(name -> !taken.add(name))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /// The model without the members of those names.
  SkeletonModel without(Set<String> names) {
    return new SkeletonModel(
        type,
        name,
        skeleton,
        resource,
        maps.stream().filter(map -> !names.contains(map.name())).toList(),
        globals.stream().filter(global -> !names.contains(global.name())).toList(),
        programs.stream().filter(program -> !names.contains(program.name())).toList(),
        operations);
  }

  /// A map; `key` and `value` are absent where the family says them, `inner` unless the map's
  /// values are maps.
  record MapField(
      String name,
      String elfName,
      MapForm form,
      Optional<TypeMirror> key,
      Optional<TypeMirror> value,
      Optional<MapField> inner,
      Set<MapFlag> flags) {

    MapField {
      flags = Set.copyOf(flags);
    }

    /// The value of a map that has one.
    TypeMirror stored() {
      return value.orElseThrow();
    }
  }

  /// A static field; `config`: set before loading, then constant; `given`: the kernel says it;
  /// `arena`: the map that it refers into.
  record GlobalField(
      String name,
      String elfName,
      TypeMirror type,
      boolean config,
      boolean given,
      VariableElement element,
      Optional<String> arena) {

    /// Whether programs and user space only read it.
    boolean isConstant() {
      return config || given;
    }
  }

  /// A program; `context` is the type of a syscall program's argument.
  record ProgramMethod(
      String name,
      String elfName,
      ProgramKind kind,
      List<String> targets,
      Optional<TypeMirror> context) {
    ProgramMethod {
      targets = List.copyOf(targets);
    }
  }
}
