package dev.elbo;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses ELBO =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("dev.elbo");

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
                .doNotHaveFullyQualifiedName("dev.elbo.tensor.CudaGraphs")
                .and()
                .haveNameNotMatching("dev\\.elbo\\.tensor\\.CudaGraphs\\$.*")
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.bytedeco.cuda..", "org.bytedeco.pytorch.cuda..")
                        .or(nameMatching(".*torch_cuda.*"))));
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
    void coreSeesNoCommandLineAndNoBenchmark() {
        hold(noClasses()
                .that()
                .resideOutsideOfPackages("dev.elbo.cli..", "dev.elbo.bench..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.elbo.cli..", "dev.elbo.bench..", "picocli.."));
    }

    @Test
    void packagesFormNoCycle() {
        hold(slices().matching("dev.elbo.(*)..").should().beFreeOfCycles());
    }

    private static void hold(ArchRule rule) {
        rule.allowEmptyShould(true).check(ELBO);
    }
}
