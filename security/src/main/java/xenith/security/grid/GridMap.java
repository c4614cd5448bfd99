package xenith.security.grid;

import java.util.List;
import java.util.Map;

/** The content of one grid-mapfile, and what was wrong with it. */
record GridMap(Map<GridName, List<String>> accountsByName, List<String> problems) {
    GridMap {
        accountsByName = Map.copyOf(accountsByName);
        problems = List.copyOf(problems);
    }

    List<String> accounts(GridName name) {
        return accountsByName.getOrDefault(name, List.of());
    }
}
