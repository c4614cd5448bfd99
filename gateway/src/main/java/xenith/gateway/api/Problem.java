package xenith.gateway.api;

/** What can be wrong with a request of this interface before the engine is asked. */
enum Problem {
    MALFORMED_JSON(400),
    UNKNOWN_MEMBER(400),
    MISSING_MEMBER(400),
    WRONG_TYPE(400),
    INVALID_VALUE(400),
    CERTIFICATE_REFUSED(400),
    MALFORMED_PATH(400),
    BAD_REQUEST(400),
    ACCESS_KEY_NOT_FOUND(404),
    CERTIFICATE_NOT_FOUND(404),
    CERTIFICATE_TAKEN(409),
    NAME_AMBIGUOUS(409),
    NO_SUCH_RESOURCE(404),
    METHOD_NOT_ALLOWED(405),
    NOT_ACCEPTABLE(406),
    BODY_TOO_LARGE(413),
    UNSUPPORTED_MEDIA_TYPE(415),
    UNAVAILABLE(503),
    INTERNAL_FAILURE(500);

    private final int httpStatus;

    Problem(int httpStatus) {
        this.httpStatus = httpStatus;
    }

    int httpStatus() {
        return httpStatus;
    }
}
