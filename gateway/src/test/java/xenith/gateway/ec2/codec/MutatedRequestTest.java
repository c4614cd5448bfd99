package xenith.gateway.ec2.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import software.amazon.awssdk.services.ec2.model.Ec2Request;

/** Good requests as they turn bad: each is read, or refused in EC2's terms; nothing else comes out. */
class MutatedRequestTest {
    private static final int ROUNDS = 3_000;
    private static final List<String> ACTIONS = List.of(
            "RunInstances",
            "DescribeInstances",
            "RegisterImage",
            "CreateTags",
            "ImportKeyPair",
            "DescribeImageAttribute");
    private static final List<String> PIECES = List.of(
            "", ".", "..", ".1", ".0", "-1", "999999999", "Item", "item", "\u0000", "\uD800", "é", "Set", "1e9", " ");

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final SdkProtocol sdk = new SdkProtocol();
    private int refused;

    @BeforeEach
    void printSeed() {
        System.out.println("seed " + seed);
    }

    @Test
    void aMutatedQueryIsReadOrRefused() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            ActionShape shape = Codec.shape(any(ACTIONS));
            Ec2Request good = (Ec2Request)
                    new RandomModel(random.nextLong(), RandomModel.Density.SPARSE).request(shape.request());
            List<Parameter> parameters = new ArrayList<>(sdk.marshalled(good));
            for (int change = random.nextInt(4); change >= 0; change--) {
                mutate(parameters);
            }
            check(catchThrowable(() -> new QueryReader().read(shape, parameters)), parameters);
        }
        assertThat(refused).isBetween(ROUNDS / 4, ROUNDS - 1);
    }

    @Test
    void aMutatedBodyIsReadOrRefused() {
        for (int round = 0; round < ROUNDS; round++) {
            ActionShape shape = Codec.shape(any(List.of("RunInstances", "DescribeInstances", "RegisterImage")));
            ContractOperation operation =
                    Codec.CONTRACT.operation(shape.action()).orElseThrow();
            ContractDocument good = new ContractDocument(
                    shape,
                    operation,
                    random.nextLong(),
                    Set.of("RunInstancesType/license", "RunInstancesType/addressingType"));
            Element bad = good.element();
            for (int change = random.nextInt(3); change >= 0; change--) {
                mutate(bad);
            }
            check(catchThrowable(() -> new SoapReader().read(shape, bad)), bad);
        }
        assertThat(refused).isBetween(ROUNDS / 4, ROUNDS - 1);
    }

    private void check(Throwable outcome, Object request) {
        if (outcome != null) {
            refused++;
            assertThat(outcome).as("seed %d: %s", seed, request).isInstanceOf(Ec2Error.class);
        }
    }

    private void mutate(List<Parameter> parameters) {
        int at = random.nextInt(parameters.size());
        Parameter old = parameters.get(at);
        int cut = random.nextInt(old.name().length() + 1);
        switch (random.nextInt(4)) {
            case 0 -> parameters.add(old);
            case 1 -> parameters.set(at, new Parameter(old.name(), any(PIECES)));
            case 2 -> parameters.set(at, new Parameter(old.name().substring(0, cut), old.value()));
            default ->
                parameters.set(
                        at,
                        new Parameter(
                                old.name().substring(0, cut)
                                        + any(PIECES)
                                        + old.name().substring(cut),
                                old.value()));
        }
    }

    private void mutate(Element body) {
        List<Element> all = new ArrayList<>();
        collect(body, all);
        Element element = any(all);
        switch (random.nextInt(4)) {
            case 0 -> element.getParentNode().appendChild(element.cloneNode(true));
            case 1 -> element.setTextContent(any(PIECES));
            case 2 -> any(all).appendChild(element.cloneNode(true));
            default ->
                element.getOwnerDocument().renameNode(element, element.getNamespaceURI(), any(all).getLocalName());
        }
    }

    private static void collect(Element element, List<Element> all) {
        for (Element child : ContractReader.children(element)) {
            all.add(child);
            collect(child, all);
        }
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
