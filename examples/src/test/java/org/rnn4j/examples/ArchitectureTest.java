package org.rnn4j.examples;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rnn4j.examples.testing.RunsOnce;

/** Holds the packages of the examples to the directions of {@code docs/architecture.md}. */
@RunsOnce
class ArchitectureTest {
  private static final String ROOT = "org.rnn4j.";

  /** Fewer classes than this mean that the import went wrong and every rule passes on nothing. */
  private static final int FEWEST_CLASSES = 100;

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.rnn4j.examples");

  /** Programs, libraries and tests. */
  private static final JavaClasses ALL = new ClassFileImporter().importPackages("org.rnn4j");

  @Test
  void the_rules_see_the_classes_of_the_module() {
    assertThat(CLASSES.size()).isGreaterThanOrEqualTo(FEWEST_CLASSES);
  }

  @Test
  void no_package_imports_itself_by_way_of_another() {
    slices().matching("org.rnn4j.examples.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  /** {@code io} only writes files; networks are in none of these. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "terminal, ''",
    "draw, io",
    "chart, examples.draw",
    "explain, text examples.terminal examples.draw examples.chart",
    "report, io text.explain examples.draw examples.chart examples.explain",
    "demo, tensor"
  })
  void a_package_below_the_designs_imports_only_what_it_names(String name, String others) {
    String[] allowed =
        Stream.concat(
                Stream.of("examples." + name),
                Arrays.stream(others.split(" ")).filter(other -> !other.isEmpty()))
            .map(other -> ROOT + other + "..")
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(ROOT + "examples." + name + "..")
        .should()
        .dependOnClassesThat(resideInAPackage("org.rnn4j..").and(not(resideInAnyPackage(allowed))))
        .check(CLASSES);
  }

  @Test
  void only_the_command_line_knows_its_library_and_nothing_knows_the_command_line() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.rnn4j.examples.sentiment..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("picocli..", "org.rnn4j.examples.sentiment..")
        .check(CLASSES);
  }

  @Test
  void a_test_that_runs_once_reaches_no_kernel() {
    noClasses()
        .that()
        .areAnnotatedWith(RunsOnce.class)
        .should()
        .transitivelyDependOnClassesThat()
        .resideInAPackage("org.rnn4j.backend..")
        .check(ALL);
  }
}
