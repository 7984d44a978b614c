/**
 * What asks servers, over the caller's {@link java.net.http.HttpClient}: registries about images,
 * servers of artifacts, and servers of pipelines.
 */
@NullMarked
package dev.taskcache.http;

import org.jspecify.annotations.NullMarked;
