package xenith.engine.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** The current row of a query's result. */
final class ResultRow implements Row {
    private final ResultSet result;

    ResultRow(ResultSet result) {
        this.result = result;
    }

    @Override
    public String text(String column) {
        return optionalText(column).orElseThrow(() -> new IllegalStateException("column " + column + " is null"));
    }

    @Override
    public Optional<String> optionalText(String column) {
        try {
            return Optional.ofNullable(result.getString(column));
        } catch (SQLException failure) {
            throw new StoreUnavailableException("column " + column + " cannot be read", failure);
        }
    }

    @Override
    public long number(String column) {
        return optionalNumber(column).orElseThrow(() -> new IllegalStateException("column " + column + " is null"));
    }

    @Override
    public Optional<Long> optionalNumber(String column) {
        try {
            long value = result.getLong(column);
            return result.wasNull() ? Optional.empty() : Optional.of(value);
        } catch (SQLException failure) {
            throw new StoreUnavailableException("column " + column + " cannot be read", failure);
        }
    }
}
