package xenith.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageTest {
    @ParameterizedTest
    @CsvSource({
        ", true, PARAVIRTUAL",
        ", false, HVM",
        "PARAVIRTUAL, true, PARAVIRTUAL",
        "PARAVIRTUAL, false, PARAVIRTUAL",
        "PVH, true, PVH",
        "PVH, false, PVH",
        "HVM, true, PARAVIRTUAL",
        "HVM, false, HVM"
    })
    void whatAMachineIsTheImageSaysAndElseItsKernel(Virtualization asked, boolean withKernel, Virtualization machine) {
        Image image = new Image(
                new ImageId(1),
                new AccountId("000000000001"),
                "name",
                "",
                ImageKind.MACHINE,
                "x86_64",
                "file",
                DiskFormat.RAW,
                1,
                1,
                Optional.empty(),
                Optional.empty(),
                Optional.ofNullable(asked),
                true,
                ImageState.AVAILABLE,
                "",
                Instant.EPOCH);

        assertThat(image.virtualization(withKernel)).isEqualTo(machine);
        List.of(image.deregistered(), image.shared(false), image.described("another"))
                .forEach(changed ->
                        assertThat(changed.virtualization(withKernel)).isEqualTo(machine));
    }
}
