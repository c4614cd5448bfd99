package xenith.gateway.ec2.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ec2.model.Ec2Request;
import software.amazon.awssdk.services.ec2.model.Ec2Response;

/** Every operation of the SOAP contract, against the schema that is served. */
class ContractRoundTripTest {
    private static final List<Long> SEEDS = List.of(20130201L, new Random().nextLong());
    private static final Schema SCHEMA = Codec.CONTRACT.schema();

    /** What the contract has and the model lacks. */
    private static final Set<String> NOT_IN_THE_MODEL = Set.of(
            "AuthorizeSecurityGroupIngressType/userId",
            "DescribeAccountAttributesType/filterSet",
            "ImportInstanceType/keepPartialImports",
            "RevokeSecurityGroupIngressType/userId",
            "RunInstancesType/addressingType",
            "RunInstancesType/license");

    @Test
    void everyAnswerIsValid() throws Exception {
        for (long seed : SEEDS) {
            for (ContractOperation operation : readableOperations()) {
                ActionShape shape = Codec.shape(operation.name());
                Ec2Response answer = (Ec2Response) new RandomModel(seed, RandomModel.Density.FULL)
                        .answer(shape.response(), shape.answer(Protocol.SOAP).parts());
                ByteArrayOutputStream document = new ByteArrayOutputStream();
                new ResponseWriter().write(shape, answer, "id", ApiVersion.CONTRACT, Protocol.SOAP, document);
                assertThatCode(() -> SCHEMA.newValidator()
                                .validate(new StreamSource(new ByteArrayInputStream(document.toByteArray()))))
                        .as("%s, seed %d: %s", operation.name(), seed, document)
                        .doesNotThrowAnyException();
            }
        }
    }

    @Test
    void everyTextOfEveryRequestArrives() throws Exception {
        for (long seed : SEEDS) {
            for (ContractOperation operation : readableOperations()) {
                ActionShape shape = Codec.shape(operation.name());
                ContractDocument document = new ContractDocument(shape, operation, seed, NOT_IN_THE_MODEL);
                Ec2Request request = new SoapReader().read(shape, document.element());
                assertThat(texts(request, shape.request()))
                        .as("%s, seed %d", operation.name(), seed)
                        .containsExactlyInAnyOrderElementsOf(document.texts());
            }
        }
    }

    @Test
    void theRequestsThatAreReadAreValid() throws Exception {
        for (ContractOperation operation : readableOperations()) {
            ActionShape shape = Codec.shape(operation.name());
            Element document = new ContractDocument(shape, operation, SEEDS.get(0), Set.of()).element();
            assertThatCode(() -> SCHEMA.newValidator().validate(new DOMSource(document)))
                    .as(operation.name())
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"AuthorizeSecurityGroupIngress", "DescribeAccountAttributes", "ImportInstance", "RunInstances"})
    void whatTheModelLacksIsRefusedByName(String action) {
        ActionShape shape = Codec.shape(action);
        ContractOperation operation = Codec.CONTRACT.operation(action).orElseThrow();
        Element document = new ContractDocument(shape, operation, SEEDS.get(0), Set.of()).element();
        assertThat(catchThrowableOfType(Ec2Error.class, () -> new SoapReader().read(shape, document))
                        .code())
                .isEqualTo(Ec2ErrorCode.UNSUPPORTED_OPERATION);
    }

    private static List<ContractOperation> readableOperations() {
        List<ContractOperation> operations = Codec.CONTRACT.operations().values().stream()
                .filter(operation -> Codec.SHAPES.find(operation.name()).isPresent())
                .toList();
        assertThat(operations).hasSize(146);
        return operations;
    }

    private static List<String> texts(Object value, Shape shape) {
        return textStream(value, shape).toList();
    }

    private static Stream<String> textStream(Object value, Shape shape) {
        if (value == null) {
            return Stream.empty();
        }
        if (shape instanceof ScalarShape scalar) {
            return Stream.of(scalar.kind().format(value));
        }
        if (shape instanceof ListShape list) {
            return ((List<?>) value).stream().flatMap(item -> textStream(item, list.item()));
        }
        return ((StructShape) shape)
                .members().stream().flatMap(member -> textStream(member.valueIn((SdkPojo) value), member.shape()));
    }
}
