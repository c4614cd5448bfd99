package xenith.security;

/**
 * A fresh access key: what to store, and the secret that is shown to its user this once.
 *
 * @param stored what goes to the store
 * @param secret the secret key in clear
 */
public record NewAccessKey(AccessKey stored, String secret) {
    /** Names the key without its secret. */
    @Override
    public String toString() {
        return "NewAccessKey[" + stored.id() + "]";
    }
}
