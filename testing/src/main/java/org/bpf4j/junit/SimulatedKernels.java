package org.bpf4j.junit;

import org.bpf4j.kernel.Kernel;
import org.bpf4j.sim.SimulatedKernel;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives each test a simulated kernel, the same one to its method and to what runs around it.
final class SimulatedKernels implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(SimulatedKernels.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Kernel.class || type == SimulatedKernel.class;
  }

  @Override
  public SimulatedKernel resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getStore(NAMESPACE)
        .computeIfAbsent(
            SimulatedKernel.class, _ -> SimulatedKernel.create(), SimulatedKernel.class);
  }
}
