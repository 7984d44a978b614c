package dev.taskcache.version;

import java.util.List;

/** What a selection means by one answer of a source. */
record Choice(PipelineVersion version, List<Refusal> refusals) {}
