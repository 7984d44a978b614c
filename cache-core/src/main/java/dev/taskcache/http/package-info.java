/**
 * What asks servers, over the caller's {@link java.net.http.HttpClient}: registries about images,
 * and servers of artifacts.
 */
@NullMarked
package dev.taskcache.http;

import org.jspecify.annotations.NullMarked;
