package xenith.gateway.server;

import java.util.List;
import java.util.Optional;
import xenith.engine.model.Image;
import xenith.engine.model.ImageId;
import xenith.engine.model.UserId;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Transaction;
import xenith.engine.tables.Images;
import xenith.gateway.api.CredentialRecords;
import xenith.gateway.api.ExternalIds;
import xenith.gateway.credentials.CertificateRecord;
import xenith.gateway.credentials.Credentials;
import xenith.gateway.credentials.KeyRecord;
import xenith.gateway.ec2.tables.ImageEntry;
import xenith.gateway.ec2.tables.ImageIds;
import xenith.security.AccessKey;
import xenith.security.UserCertificate;

/** What the operators' API wants to know of its neighbours: credentials, and EC2's names of images. */
record ApiRecords(Credentials credentials, ImageIds ids) implements CredentialRecords, ExternalIds {
    @Override
    public List<AccessKey> accessKeys(Snapshot state, UserId user) {
        return credentials.keys(state, user).stream().map(KeyRecord::key).toList();
    }

    @Override
    public List<UserCertificate> certificates(Snapshot state, UserId user) {
        return credentials.certificates(state, user).stream()
                .map(CertificateRecord::certificate)
                .toList();
    }

    @Override
    public void add(Transaction tx, AccessKey key) {
        credentials.add(tx, key);
    }

    @Override
    public boolean add(Transaction tx, UserCertificate certificate) {
        return credentials.add(tx, certificate);
    }

    @Override
    public void remove(Transaction tx, AccessKey key) {
        credentials.removeKey(tx, key.id());
    }

    @Override
    public void remove(Transaction tx, UserCertificate certificate) {
        credentials.removeCertificate(tx, certificate.fingerprint());
    }

    @Override
    public Optional<String> of(Snapshot state, ImageId image) {
        return ImageIds.find(state, image).map(ImageEntry::id);
    }

    @Override
    public Optional<ImageId> image(Snapshot state, String externalId) {
        return state.find(ImageIds.TABLE, externalId).map(ImageEntry::image);
    }

    @Override
    public void registered(Transaction tx, ImageId image) {
        Image registered = tx.find(Images.TABLE, image).orElseThrow();
        ids.of(tx, registered);
    }
}
