package xenith.security;

/**
 * Every reason to refuse a request before its operation is looked at, and what each protocol answers. This table is
 * the only place where a reason gets its code and its status.
 *
 * <p>Codes are those of the EC2 API Reference ("Error codes", common client errors). An unknown or disabled credential
 * is {@code AuthFailure} with 401 there; a wrong signature {@code SignatureDoesNotMatch} with 403; too old, expired and
 * from the future are all {@code RequestExpired}; what does not conform to the signing protocol is
 * {@code IncompleteSignature}; syntax errors are {@code MalformedQueryString}. SOAP faults carry the same codes behind
 * {@code Client.}, as EC2's SOAP API did.
 */
public enum Refusal {
    MISSING_AUTHENTICATION("MissingAuthenticationToken", 403, "The request must be signed."),
    CONTRADICTORY_AUTHENTICATION(
            "InvalidParameterCombination", 400, "Only one way of authentication may be used in a request."),
    INCOMPLETE_SIGNATURE("IncompleteSignature", 400, "The request's signature does not conform to the protocol."),
    UNSUPPORTED_SIGNATURE_VERSION(
            "InvalidParameterValue", 400, "The signature version is not supported. Use version 2 or 4."),
    UNSUPPORTED_SIGNATURE_METHOD("InvalidParameterValue", 400, "The signature method must be HmacSHA256."),
    SESSION_TOKEN_UNKNOWN("AuthFailure", 401, "Temporary credentials are not issued here."),

    UNKNOWN_ACCESS_KEY("AuthFailure", 401, "The access key id is not known here."),
    DISABLED_ACCESS_KEY("AuthFailure", 401, "The access key is disabled."),
    WRONG_SIGNATURE(
            "SignatureDoesNotMatch",
            403,
            "The signature of the request is not the one that belongs to it. Check the secret key and the signing method."),
    WRONG_REGION("SignatureDoesNotMatch", 403, "The credential is scoped to a region that is not served here."),
    WRONG_SERVICE("SignatureDoesNotMatch", 403, "The credential is scoped to a service that is not served here."),
    BODY_HASH_MISMATCH("SignatureDoesNotMatch", 403, "The body is not the one whose hash was signed."),
    BODY_UNSIGNED("SignatureDoesNotMatch", 403, "The body of the request must be signed."),
    TIMESTAMP_UNSIGNED("SignatureDoesNotMatch", 403, "The timestamp of the request must be signed."),
    HEADER_UNSIGNED("SignatureDoesNotMatch", 403, "A header that must be signed is not."),

    EXPIRED("RequestExpired", 400, "The request has expired."),
    IN_THE_FUTURE("RequestExpired", 400, "The request is dated too far in the future."),
    LIFETIME_TOO_LONG("RequestExpired", 400, "The request is made to be valid for too long."),
    CREATED_BEFORE_START("RequestExpired", 400, "The request was made before this service started. Send a new one."),
    REPLAYED("AuthFailure", 401, "The same signed message was received before. Sign a new one."),
    TOO_MANY_REQUESTS("RequestLimitExceeded", 503, "Too many requests arrive. Try again later."),
    MALFORMED_TIMESTAMP("InvalidParameterValue", 400, "The timestamp of the request is not valid."),

    DOUBLED_PARAMETER("InvalidParameterCombination", 400, "A parameter was given more than once."),
    MALFORMED_PARAMETERS("MalformedQueryString", 400, "The parameters cannot be parsed."),
    TOO_MANY_PARAMETERS("MalformedQueryString", 400, "The request has too many parameters."),
    PARAMETER_TOO_LONG("InvalidParameterValue", 400, "A parameter is too long."),
    UNSUPPORTED_METHOD("UnsupportedProtocol", 405, "The HTTP method is not supported."),
    UNSUPPORTED_BODY("UnsupportedProtocol", 415, "The body must be of the type application/x-www-form-urlencoded."),

    MALFORMED_ENVELOPE("InvalidQueryParameter", 400, "The message is not a well-formed SOAP envelope."),
    MALFORMED_SECURITY_HEADER("IncompleteSignature", 400, "The WS-Security header is not of the expected form."),
    ALGORITHM_NOT_ALLOWED("IncompleteSignature", 400, "The signature uses an algorithm that is not allowed."),
    UNKNOWN_CERTIFICATE("AuthFailure", 401, "The certificate is not known here."),
    DISABLED_CERTIFICATE("AuthFailure", 401, "The certificate is disabled."),
    CERTIFICATE_NOT_VALID_NOW("AuthFailure", 401, "The certificate is expired or not yet valid."),
    WEAK_CERTIFICATE("AuthFailure", 401, "The certificate's key or signature is too weak."),
    UNTRUSTED_CERTIFICATE("AuthFailure", 401, "The certificate does not lead to an authority that is trusted here."),
    REVOKED_CERTIFICATE("AuthFailure", 401, "The certificate is revoked."),
    REVOCATION_UNKNOWN("AuthFailure", 401, "Whether the certificate is revoked cannot be told here at present."),
    INVALID_PROXY("AuthFailure", 401, "The proxy certificate is not valid."),
    SUBJECT_NOT_MAPPED("AuthFailure", 401, "No account is mapped to the certificate's subject."),
    WRONG_DESTINATION("InvalidParameterCombination", 400, "The message is addressed to another service."),
    WRONG_SOAP_ACTION(
            "InvalidParameterCombination", 400, "The SOAPAction header names another operation than the body.");

    private final String code;
    private final int httpStatus;
    private final String message;

    Refusal(String code, int httpStatus, String message) {
        this.code = code;
        this.httpStatus = httpStatus;
        this.message = message;
    }

    /** The error code of the Query protocol. */
    public String code() {
        return code;
    }

    /** The HTTP status of the Query protocol; SOAP faults always travel with 500. */
    public int httpStatus() {
        return httpStatus;
    }

    /** The local part of the SOAP 1.1 fault code. */
    public String soapFaultCode() {
        return "Client." + code;
    }

    /** What the user is told, in one or two sentences; never reveals a secret. */
    public String message() {
        return message;
    }
}
