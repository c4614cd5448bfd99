package xenith.engine.lease.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import xenith.engine.lease.Slot;
import xenith.engine.lease.SlotKind;

/**
 * A picture of a schedule: a row for each node, time to the right, a box for each slot in its lease's colour. Leases that
 * share a node stand below each other in its row.
 */
public final class TimelineSvg {
    /** Browsers draw no more in a time that anybody waits for. */
    public static final int MAX_BOXES = 200_000;

    private static final int WIDTH = 1_400;
    private static final int LEFT = 70;
    private static final int TOP = 28;
    private static final int LANE = 14;
    private static final int GAP = 3;
    private static final int TICKS = 10;
    private static final double GOLDEN_ANGLE = 137.508;
    private static final long SECOND = 1_000;

    private final SimulationResult result;
    private final StringBuilder svg = new StringBuilder();
    private final double span;

    /** The part of a slot that is on one node. */
    private record Box(Slot slot, int lane) {}

    private TimelineSvg(SimulationResult result) {
        this.result = result;
        this.span = Math.max(1, result.endMillis());
    }

    /** @throws IllegalArgumentException if it would have more than {@link #MAX_BOXES} */
    public static String of(SimulationResult result) {
        long boxes =
                result.passed().stream().mapToLong(slot -> slot.use().size()).sum();
        if (boxes > MAX_BOXES) {
            throw new IllegalArgumentException("the picture would have " + boxes + " boxes, more than " + MAX_BOXES);
        }
        return new TimelineSvg(result).drawn();
    }

    private String drawn() {
        int y = TOP;
        for (int node = 1; node <= result.site().nodes().size(); node++) {
            y += row(node, y) + GAP;
        }
        axis(y);
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + (WIDTH + LEFT + 20) + "\" height=\"" + (y + 10)
                + "\" font-family=\"sans-serif\" font-size=\"10\">\n"
                + "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n" + svg + "</svg>\n";
    }

    private int row(int node, int y) {
        List<Box> boxes = lanes(node);
        int height = LANE
                * Math.max(1, boxes.stream().mapToInt(box -> box.lane + 1).max().orElse(1));
        svg.append("<text x=\"4\" y=\"")
                .append(y + LANE - 3)
                .append("\">node ")
                .append(node)
                .append("</text>\n");
        svg.append("<rect x=\"")
                .append(LEFT)
                .append("\" y=\"")
                .append(y)
                .append("\" width=\"")
                .append(WIDTH)
                .append("\" height=\"")
                .append(height)
                .append("\" fill=\"#f2f2f2\"/>\n");
        boxes.forEach(box -> draw(box, y));
        return height;
    }

    private List<Box> lanes(int node) {
        List<Slot> slots = result.passed().stream()
                .filter(slot -> slot.use().containsKey(node) && slot.endMillis() > slot.startMillis())
                .sorted(Comparator.comparingLong(Slot::startMillis))
                .toList();
        List<Long> free = new ArrayList<>();
        List<Box> boxes = new ArrayList<>();
        for (Slot slot : slots) {
            int lane = 0;
            while (lane < free.size() && free.get(lane) > slot.startMillis()) {
                lane++;
            }
            if (lane == free.size()) {
                free.add(0L);
            }
            free.set(lane, slot.endMillis());
            boxes.add(new Box(slot, lane));
        }
        return boxes;
    }

    private void draw(Box box, int y) {
        Slot slot = box.slot;
        double x = LEFT + WIDTH * slot.startMillis() / span;
        double width = Math.max(0.5, WIDTH * (slot.endMillis() - slot.startMillis()) / span);
        double hue = slot.lease() * GOLDEN_ANGLE % 360;
        boolean runs = slot.kind() == SlotKind.MACHINES;
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%.2f\" y=\"%d\" width=\"%.2f\" height=\"%d\" fill=\"hsl(%.0f,%d%%,%d%%)\">"
                        + "<title>lease %d, %s, %d s to %d s</title></rect>%n",
                x,
                y + box.lane * LANE,
                width,
                LANE - 1,
                hue,
                runs ? 65 : 35,
                runs ? 60 : 82,
                slot.lease(),
                slot.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                slot.startMillis() / SECOND,
                slot.endMillis() / SECOND));
        if (runs && width > 24) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%.2f\" y=\"%d\">%d</text>%n",
                    x + 3,
                    y + box.lane * LANE + LANE - 4,
                    slot.lease()));
        }
    }

    private void axis(int bottom) {
        for (int tick = 0; tick <= TICKS; tick++) {
            double x = LEFT + WIDTH * tick / (double) TICKS;
            long seconds = Math.round(span * tick / TICKS / SECOND);
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#999\" stroke-width=\"0.5\"/>"
                            + "<text x=\"%.1f\" y=\"14\">%d:%02d:%02d</text>%n",
                    x,
                    TOP - 8,
                    x,
                    bottom,
                    x - 18,
                    seconds / 3_600,
                    seconds / 60 % 60,
                    seconds % 60));
        }
    }
}
