package dev.taskcache;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.ConditionEvent.createMessage;
import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which package may know which, and what a host gets to see: checked on the compiled classes. */
class ArchitectureTest {
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.taskcache");

  /** Libraries that we use, and that a host of ours must be free to replace or not to know. */
  private static final List<String> KEPT_INSIDE =
      List.of(
          "com.google.",
          "com.fasterxml.",
          "com.zaxxer.hikari.",
          "dev.cel.",
          "org.flywaydb.",
          "org.yaml.");

  @Test
  void packagesDependDownward() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .withOptionalLayers(true)
        .layer("testing")
        .definedBy("dev.taskcache.testing..")
        .layer("clients")
        .definedBy(
            "dev.taskcache.kfp..",
            "dev.taskcache.flyte..",
            "dev.taskcache.http..",
            "dev.taskcache.version..")
        .layer("host")
        .definedBy("dev.taskcache")
        .layer("parts")
        .definedBy(
            "dev.taskcache.flight..",
            "dev.taskcache.policy..",
            "dev.taskcache.store..",
            "dev.taskcache.event..",
            "dev.taskcache.trust..")
        .layer("explain")
        .definedBy("dev.taskcache.explain..")
        .layer("key")
        .definedBy("dev.taskcache.key..")
        .whereLayer("testing")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("clients")
        .mayOnlyBeAccessedByLayers("testing")
        .whereLayer("host")
        .mayOnlyBeAccessedByLayers("clients", "testing")
        .whereLayer("parts")
        .mayOnlyBeAccessedByLayers("host", "clients", "testing")
        .whereLayer("explain")
        .mayOnlyBeAccessedByLayers("parts", "host", "clients", "testing")
        .check(MAIN);
  }

  @Test
  void packagesHaveNoCycles() {
    slices()
        .matching("dev.taskcache.(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(MAIN);
  }

  @Test
  void everyPackageHasItsLayer() {
    classes()
        .should()
        .resideInAnyPackage(
            Stream.concat(
                    Stream.of("dev.taskcache"),
                    Stream.of(
                            "event", "explain", "flight", "flyte", "http", "key", "kfp", "policy",
                            "store", "testing", "trust", "version")
                        .map(name -> "dev.taskcache." + name + ".."))
                .toArray(String[]::new))
        .allowEmptyShould(true)
        .check(MAIN);
  }

  @Test
  void signaturesNameNobodyElsesTypes() {
    classes()
        .that(areVisibleToHosts())
        .should(keepLibrariesInside())
        .allowEmptyShould(true)
        .check(MAIN);
  }

  @Test
  void namesSayWhatAThingIs() {
    noClasses()
        .should()
        .haveSimpleNameEndingWith("Util")
        .orShould()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .orShould()
        .haveSimpleNameEndingWith("Manager")
        .orShould()
        .haveSimpleNameEndingWith("Impl")
        .orShould()
        .haveNameMatching(".*\\.I[A-Z][a-z][^.]*")
        .allowEmptyShould(true)
        .check(MAIN);
  }

  private static DescribedPredicate<JavaClass> areVisibleToHosts() {
    return describe(
        "are public, as is all around them",
        type ->
            Stream.iterate(
                    type, outer -> outer != null, inner -> inner.getEnclosingClass().orElse(null))
                .allMatch(
                    each ->
                        each.getModifiers().contains(JavaModifier.PUBLIC)
                            || each.getModifiers().contains(JavaModifier.PROTECTED)));
  }

  private static ArchCondition<JavaClass> keepLibrariesInside() {
    return new ArchCondition<>("name no type of " + KEPT_INSIDE + " in a visible signature") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream())
            .forEach(parent -> report(type, type.getDescription(), parent, events));
        type.getTypeParameters().stream()
            .forEach(parameter -> report(type, type.getDescription(), parameter, events));
        type.getMembers().stream()
            .filter(ArchitectureTest::isVisible)
            .forEach(
                member ->
                    typesOf(member)
                        .forEach(named -> report(type, member.getDescription(), named, events)));
      }

      private void report(JavaClass type, String place, JavaType named, ConditionEvents events) {
        named.getAllInvolvedRawTypes().stream()
            .filter(raw -> KEPT_INSIDE.stream().anyMatch(raw.getName()::startsWith))
            .forEach(
                raw ->
                    events.add(
                        violated(type, createMessage(type, place + " names " + raw.getName()))));
      }
    };
  }

  private static boolean isVisible(JavaMember member) {
    return member.getModifiers().contains(JavaModifier.PUBLIC)
        || member.getModifiers().contains(JavaModifier.PROTECTED);
  }

  private static Stream<JavaType> typesOf(JavaMember member) {
    if (member instanceof JavaCodeUnit code) {
      return Stream.of(
              Stream.of(code.getReturnType()),
              code.getParameterTypes().stream(),
              code.getTypeParameters().stream(),
              code.getExceptionTypes().stream())
          .flatMap(types -> types);
    }
    return Stream.of(((JavaField) member).getType());
  }
}
