package dev.elbo.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a benchmark found, for programs and for people. */
public interface Finding {
    /** As JSON. */
    ObjectNode toJson();

    /** As people read it. */
    String describe();
}
