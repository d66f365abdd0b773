package dev.elbo;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses ELBO = new ClassFileImporter()
            .withImportOption(new DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar")) // what other modules' tests share
            .importPackages("dev.elbo");

    @Test
    void onlyTensorSeesTheNativeLibrary() {
        hold(noClasses()
                .that()
                .resideOutsideOfPackage("dev.elbo.tensor..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.bytedeco..", "com.sun.jna.."));
    }

    /** So that a build for processors never needs what is not there. */
    @Test
    void onlyTheClassThatIsLoadedForACardSeesCuda() {
        hold(noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.elbo.tensor.cuda.CudaGraphs")
                .and()
                .haveNameNotMatching("dev\\.elbo\\.tensor\\.cuda\\.CudaGraphs\\$.*")
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.bytedeco.cuda..", "org.bytedeco.pytorch.cuda..")
                        .or(nameMatching(".*torch_cuda.*"))));
    }

    /** So that the tensors' own interface stays small, and what makes them fast can change. */
    @Test
    void whatIsUnderTensorsIsSeenByTensorsAlone() {
        hold(noClasses()
                .that()
                .resideOutsideOfPackage("dev.elbo.tensor..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "dev.elbo.tensor.seam..", "dev.elbo.tensor.onednn..", "dev.elbo.tensor.team..")
                        .or(name("dev.elbo.tensor.Native"))));
    }

    @Test
    void whatIsUnderTensorsKnowsNoTensor() {
        hold(noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.elbo.tensor.seam..",
                        "dev.elbo.tensor.onednn..",
                        "dev.elbo.tensor.team..",
                        "dev.elbo.tensor.cuda..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.elbo.tensor", "dev.elbo.tensor.optim.."));
    }

    @Test
    void pronunciationSeesTextAlone() {
        hold(noClasses()
                .that()
                .resideInAPackage("dev.elbo.pronunciation")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("dev.elbo..").and(resideOutsideOfPackage("dev.elbo.pronunciation"))));
    }

    @Test
    void distributionsSeeNothingOfModelsAndTheirTraining() {
        hold(noClasses()
                .that()
                .resideInAPackage("dev.elbo.distribution..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.elbo.model..", "dev.elbo.objective..", "dev.elbo.train.."));
    }

    @Test
    void objectivesAndTrainingKnowNoRecipe() {
        hold(noClasses()
                .that()
                .resideInAnyPackage("dev.elbo.objective..", "dev.elbo.train..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.elbo.recipe.."));
    }

    @Test
    void coreSeesNoCommandLineNoBenchmarkAndNoHandbook() {
        hold(noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.elbo.cli..", "dev.elbo.bench..", "dev.elbo.handbook..", "dev.elbo.studio..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.elbo.cli..", "dev.elbo.bench..", "dev.elbo.handbook..", "dev.elbo.studio..", "picocli.."));
    }

    @Test
    void packagesFormNoCycle() {
        hold(slices().matching("dev.elbo.(*)..").should().beFreeOfCycles());
    }

    @Test
    void packagesWithinTensorFormNoCycle() {
        hold(slices().assignedFrom(new PackagesOfTensor()).should().beFreeOfCycles());
    }

    /** The package itself, too, which a pattern of packages within it leaves out. */
    private static final class PackagesOfTensor implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String name = type.getPackageName();
            return name.startsWith("dev.elbo.tensor") ? SliceIdentifier.of(name) : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "packages of dev.elbo.tensor";
        }
    }

    private static void hold(ArchRule rule) {
        rule.allowEmptyShould(true).check(ELBO);
    }
}
