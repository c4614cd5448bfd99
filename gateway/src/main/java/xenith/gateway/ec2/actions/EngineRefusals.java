package xenith.gateway.ec2.actions;

import xenith.engine.service.EngineException;
import xenith.engine.service.ErrorCode;
import xenith.gateway.ec2.codec.Ec2Error;
import xenith.gateway.ec2.codec.Ec2ErrorCode;

/** The table from the engine's refusals to EC2's. Actions refuse by themselves what EC2 has a better message for. */
public final class EngineRefusals {
    private EngineRefusals() {}

    public static Ec2Error translated(EngineException refusal) {
        return new Ec2Error(codeOf(refusal.code()), refusal.getMessage(), refusal);
    }

    static Ec2ErrorCode codeOf(ErrorCode code) {
        return switch (code) {
            case VM_NOT_FOUND -> Ec2ErrorCode.INVALID_INSTANCE_ID_NOT_FOUND;
            case IMAGE_NOT_FOUND -> Ec2ErrorCode.INVALID_AMI_ID_NOT_FOUND;
            case IMAGE_UNAVAILABLE -> Ec2ErrorCode.INVALID_AMI_ID_UNAVAILABLE;
            case IMAGE_REFUSED -> Ec2ErrorCode.INVALID_MANIFEST;
            case NAME_TAKEN -> Ec2ErrorCode.INVALID_AMI_NAME_DUPLICATE;
            case GROUP_NOT_FOUND -> Ec2ErrorCode.INVALID_PLACEMENT_GROUP_UNKNOWN;
            case GROUP_IN_USE -> Ec2ErrorCode.INVALID_PLACEMENT_GROUP_IN_USE;
            case PROTECTED -> Ec2ErrorCode.OPERATION_NOT_PERMITTED;
            case WRONG_STATE -> Ec2ErrorCode.INCORRECT_INSTANCE_STATE;
            case INVALID -> Ec2ErrorCode.INVALID_PARAMETER_VALUE;
            case NOT_ALLOWED -> Ec2ErrorCode.UNAUTHORIZED_OPERATION;
            case LIMIT_EXCEEDED -> Ec2ErrorCode.INSTANCE_LIMIT_EXCEEDED;
            case NO_CAPACITY -> Ec2ErrorCode.INSUFFICIENT_INSTANCE_CAPACITY;
            case NO_ADDRESS -> Ec2ErrorCode.INSUFFICIENT_ADDRESS_CAPACITY;
            case HOST_UNAVAILABLE -> Ec2ErrorCode.UNAVAILABLE;
            case IMAGE_IN_USE, HOST_IN_USE, ACCOUNT_IN_USE -> Ec2ErrorCode.INCORRECT_STATE;
            // No EC2 action names any of these; what is missing is ours.
            case HOST_NOT_FOUND, HOST_REFUSED, NETWORK_NOT_FOUND, ACCOUNT_NOT_FOUND, USER_NOT_FOUND ->
                Ec2ErrorCode.INTERNAL_ERROR;
        };
    }
}
