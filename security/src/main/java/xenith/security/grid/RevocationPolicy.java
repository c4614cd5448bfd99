package xenith.security.grid;

/** What holds for an authority without a revocation list. A list that is there must be current in any case. */
public enum RevocationPolicy {
    /** Its certificates are accepted, as Globus does. */
    IF_PRESENT,
    /** Its certificates are refused. */
    REQUIRED
}
