package xenith.gateway.ec2.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ActionShapesTest {
    private static final List<String> CONTRACT_ONLY =
            List.of("ActivateLicense", "DeactivateLicense", "DescribeLicenses");

    @Test
    void everyOperationOfTheContractHasTablesButThree() {
        assertThat(Codec.CONTRACT.operations()).hasSize(149);
        assertThat(Codec.CONTRACT.operations().keySet())
                .allSatisfy(operation -> assertThat(Codec.SHAPES.find(operation).isPresent())
                        .as(operation)
                        .isNotEqualTo(CONTRACT_ONLY.contains(operation)));
    }
}
