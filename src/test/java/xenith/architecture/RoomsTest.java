package xenith.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import xenith.engine.lifecycle.Transition;

/** Dependencies point inwards: gateway to engine from the one side, drivers to engine from the other. */
@AnalyzeClasses(packages = "xenith", importOptions = OnlyTheProduct.class)
class RoomsTest {
    @ArchTest
    static final ArchRule theEngineKnowsNoOtherRoom = noClasses()
            .that()
            .resideInAPackage("xenith.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("xenith.drivers..", "xenith.security..", "xenith.gateway..", "xenith.wsdl..");

    @ArchTest
    static final ArchRule securityKnowsNoOtherRoom = noClasses()
            .that()
            .resideInAPackage("xenith.security..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("xenith.drivers..", "xenith.engine..", "xenith.gateway..", "xenith.wsdl..");

    @ArchTest
    static final ArchRule driversKnowOnlyTheEnginesPortsAndModel = noClasses()
            .that()
            .resideInAPackage("xenith.drivers..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "xenith.security..",
                    "xenith.gateway..",
                    "xenith.engine.store..",
                    "xenith.engine.tables..",
                    "xenith.engine.lifecycle..",
                    "xenith.engine.placement..",
                    "xenith.engine.operation..",
                    "xenith.engine.service..");

    @ArchTest
    static final ArchRule onlyTheServerWiresDrivers = noClasses()
            .that()
            .resideInAPackage("xenith.gateway..")
            .and()
            .resideOutsideOfPackage("xenith.gateway.server..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("xenith.drivers..");

    @ArchTest
    static final ArchRule portsKnowTheModelAlone = classes()
            .that()
            .resideInAPackage("xenith.engine.port..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("xenith.engine.port..", "xenith.engine.model..", "java..");

    @ArchTest
    static final ArchRule theLifecycleIsPure = classes()
            .that()
            .resideInAPackage("xenith.engine.lifecycle..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("xenith.engine.lifecycle..", "xenith.engine.model..", "java..");

    @ArchTest
    static final ArchRule policiesDecideWithoutActing = noClasses()
            .that()
            .implement(xenith.engine.placement.PlacementPolicy.class)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("xenith.engine.store..", "xenith.engine.operation..", "java.time..", "org.slf4j..");

    @ArchTest
    static final ArchRule onlyTheLifecycleMakesTransitions = noClasses()
            .that()
            .resideOutsideOfPackage("xenith.engine.lifecycle..")
            .should()
            .callConstructorWhere(com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                    com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner(
                            com.tngtech.archunit.core.domain.JavaClass.Predicates.type(Transition.class))));

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching("xenith.(**)").should().beFreeOfCycles();
}
