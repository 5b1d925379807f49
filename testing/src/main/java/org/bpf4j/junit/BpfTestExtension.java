package org.bpf4j.junit;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Runs a test class once for each kernel that is asked for; use it through [BpfTest].
///
/// It is public so that JUnit can make one where modules are enforced.
public final class BpfTestExtension implements ClassTemplateInvocationContextProvider {

  /// Creates it, as JUnit does.
  public BpfTestExtension() {}

  @Override
  public boolean supportsClassTemplate(ExtensionContext context) {
    return true;
  }

  @Override
  public Stream<? extends ClassTemplateInvocationContext> provideClassTemplateInvocationContexts(
      ExtensionContext context) {
    KernelUse use = KernelUse.of(context.getConfigurationParameter(KernelUse.PROPERTY));
    Invocation simulated = new Invocation("simulated kernel", new SimulatedKernels());
    return switch (use) {
      case OFF -> Stream.of(simulated);
      case TRY, REQUIRE ->
          Stream.of(simulated, new Invocation("this machine's kernel", new LocalKernels(use)));
    };
  }

  private record Invocation(String name, Extension kernels)
      implements ClassTemplateInvocationContext {

    @Override
    public String getDisplayName(int index) {
      return name;
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      return List.of(kernels);
    }
  }
}
