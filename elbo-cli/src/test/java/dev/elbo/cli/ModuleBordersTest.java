package dev.elbo.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

/** What elbo-core's own test of its borders cannot see: the modules above it. */
class ModuleBordersTest {

    @Test
    void commandsBenchmarksHandbookAndStudioSeeNoNativeLibraryNorWhatIsUnderTensors() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.elbo.cli..", "dev.elbo.bench..", "dev.elbo.handbook..", "dev.elbo.studio..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.bytedeco..",
                        "com.sun.jna..",
                        "dev.elbo.tensor.seam..",
                        "dev.elbo.tensor.onednn..",
                        "dev.elbo.tensor.team..")
                .check(new ClassFileImporter()
                        .withImportOption(new DoNotIncludeTests())
                        .importPackages("dev.elbo.cli", "dev.elbo.bench", "dev.elbo.handbook", "dev.elbo.studio"));
    }

    /** So that the book's code is what a reader could write, over the library alone. */
    @Test
    void theHandbookSeesNoCommandAndNoBenchmark() {
        noClasses()
                .that()
                .resideInAPackage("dev.elbo.handbook..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.elbo.cli..", "dev.elbo.bench..", "dev.elbo.studio..", "picocli..")
                .check(new ClassFileImporter()
                        .withImportOption(new DoNotIncludeTests())
                        .importPackages("dev.elbo.handbook"));
    }

    /** So that its pages can be served by another program than ours, and no other module knows its server. */
    @Test
    void theStudioSeesNoCommandAndNobodyButCommandsSeesTheStudiosServer() {
        noClasses()
                .that()
                .resideInAPackage("dev.elbo.studio..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.elbo.cli..", "dev.elbo.bench..", "picocli..")
                .check(new ClassFileImporter()
                        .withImportOption(new DoNotIncludeTests())
                        .importPackages("dev.elbo.studio"));
        noClasses()
                .that()
                .resideInAnyPackage("dev.elbo.cli..", "dev.elbo.bench..", "dev.elbo.handbook..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..")
                .check(new ClassFileImporter()
                        .withImportOption(new DoNotIncludeTests())
                        .importPackages("dev.elbo.cli", "dev.elbo.bench", "dev.elbo.handbook"));
    }
}
