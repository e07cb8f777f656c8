package org.rnn4j.text;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.rnn4j.text.testing.RunsOnce;

/** Holds rnn-text to its side of the border with rnn-core, and its packages to one direction. */
@RunsOnce
class ArchitectureTest {

  /** Fewer classes than this mean that the import went wrong and every rule passes on nothing. */
  private static final int FEWEST_CLASSES = 70;

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.rnn4j.text");

  /** The libraries and their tests. */
  private static final JavaClasses ALL = new ClassFileImporter().importPackages("org.rnn4j");

  @Test
  void the_rules_see_the_classes_of_the_module() {
    assertThat(CLASSES.size()).isGreaterThanOrEqualTo(FEWEST_CLASSES);
  }

  @Test
  void every_public_type_stands_in_the_architecture_page() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "architecture.md"));

    assertThat(CLASSES)
        .filteredOn(c -> c.isTopLevelClass() && c.getModifiers().contains(JavaModifier.PUBLIC))
        .extracting(JavaClass::getSimpleName)
        .isNotEmpty()
        .allSatisfy(name -> assertThat(page).containsPattern("`" + name + "[`(.]"));
  }

  @Test
  void no_package_imports_itself_by_way_of_another() {
    slices().matching("org.rnn4j.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void texts_know_nothing_of_kernels() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.rnn4j.backend..", "jdk.incubator.vector..")
        .check(CLASSES);
  }

  @Test
  void json_is_read_and_written_by_the_core() {
    noClasses().should().dependOnClassesThat().resideInAPackage("tools.jackson..").check(CLASSES);
  }

  @Test
  void only_the_readers_of_data_know_the_csv_library() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.rnn4j.text.data..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("de.siegmar.fastcsv..")
        .check(CLASSES);
  }

  @Test
  void only_the_baselines_know_the_linear_solver() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.rnn4j.text.baseline..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("de.bwaldvogel..")
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

  @Test
  void nothing_draws_from_a_global_generator() {
    noClasses()
        .should()
        .callMethod(Math.class, "random")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(java.util.Random.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(ThreadLocalRandom.class)
        .check(CLASSES);
  }
}
