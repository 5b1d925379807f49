package org.bpf4j.junit;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bpf4j.btf.Btf;
import org.bpf4j.kernel.BpfException;
import org.bpf4j.kernel.Kernel;
import org.bpf4j.kernel.LoadRequest;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.MapKind;
import org.bpf4j.sim.SimulatedKernel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/// Gives tests the kernel of this machine, after trying whether it lets us.
///
/// The trial is a map of one integer, the least that needs bpf(2).
///
/// @param use what to do if it does not: abort the test, or fail it
record LocalKernels(KernelUse use) implements BeforeEachCallback, ParameterResolver {

  private static final BpfObject TRIAL =
      new BpfObject(
          "GPL",
          List.of(),
          List.of(new MapDefinition("trial", MapKind.ARRAY, 4, 4, 1, 0, 0, 0)),
          List.of(),
          Btf.EMPTY,
          Optional.empty(),
          List.of());

  @Override
  public void beforeEach(ExtensionContext context) {
    if (needsSimulation(context)) {
      Assumptions.abort("this test needs the simulated kernel");
    }
    try {
      Kernel.local().load(LoadRequest.of(TRIAL, LocalKernels.class)).close();
    } catch (BpfException e) {
      if (use == KernelUse.REQUIRE) {
        throw e;
      }
      Assumptions.abort("this machine's kernel cannot be used: " + e.getMessage());
    }
  }

  private static boolean needsSimulation(ExtensionContext context) {
    Class<?> test = context.getRequiredTestClass();
    return Stream.concat(
            Stream.of(context.getRequiredTestMethod()),
            Stream.of(BeforeEach.class, AfterEach.class)
                .flatMap(
                    annotation ->
                        AnnotationSupport.findAnnotatedMethods(
                            test, annotation, HierarchyTraversalMode.TOP_DOWN)
                            .stream()))
        .flatMap(method -> Arrays.stream(method.getParameterTypes()))
        .anyMatch(type -> type == SimulatedKernel.class);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Kernel.class;
  }

  @Override
  public Kernel resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return Kernel.local();
  }
}
