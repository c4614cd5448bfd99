package xenith.engine.tables;

import java.util.Optional;
import java.util.stream.Stream;
import xenith.engine.model.AccountId;
import xenith.engine.model.Caller;
import xenith.engine.model.Image;
import xenith.engine.model.ImageId;
import xenith.engine.model.ImageShare;
import xenith.engine.store.Index;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Table;
import xenith.engine.store.Transaction;

/** Who may use images besides their owners; those that everybody may use say so themselves. */
public final class ImageShares {
    public static final Index<ImageId, ImageShare, ImageShare> BY_IMAGE =
            new Index<>("image share by image", share -> Optional.of(share.image()));
    public static final Index<AccountId, ImageShare, ImageShare> BY_ACCOUNT =
            new Index<>("image share by account", share -> Optional.of(share.account()));

    public static final Table<ImageShare, ImageShare> TABLE = Table.<ImageShare, ImageShare>named(
                    "image_shares", share -> share)
            .keyNumber("image", share -> share.image().value())
            .keyText("account", share -> share.account().value())
            .index(BY_IMAGE)
            .index(BY_ACCOUNT)
            .readBy(row -> new ImageShare(new ImageId(row.number("image")), new AccountId(row.text("account"))));

    private ImageShares() {}

    public static boolean usable(Snapshot state, Image image, Caller caller) {
        return image.usableBy(caller) || (image.registered() && isWith(state, image.id(), caller.account()));
    }

    /** Whether the image is shared with that account by name. */
    public static boolean isWith(Snapshot state, ImageId image, AccountId account) {
        return state.find(TABLE, new ImageShare(image, account)).isPresent();
    }

    /** The accounts that the image is shared with by name, in no order. */
    public static Stream<AccountId> of(Snapshot state, ImageId image) {
        return state.by(BY_IMAGE, TABLE, image).map(ImageShare::account);
    }

    /** The image goes. */
    public static void removeAll(Transaction tx, ImageId image) {
        tx.state().by(BY_IMAGE, TABLE, image).toList().forEach(share -> tx.remove(TABLE, share));
    }

    /** The account goes. */
    public static void removeAll(Transaction tx, AccountId account) {
        tx.state().by(BY_ACCOUNT, TABLE, account).toList().forEach(share -> tx.remove(TABLE, share));
    }
}
