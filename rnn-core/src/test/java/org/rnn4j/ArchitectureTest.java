package org.rnn4j;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.testing.RunsOnce;

/**
 * Holds the packages of rnn-core to the table of {@code docs/architecture.md}: imports run one way,
 * and a library that may be exchanged one day is known to one package only.
 */
@RunsOnce
class ArchitectureTest {

  private static final String ROOT = "org.rnn4j.";

  /** Fewer classes than this mean that the import went wrong and every rule passes on nothing. */
  private static final int FEWEST_CLASSES = 110;

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.rnn4j");

  /** The libraries and their tests. */
  private static final JavaClasses ALL = new ClassFileImporter().importPackages("org.rnn4j");

  /** Each package, and the packages it may import beside itself and {@code json}. */
  private static final Map<String, List<String>> MAY_IMPORT = mayImport();

  private static Map<String, List<String>> mayImport() {
    Map<String, List<String>> table = new LinkedHashMap<>();
    table.put("json", List.of());
    table.put("tensor", List.of());
    table.put("sequence", List.of("tensor"));
    table.put("backend", List.of("tensor", "sequence"));
    table.put("autograd", List.of("tensor", "sequence", "backend"));
    List<String> belowLayer = List.of("tensor", "sequence", "backend", "autograd");
    table.put("layer", belowLayer);
    List<String> upToLayer = append(belowLayer, "layer");
    table.put("loss", upToLayer);
    table.put("optim", upToLayer);
    table.put("metric", upToLayer);
    table.put("io", upToLayer);
    List<String> belowTrain = append(upToLayer, "loss", "optim", "metric", "io");
    table.put("train", belowTrain);
    table.put("tune", append(belowTrain, "train"));
    return table;
  }

  private static List<String> append(List<String> packages, String... more) {
    return Stream.concat(packages.stream(), Arrays.stream(more)).toList();
  }

  static Stream<String> packages() {
    return MAY_IMPORT.keySet().stream();
  }

  @Test
  void the_rules_see_the_classes_of_the_module() {
    assertThat(CLASSES.size()).isGreaterThanOrEqualTo(FEWEST_CLASSES);
  }

  @Test
  void every_package_stands_in_the_table() {
    Set<String> found = new TreeSet<>();
    CLASSES.forEach(c -> found.add(c.getPackageName().substring(ROOT.length()).split("\\.", 2)[0]));

    assertThat(MAY_IMPORT.keySet()).containsAll(found);
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

  @ParameterizedTest
  @MethodSource("packages")
  void a_package_imports_only_what_stands_below_it(String name) {
    String[] allowed =
        append(MAY_IMPORT.get(name), name, "json").stream()
            .map(ArchitectureTest::withSubpackages)
            .toArray(String[]::new);

    noClasses()
        .that()
        .resideInAPackage(withSubpackages(name))
        .should()
        .dependOnClassesThat(resideInAPackage("org.rnn4j..").and(not(resideInAnyPackage(allowed))))
        // A package of the table that is not built yet has no classes.
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void an_internal_package_is_used_by_its_parent_only() {
    Set<String> internals = new TreeSet<>();
    CLASSES.forEach(c -> internals.add(c.getPackageName()));
    internals.removeIf(name -> !name.endsWith(".internal"));

    for (String internal : internals) {
      String parent = internal.substring(0, internal.length() - ".internal".length());
      noClasses()
          .that()
          .resideOutsideOfPackage(parent + "..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(internal + "..")
          .check(CLASSES);
    }
  }

  @Test
  void only_the_simd_package_knows_the_vector_module() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.rnn4j.backend.simd..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jdk.incubator.vector..")
        .check(CLASSES);
  }

  @Test
  void only_the_json_package_knows_jackson() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.rnn4j.json..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("tools.jackson..")
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

  private static String withSubpackages(String name) {
    return ROOT + name + "..";
  }
}
