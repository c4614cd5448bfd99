package xenith.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import xenith.engine.lifecycle.Lifecycle;
import xenith.engine.model.VirtualMachine;
import xenith.engine.service.VirtualMachines;
import xenith.engine.tables.Vms;

/** A machine's state is given at its birth, changed by the lifecycle, read back from its table, and set nowhere else. */
@AnalyzeClasses(packages = "xenith", importOptions = OnlyTheProduct.class)
class StateIsWrittenInOnePlaceTest {
    @ArchTest
    static final ArchRule nobodyElseMakesMachines = noClasses()
            .that()
            .doNotBelongToAnyOf(Lifecycle.class, VirtualMachine.class, VirtualMachines.class, Vms.class)
            .should()
            .callConstructorWhere(JavaCall.Predicates.target(owner(type(VirtualMachine.class))));
}
