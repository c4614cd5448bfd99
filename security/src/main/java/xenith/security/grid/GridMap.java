package xenith.security.grid;

import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The content of one grid-mapfile, and what was wrong with it. */
record GridMap(Map<GridName, List<String>> accountsByName, List<String> problems) {
    private static final Logger LOG = LoggerFactory.getLogger(GridMap.class);

    GridMap {
        accountsByName = Map.copyOf(accountsByName);
        problems = List.copyOf(problems);
    }

    List<String> accounts(GridName name) {
        return accountsByName.getOrDefault(name, List.of());
    }

    void logProblems() {
        problems.forEach(problem -> LOG.warn("A line maps nobody: {}", problem));
    }
}
