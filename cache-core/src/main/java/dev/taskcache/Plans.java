package dev.taskcache;

import java.util.ArrayList;
import java.util.List;

/** The decisions on many requests at once, those that must not be cached among them. */
record Plans(DecisionPath path) {

  /** A decision for each, in the same order. */
  List<CacheDecision> of(List<TaskRequest> requests) {
    CacheDecision[] decisions = new CacheDecision[requests.size()];
    List<Asked<?>> asked = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < decisions.length; i++) {
      TaskRequest request = requests.get(i);
      try {
        asked.add(path.ask(request, ResultCodec.named(request)));
        places.add(i);
      } catch (NotCacheableException e) {
        decisions[i] = path.bypass(request, e.finding());
      }
    }
    List<CacheDecision> planned = path.plan(asked);
    for (int i = 0; i < places.size(); i++) {
      decisions[places.get(i)] = planned.get(i);
    }
    return List.of(decisions);
  }
}
