package xenith.security.grid;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xenith.security.Refusal;
import xenith.security.RefusedException;

/**
 * A grid-mapfile: which accounts of this site a grid's users have. Read again when it has changed. Where it cannot be
 * read nobody has any; a line that cannot be read maps nobody, is told of in the log, and leaves the others as they are.
 * Thread-safe.
 */
public final class GridMapFile {
    private static final Logger LOG = LoggerFactory.getLogger(GridMapFile.class);

    private final Path file;
    private final FileCache<GridMap> maps = new FileCache<>(this::parse);
    private volatile List<String> told = List.of();

    public GridMapFile(Path file) {
        this.file = file;
    }

    private GridMap parse(Path path, byte[] content) {
        GridMap map = GridMapParser.parse(path, new String(content, UTF_8));
        if (!map.problems().equals(told)) {
            map.problems().forEach(problem -> LOG.warn("A line maps nobody: {}", problem));
            told = map.problems();
        }
        return map;
    }

    /** The accounts of that user, the first one being the default; none if there is no line for it. */
    public List<String> accounts(GridName name) {
        try {
            return maps.find(file).map(map -> map.accounts(name)).orElse(List.of());
        } catch (UnusableFileException logged) {
            return List.of();
        }
    }

    /**
     * The user's default account.
     *
     * @throws RefusedException {@code SUBJECT_NOT_MAPPED} if it has none
     */
    public String defaultAccount(GridIdentity identity) {
        return accounts(identity.name()).stream()
                .findFirst()
                .orElseThrow(() -> new RefusedException(
                        Refusal.SUBJECT_NOT_MAPPED,
                        "It is " + RefusedException.quote(identity.name().text()) + "."));
    }

    /**
     * What is wrong with the file, each with its line: {@code FILE:LINE: REASON}.
     *
     * @throws UnusableFileException if there is no such file, or it cannot be read at all
     */
    public List<String> problems() throws UnusableFileException {
        return maps.require(file).problems();
    }
}
