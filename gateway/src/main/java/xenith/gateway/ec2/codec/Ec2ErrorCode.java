package xenith.gateway.ec2.codec;

/**
 * EC2's error codes with the HTTP status that EC2 answers each with (EC2 API reference, "Error codes").
 *
 * <p>Codes are part of the interface: clients compare them as strings.
 */
public enum Ec2ErrorCode {
    AUTH_FAILURE("AuthFailure", 401),
    BLOCKED("Blocked", 403),
    DRY_RUN_OPERATION("DryRunOperation", 412),
    IDEMPOTENT_PARAMETER_MISMATCH("IdempotentParameterMismatch", 400),
    INCOMPLETE_SIGNATURE("IncompleteSignature", 400),
    INCORRECT_INSTANCE_STATE("IncorrectInstanceState", 400),
    INCORRECT_STATE("IncorrectState", 400),
    INSTANCE_LIMIT_EXCEEDED("InstanceLimitExceeded", 400),
    INSUFFICIENT_ADDRESS_CAPACITY("InsufficientAddressCapacity", 500),
    INSUFFICIENT_INSTANCE_CAPACITY("InsufficientInstanceCapacity", 500),
    INTERNAL_ERROR("InternalError", 500),
    INVALID_ACTION("InvalidAction", 400),
    INVALID_AMI_ATTRIBUTE_ITEM_VALUE("InvalidAMIAttributeItemValue", 400),
    INVALID_AMI_ID_MALFORMED("InvalidAMIID.Malformed", 400),
    INVALID_AMI_ID_NOT_FOUND("InvalidAMIID.NotFound", 400),
    INVALID_AMI_ID_UNAVAILABLE("InvalidAMIID.Unavailable", 400),
    INVALID_AMI_NAME_DUPLICATE("InvalidAMIName.Duplicate", 400),
    INVALID_AMI_NAME_MALFORMED("InvalidAMIName.Malformed", 400),
    INVALID_AVAILABILITY_ZONE("InvalidAvailabilityZone", 400),
    INVALID_BLOCK_DEVICE_MAPPING("InvalidBlockDeviceMapping", 400),
    INVALID_CLIENT_TOKEN_ID("InvalidClientTokenId", 403),
    INVALID_FILTER("InvalidFilter", 400),
    INVALID_GROUP_ID_MALFORMED("InvalidGroupId.Malformed", 400),
    INVALID_GROUP_NOT_FOUND("InvalidGroup.NotFound", 400),
    INVALID_ID("InvalidID", 400),
    INVALID_INSTANCE_ATTRIBUTE_VALUE("InvalidInstanceAttributeValue", 400),
    INVALID_INSTANCE_ID_MALFORMED("InvalidInstanceID.Malformed", 400),
    INVALID_INSTANCE_ID_NOT_FOUND("InvalidInstanceID.NotFound", 400),
    INVALID_INSTANCE_TYPE("InvalidInstanceType", 400),
    INVALID_INTERFACE_IP_ADDRESS_LIMIT_EXCEEDED("InvalidInterface.IpAddressLimitExceeded", 400),
    INVALID_KEY_PAIR_DUPLICATE("InvalidKeyPair.Duplicate", 400),
    INVALID_KEY_PAIR_FORMAT("InvalidKeyPair.Format", 400),
    INVALID_KEY_PAIR_NOT_FOUND("InvalidKeyPair.NotFound", 400),
    INVALID_KEY_FORMAT("InvalidKey.Format", 400),
    INVALID_MANIFEST("InvalidManifest", 400),
    INVALID_NEXT_TOKEN("InvalidNextToken", 400),
    INVALID_PAGINATION_TOKEN("InvalidPaginationToken", 400),
    INVALID_PARAMETER("InvalidParameter", 400),
    INVALID_PARAMETER_COMBINATION("InvalidParameterCombination", 400),
    INVALID_PARAMETER_VALUE("InvalidParameterValue", 400),
    INVALID_PERMISSION_MALFORMED("InvalidPermission.Malformed", 400),
    INVALID_PLACEMENT_GROUP_DUPLICATE("InvalidPlacementGroup.Duplicate", 400),
    INVALID_PLACEMENT_GROUP_IN_USE("InvalidPlacementGroup.InUse", 400),
    INVALID_PLACEMENT_GROUP_UNKNOWN("InvalidPlacementGroup.Unknown", 400),
    INVALID_PRODUCT_INFO("InvalidProductInfo", 400),
    INVALID_QUERY_PARAMETER("InvalidQueryParameter", 400),
    INVALID_REGION("InvalidRegion", 400),
    INVALID_RESOURCE_ID("InvalidResourceID", 400),
    INVALID_RESERVATION_ID_NOT_FOUND("InvalidReservationID.NotFound", 400),
    INVALID_SECURITY("InvalidSecurity", 400),
    INVALID_SNAPSHOT_NOT_FOUND("InvalidSnapshot.NotFound", 400),
    INVALID_SUBNET_ID_NOT_FOUND("InvalidSubnetID.NotFound", 400),
    INVALID_TAG_KEY_MALFORMED("InvalidTagKey.Malformed", 400),
    INVALID_USER_DATA_MALFORMED("InvalidUserData.Malformed", 400),
    INVALID_USER_ID_MALFORMED("InvalidUserID.Malformed", 400),
    INVALID_VOLUME_NOT_FOUND("InvalidVolume.NotFound", 400),
    INVALID_ZONE_NOT_FOUND("InvalidZone.NotFound", 400),
    MALFORMED_QUERY_STRING("MalformedQueryString", 400),
    MAX_IO_LIMIT_EXCEEDED("MaxIOPSLimitExceeded", 400),
    MISSING_ACTION("MissingAction", 400),
    MISSING_AUTHENTICATION_TOKEN("MissingAuthenticationToken", 403),
    MISSING_PARAMETER("MissingParameter", 400),
    NO_SUCH_VERSION("NoSuchVersion", 400),
    OPERATION_NOT_PERMITTED("OperationNotPermitted", 400),
    OPT_IN_REQUIRED("OptInRequired", 403),
    PENDING_VERIFICATION("PendingVerification", 400),
    REQUEST_ENTITY_TOO_LARGE("RequestEntityTooLarge", 413),
    REQUEST_EXPIRED("RequestExpired", 400),
    REQUEST_LIMIT_EXCEEDED("RequestLimitExceeded", 503),
    RESOURCE_LIMIT_EXCEEDED("ResourceLimitExceeded", 400),
    SIGNATURE_DOES_NOT_MATCH("SignatureDoesNotMatch", 403),
    SERVICE_UNAVAILABLE("ServiceUnavailable", 503),
    TAG_LIMIT_EXCEEDED("TagLimitExceeded", 400),
    UNAUTHORIZED_OPERATION("UnauthorizedOperation", 403),
    UNAVAILABLE("Unavailable", 503),
    UNKNOWN_PARAMETER("UnknownParameter", 400),
    UNSUPPORTED("Unsupported", 400),
    UNSUPPORTED_OPERATION("UnsupportedOperation", 400),
    UNSUPPORTED_PROTOCOL("UnsupportedProtocol", 400);

    private final String wireName;
    private final int httpStatus;

    Ec2ErrorCode(String wireName, int httpStatus) {
        this.wireName = wireName;
        this.httpStatus = httpStatus;
    }

    /** The code as it stands in an answer, such as {@code InvalidInstanceID.NotFound}. */
    public String wireName() {
        return wireName;
    }

    /** The HTTP status of a Query answer with this code; SOAP faults are always 500. */
    public int httpStatus() {
        return httpStatus;
    }

    /** Whether the caller is at fault; otherwise the service is, or is busy. */
    public boolean isClientFault() {
        return httpStatus < 500;
    }
}
