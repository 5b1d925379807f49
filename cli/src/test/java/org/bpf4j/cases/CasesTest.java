package org.bpf4j.cases;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/// Every case that compiles, in every way to run it.
class CasesTest {

  @TestFactory
  Stream<DynamicNode> cases() {
    return Case.accepted().stream().map(AcceptedCase::tests);
  }

  @AfterAll
  static void sayHowManyRan() {
    System.out.println(AcceptedCase.summary(Case.accepted().size()));
  }
}
