package xenith.gateway.ec2.tables;

import xenith.engine.model.AccountId;
import xenith.engine.store.Table;

/** Client tokens that have not expired. */
public final class ClientTokens {
    public static final Table<ClientToken.Key, ClientToken> TABLE = Table.named("ec2_client_tokens", ClientToken::key)
            .keyText("account", token -> token.account().value())
            .keyText("token", ClientToken::token)
            .text("digest", ClientToken::digest)
            .text("reservation", ClientToken::reservation)
            .time("expires_millis", ClientToken::expiresAt)
            .readBy(row -> new ClientToken(
                    new AccountId(row.text("account")),
                    row.text("token"),
                    row.text("digest"),
                    row.text("reservation"),
                    row.time("expires_millis")));

    private ClientTokens() {}
}
