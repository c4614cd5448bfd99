package xenith.engine.model;

/** What a user may do beyond their own account's things. */
public enum Role {
    /** Acts on the things of the own account. */
    MEMBER,
    /** Acts on every account's things, on hosts, networks, accounts and users. */
    OPERATOR
}
