package xenith.security.soap;

/** Whether message signatures by RSA-SHA1 are accepted: clients of EC2's SOAP API and of Nimbus know nothing else. */
public enum Sha1Policy {
    ALLOW,
    REFUSE
}
