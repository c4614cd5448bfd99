package xenith.gateway.ec2.tables;

import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Makes and recognises EC2's ids: a prefix, a dash, 8 or 17 hexadecimal digits. Used within units of work only. */
public final class Ec2Ids {
    /** Room for the longest prefix in use and 17 digits. */
    static final int MAX_CHARS = 32;

    private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{8}|[0-9a-f]{17}");

    private final Length length;
    private final RandomGenerator random;

    /** How many digits new ids have; both lengths are always understood. */
    public enum Length {
        /** Old tools know no other. */
        SHORT(8),
        LONG(17);

        private final int digits;

        Length(int digits) {
            this.digits = digits;
        }
    }

    public Ec2Ids(Length length, RandomGenerator random) {
        this.length = length;
        this.random = random;
    }

    /** The same, of that length. */
    Ec2Ids of(Length wanted) {
        return new Ec2Ids(wanted, random);
    }

    public boolean areLong() {
        return length == Length.LONG;
    }

    /** Whether it could be an id with that prefix; whether there is such a thing is another question. */
    public static boolean isWellFormed(String prefix, String id) {
        return id.startsWith(prefix + "-")
                && DIGITS.matcher(id.substring(prefix.length() + 1)).matches();
    }

    /** @param taken whether that id is in use */
    public String mint(String prefix, Predicate<String> taken) {
        while (true) {
            StringBuilder id = new StringBuilder(prefix).append('-');
            for (int digit = 0; digit < length.digits; digit++) {
                id.append(Character.forDigit(random.nextInt(16), 16));
            }
            if (!taken.test(id.toString())) {
                return id.toString();
            }
        }
    }
}
