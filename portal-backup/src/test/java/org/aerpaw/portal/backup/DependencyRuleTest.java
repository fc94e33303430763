package org.aerpaw.portal.backup;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;

/** The rules of docs/adr/0020 for packages. */
@AnalyzeClasses(packages = "org.aerpaw.portal", importOptions = DoNotIncludeTests.class)
class DependencyRuleTest {

  @ArchTest
  static final ArchRule packagesShouldBeFreeOfCycles =
      slices().matching("org.aerpaw.portal.backup.(**)").should().beFreeOfCycles();

  @ArchTest
  static void packagesShouldHaveAtMostFifteenTopLevelClasses(JavaClasses classes) {
    Map<String, Long> sizes =
        classes.stream()
            .filter(JavaClass::isTopLevelClass)
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .collect(groupingBy(JavaClass::getPackageName, counting()));

    assertThat(sizes)
        .isNotEmpty()
        .allSatisfy((name, size) -> assertThat(size).isLessThanOrEqualTo(15));
  }

  @ArchTest
  static final ArchRule engineShouldNotDependOnThePortalOrAContainer =
      noClasses()
          .that()
          .resideInAPackage("org.aerpaw.portal.backup..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.aerpaw.portal.domain..",
              "org.aerpaw.portal.fixtures..",
              "jakarta.enterprise..",
              "jakarta.ejb..",
              "jakarta.inject..");

  @ArchTest
  static final ArchRule fixturesShouldNotDependOnJpaSqlOrFiles =
      noClasses()
          .that()
          .resideInAPackage("org.aerpaw.portal.backup.fixture..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "jakarta.persistence..",
              "java.sql..",
              "javax.sql..",
              "org.postgresql..",
              "java.nio.file..");

  @ArchTest
  static final ArchRule modelShouldNotDependOnJsonTextOrFiles =
      noClasses()
          .that()
          .resideInAnyPackage("org.aerpaw.portal.backup.model..", "org.aerpaw.portal.backup.rows..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta.json", "jakarta.json.stream..", "java.nio.file..");

  @ArchTest
  static final ArchRule runsShouldNotDependOnWhatTheyRun =
      noClasses()
          .that()
          .resideInAPackage("org.aerpaw.portal.backup.run..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.aerpaw.portal.backup.dump..",
              "org.aerpaw.portal.backup.load..",
              "org.aerpaw.portal.backup.verify..",
              "org.aerpaw.portal.backup.catalog..",
              "org.aerpaw.portal.backup.model..");
}
