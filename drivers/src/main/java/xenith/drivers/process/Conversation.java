package xenith.drivers.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;
import xenith.engine.port.HostEndpoint;

/**
 * What is said between the gateway and one life of a program, from its start to its end. Thread-safe: callers wait each
 * for their own answer, one thread writes, one reads, one takes what the program says beside.
 */
final class Conversation {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** How long what a program said before it ended is still listened to. */
    private static final long LAST_WORDS_MILLIS = 500;

    /** Of a line that cannot be read, what may tell whose answer it was. */
    private static final Pattern ID = Pattern.compile("^\\s*\\{\\s*\"id\"\\s*:\\s*(\\d{1,18})\\D.*", Pattern.DOTALL);

    private static final long NOTHING_DUE = 0;

    private final DriverProgram program;
    private final ProcessLimits limits;
    private final DriverLog log;
    private final Child child;
    private final HostEvents events = new HostEvents();
    private final ConcurrentHashMap<Long, PendingCall> pending = new ConcurrentHashMap<>();
    private final BlockingQueue<PendingCall> outgoing;
    private final AtomicLong lastId = new AtomicLong();
    /** Since when an answer is due and no line has come. */
    private final AtomicLong dueNanos = new AtomicLong(NOTHING_DUE);

    private final Thread writer;
    private final Thread reader;
    private volatile Optional<Hello> hello = Optional.empty();
    private volatile Optional<String> over = Optional.empty();

    /**
     * Starts the program and waits for its hello.
     *
     * @throws DriverException {@code UNREACHABLE}, saying why it cannot be spoken with
     */
    static Conversation open(DriverProgram program, ProcessLimits limits, DriverLog log) throws DriverException {
        Conversation conversation;
        try {
            conversation = new Conversation(program, limits, log, Child.start(program));
        } catch (IOException e) {
            throw new DriverException(
                    Failure.UNREACHABLE, "driver " + program + " cannot be started: " + e.getMessage(), e);
        }
        conversation.begin();
        try {
            conversation.hello =
                    Optional.of(conversation.ask(Method.HELLO, Optional.empty(), Hello.params(program), Hello::read));
            return conversation;
        } catch (DriverException e) {
            conversation.broke("has not introduced itself: " + e.getMessage());
            conversation.awaitEnd();
            throw new DriverException(Failure.UNREACHABLE, e.getMessage(), e);
        }
    }

    private Conversation(DriverProgram program, ProcessLimits limits, DriverLog log, Child child) {
        this.program = program;
        this.limits = limits;
        this.log = log;
        this.child = child;
        this.outgoing = new LinkedBlockingQueue<>(limits.maxCalls());
        this.writer = thread("writer", this::write);
        this.reader = thread("reader", this::read);
    }

    private static Thread thread(String job, Runnable work) {
        Thread thread = new Thread(work, "xenith-driver-" + job);
        thread.setDaemon(true);
        return thread;
    }

    private void begin() {
        writer.start();
        reader.start();
        thread("errors", this::listenToErrors).start();
        child.whenEnded(() -> thread("end", this::hearLastWords).start());
    }

    HostEvents events() {
        return events;
    }

    boolean isOpen() {
        return over.isEmpty();
    }

    boolean can(Ability ability) {
        return hello.isPresent() && hello.get().abilities().contains(ability);
    }

    /**
     * Asks and waits.
     *
     * @param host for methods of a host
     * @throws DriverException what the program answered; {@code UNREACHABLE} when it has not been asked, {@code UNKNOWN}
     *     when its answer did not come, or is none
     */
    <T> T ask(Method method, Optional<HostEndpoint> host, ObjectNode params, Answer.Reading<T> reading)
            throws DriverException {
        PendingCall call = send(method, host, params);
        try {
            return reading.read(call.answer().get(method.limitMillis(limits), TimeUnit.MILLISECONDS));
        } catch (MalformedAnswerException | IllegalArgumentException e) {
            throw complain(method, "what the protocol does not allow: " + e.getMessage());
        } catch (ExecutionException e) {
            throw (DriverException) e.getCause();
        } catch (TimeoutException e) {
            Failure failure = call.withdraw();
            endIfSilent();
            throw new DriverException(
                    failure, named(method) + " did not answer within " + method.limitMillis(limits) + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DriverException(call.withdraw(), named(method) + ": the engine is stopping", e);
        } finally {
            pending.remove(call.id());
        }
    }

    /** Says something to which no answer is waited for. */
    void tell(Method method, HostEndpoint host, ObjectNode params) {
        try {
            PendingCall call = send(method, Optional.of(host), params);
            CompletableFuture<Answer> unused = call.answer()
                    .orTimeout(method.limitMillis(limits), TimeUnit.MILLISECONDS)
                    .whenComplete((answer, thrown) -> pending.remove(call.id()));
        } catch (DriverException e) {
            log.wrong(e.getMessage());
        }
    }

    private PendingCall send(Method method, Optional<HostEndpoint> host, ObjectNode params) throws DriverException {
        if (method.ability().isPresent() && !can(method.ability().get())) {
            throw new DriverException(
                    Failure.REFUSED,
                    named(method) + ": it is not able to " + method.ability().get());
        }
        PendingCall call = call(method, host, params);
        if (pending.size() >= limits.maxCalls()) {
            throw notAsked(method, "has " + limits.maxCalls() + " calls to answer already");
        }
        pending.put(call.id(), call);
        dueNanos.compareAndSet(NOTHING_DUE, System.nanoTime());
        // After it is among the pending: whoever ends the conversation fails those.
        if (over.isPresent() || !outgoing.offer(call)) {
            pending.remove(call.id());
            throw notAsked(method, over.orElse("does not read its standard input"));
        }
        return call;
    }

    private PendingCall call(Method method, Optional<HostEndpoint> host, ObjectNode params) throws DriverException {
        long id = lastId.incrementAndGet();
        ObjectNode request = JsonNodeFactory.instance.objectNode().put("id", id).put("method", method.toString());
        host.ifPresent(endpoint -> request.set("host", PortWriter.host(endpoint)));
        request.set("params", params);
        byte[] line = (request + "\n").getBytes(StandardCharsets.UTF_8);
        if (line.length > limits.maxLineBytes()) {
            throw new DriverException(
                    Failure.REFUSED, named(method) + ": a request of more than " + limits.maxLineBytes() + " bytes");
        }
        return new PendingCall(id, method, line);
    }

    private DriverException notAsked(Method method, String why) {
        return new DriverException(Failure.UNREACHABLE, named(method) + " was not asked: it " + why);
    }

    private DriverException complain(Method method, String what) {
        String message = named(method) + " answered " + what;
        log.wrong(message);
        return new DriverException(Failure.UNKNOWN, message);
    }

    private String named(Method method) {
        return "driver " + hello.map(Hello::name).orElse(program.toString()) + ": " + method;
    }

    private void write() {
        try (OutputStream input = child.input()) {
            while (isOpen()) {
                PendingCall call = outgoing.take();
                if (call.beginSending()) {
                    input.write(call.line());
                    input.flush();
                }
            }
        } catch (IOException e) {
            broke("does not take requests: " + e.getMessage());
        } catch (InterruptedException e) {
            // It is over, and leaving closes the program's standard input.
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try {
            BoundedLines lines = new BoundedLines(child.output(), limits.maxLineBytes());
            for (BoundedLines.Line line = lines.next(); line != null; line = lines.next()) {
                dueNanos.set(pending.isEmpty() ? NOTHING_DUE : System.nanoTime());
                take(line);
            }
        } catch (IOException e) {
            log.wrong("reading what it answers: " + e.getMessage());
        }
        broke(child.ending(LAST_WORDS_MILLIS));
    }

    private void listenToErrors() {
        try {
            BoundedLines lines = new BoundedLines(child.errors(), DriverLog.MAX_LINE_BYTES);
            for (BoundedLines.Line line = lines.next(); line != null; line = lines.next()) {
                log.said(line.bytes());
            }
        } catch (IOException e) {
            log.wrong("reading what it says: " + e.getMessage());
        }
    }

    /** The end of its output may never come: what the program has started may hold it open. */
    private void hearLastWords() {
        try {
            reader.join(LAST_WORDS_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        broke(child.ending(0));
    }

    private void take(BoundedLines.Line line) {
        if (!line.whole()) {
            unreadable(line.bytes(), "a line longer than " + limits.maxLineBytes() + " bytes");
            return;
        }
        JsonNode json;
        try {
            // Strictly, and never as another of the encodings that JSON may have.
            json = JSON.readTree(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line.bytes()))
                    .toString());
        } catch (CharacterCodingException e) {
            unreadable(line.bytes(), "a line that is not UTF-8");
            return;
        } catch (JsonProcessingException e) {
            unreadable(line.bytes(), "a line that is not JSON (" + e.getOriginalMessage() + ")");
            return;
        }
        if (json.has("event")) {
            hear(json);
        } else {
            answer(json);
        }
    }

    private void unreadable(byte[] line, String what) {
        String start = DriverLog.printable(line);
        Matcher id = ID.matcher(start);
        PendingCall call = id.matches() ? pending.remove(Long.parseLong(id.group(1))) : null;
        if (call != null) {
            call.answer().completeExceptionally(complain(call.method(), what));
        } else {
            log.wrong(what + ": " + start);
        }
    }

    private void hear(JsonNode json) {
        try {
            events.hear(new Answer("event", json));
        } catch (MalformedAnswerException e) {
            log.wrong("an event that the protocol does not allow: " + e.getMessage());
        }
    }

    private void answer(JsonNode json) {
        JsonNode id = json.path("id");
        PendingCall call = id.isIntegralNumber() ? pending.remove(id.longValue()) : null;
        if (call == null) {
            boolean late = id.isIntegralNumber() && id.longValue() > 0 && id.longValue() <= lastId.get();
            log.wrong(
                    late
                            ? "an answer to call " + id + " that came too late, or twice, is dropped"
                            : "a line that is neither an event nor an answer to a call is dropped");
        } else if (json.hasNonNull("error")) {
            fail(call, new Answer("error", json.get("error")));
        } else if (json.has("result")) {
            call.answer().complete(new Answer("result", json.get("result")));
        } else {
            call.answer().completeExceptionally(complain(call.method(), "neither a result nor an error"));
        }
    }

    private void fail(PendingCall call, Answer error) {
        try {
            Failure failure = error.member("failure").oneOf(Failure.class);
            String message = error.member("message").text();
            call.fail(failure, DriverLog.printable(message.getBytes(StandardCharsets.UTF_8)));
        } catch (MalformedAnswerException e) {
            call.answer()
                    .completeExceptionally(
                            complain(call.method(), "an error that the protocol does not allow: " + e.getMessage()));
        }
    }

    private void endIfSilent() {
        long due = dueNanos.get();
        if (due != NOTHING_DUE && System.nanoTime() - due > limits.silentMillis() * 1_000_000) {
            broke("owed answers and said nothing for " + limits.silentMillis() + " ms");
        }
    }

    /** {@link #end} of a program that nobody has asked to end. */
    private void broke(String why) {
        if (isOpen()) {
            log.wrong("it " + why);
        }
        end(why);
    }

    /**
     * Ends it and the program, without waiting for that; see {@link #awaitEnd}. Returns when it is over already.
     *
     * @param why what the program has done, for whoever asks later
     */
    void end(String why) {
        synchronized (this) {
            if (over.isPresent()) {
                return;
            }
            over = Optional.of(why);
        }
        for (PendingCall call : pending.values()) {
            call.fail(call.withdraw(), named(call.method()) + " has no answer: it " + why);
        }
        events.lost();
        writer.interrupt();
        thread("end", () -> child.end(limits.endMillis())).start();
    }

    /** Waits until the program is gone, which is no longer than three times it may take to end. */
    void awaitEnd() {
        child.end(limits.endMillis());
    }
}
