package xenith.engine.service;

import java.util.Optional;
import xenith.engine.model.AccountId;
import xenith.engine.model.Caller;
import xenith.engine.model.EventKind;
import xenith.engine.model.Image;
import xenith.engine.model.ImageId;
import xenith.engine.model.ImageShare;
import xenith.engine.store.Transaction;
import xenith.engine.tables.Accounts;
import xenith.engine.tables.ImageShares;
import xenith.engine.tables.Images;

/**
 * What owners change of their images. Every method throws {@link EngineException} with {@code IMAGE_NOT_FOUND}, and with
 * {@code NOT_ALLOWED} when the caller may use the image and does not own it.
 */
public final class ImageSettings {
    /** EC2's own limit. */
    public static final int MAX_SHARES = 1_000;

    /** @param description at most 255 characters */
    public Image describe(Transaction tx, Caller caller, ImageId id, String description) {
        return changed(tx, own(tx, caller, id).described(description), "its description");
    }

    /** Lets every account use it, or takes that back. Operators only: everybody sees it then. */
    public Image shareWithEverybody(Transaction tx, Caller caller, ImageId id, boolean shared) {
        Image image = own(tx, caller, id);
        if (shared) {
            Authorization.requireOperator(caller);
        }
        return changed(tx, image.shared(shared), shared ? "shared with everybody" : "not shared with everybody");
    }

    /**
     * Lets an account use it.
     *
     * @throws EngineException {@code ACCOUNT_NOT_FOUND}, {@code LIMIT_EXCEEDED}
     */
    public Image share(Transaction tx, Caller caller, ImageId id, AccountId account) {
        Image image = own(tx, caller, id);
        if (tx.find(Accounts.TABLE, account).isEmpty()) {
            throw new EngineException(ErrorCode.ACCOUNT_NOT_FOUND, "there is no account " + account);
        }
        tx.put(ImageShares.TABLE, new ImageShare(id, account));
        if (tx.state().count(ImageShares.BY_IMAGE, id) > MAX_SHARES) {
            throw new EngineException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "image " + id + " would be shared with more than " + MAX_SHARES + " accounts");
        }
        return changed(tx, image, "shared with " + account);
    }

    /** Machines that the account has made from it stay. */
    public Image unshare(Transaction tx, Caller caller, ImageId id, AccountId account) {
        Image image = own(tx, caller, id);
        tx.remove(ImageShares.TABLE, new ImageShare(id, account));
        return changed(tx, image, "not shared with " + account);
    }

    private static Image own(Transaction tx, Caller caller, ImageId id) {
        Image image = tx.find(Images.TABLE, id)
                .filter(found -> ImageShares.usable(tx.state(), found, caller))
                .orElseThrow(() -> new EngineException(ErrorCode.IMAGE_NOT_FOUND, "there is no image " + id));
        if (!caller.mayUse(image.owner())) {
            throw new EngineException(ErrorCode.NOT_ALLOWED, "image " + id + " is another account's");
        }
        return image;
    }

    private static Image changed(Transaction tx, Image image, String what) {
        tx.put(Images.TABLE, image);
        tx.emit(EventKind.IMAGE_CHANGED, "image/" + image.id(), Optional.of(image.owner()), what);
        return image;
    }
}
