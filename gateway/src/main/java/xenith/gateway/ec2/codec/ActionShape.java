package xenith.gateway.ec2.codec;

import java.util.Optional;

/**
 * What the codec knows of one action: the model's request and response, and the SOAP contract's operation where there
 * is one. Immutable; got from {@link ActionShapes#find}.
 */
public final class ActionShape {
    private final String action;
    private final StructShape request;
    private final StructShape response;
    private final Optional<ContractOperation> operation;
    private final AnswerPlan queryAnswer;
    private final Optional<AnswerPlan> soapAnswer;
    private final Optional<SoapNames> soapRequest;

    ActionShape(String action, StructShape request, StructShape response, Optional<ContractOperation> operation) {
        this.action = action;
        this.request = request;
        this.response = response;
        this.operation = operation;
        this.queryAnswer = AnswerPlan.forQuery(response, operation.map(ContractOperation::response));
        this.soapAnswer = operation.map(known -> AnswerPlan.forSoap(response, known.response()));
        this.soapRequest = operation.map(known -> SoapNames.of(known.request(), request));
    }

    /** The action's name, such as {@code RunInstances}. */
    public String action() {
        return action;
    }

    /** Whether the SOAP contract has this action. */
    public boolean isInContract() {
        return operation.isPresent();
    }

    StructShape request() {
        return request;
    }

    StructShape response() {
        return response;
    }

    Optional<SoapNames> soapRequest() {
        return soapRequest;
    }

    /** @throws IllegalArgumentException for SOAP, when the contract has no such action */
    AnswerPlan answer(Protocol protocol) {
        return switch (protocol) {
            case QUERY -> queryAnswer;
            case SOAP ->
                soapAnswer.orElseThrow(() -> new IllegalArgumentException(action + " is not in the SOAP contract"));
        };
    }

    @Override
    public String toString() {
        return "ActionShape[" + action + "]";
    }
}
