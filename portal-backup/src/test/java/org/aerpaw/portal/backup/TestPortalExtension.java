package org.aerpaw.portal.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test that has a {@link TestPortal} for a parameter, or whose class has one for its
 * constructor, one of its own, and clears it away when the test has ended.
 */
public final class TestPortalExtension implements ParameterResolver {

  /** What is to be cleared away. */
  private record Lent(TestPortal portal, Path folder) implements AutoCloseable {

    @Override
    public void close() throws IOException {
      portal.close();
      try (Stream<Path> below = Files.walk(folder)) {
        for (Path path : (Iterable<Path>) below.sorted(Comparator.reverseOrder())::iterator) {
          Files.delete(path);
        }
      }
    }
  }

  /** What a constructor gets is a test's own, too, and not the class's. */
  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType() == TestPortal.class;
  }

  @Override
  public TestPortal resolveParameter(ParameterContext parameter, ExtensionContext test) {
    return test.getStore(Namespace.create(TestPortalExtension.class))
        .getOrComputeIfAbsent(Lent.class, type -> lend(), Lent.class)
        .portal();
  }

  private static Lent lend() {
    try {
      Path folder = Files.createTempDirectory("portal");
      return new Lent(TestPortal.migrated(folder), folder);
    } catch (IOException e) {
      throw new IllegalStateException("cannot make folders for a test", e);
    }
  }
}
