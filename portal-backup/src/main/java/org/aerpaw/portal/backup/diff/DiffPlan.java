package org.aerpaw.portal.backup.diff;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.model.Model;

/**
 * What a comparison has to do, made by {@link DiffPlanner}.
 *
 * @param from the set that is compared
 * @param to the set that it is compared with; empty for the database
 * @param pairs the files with the models that both sides have
 * @param onlyInFrom the models that {@code to} does not have
 * @param onlyInTo the models that {@code from} does not have
 * @param warnings what the numbers of the report do not say, one sentence each
 */
record DiffPlan(
    DiffSet from,
    Optional<DiffSet> to,
    List<FilePair> pairs,
    List<Model> onlyInFrom,
    List<Model> onlyInTo,
    List<String> warnings) {

  /** The models that both sides have. */
  List<Model> models() {
    return pairs.stream().flatMap(pair -> pair.models().stream()).toList();
  }

  /** The files to read. */
  List<DiffFile> files() {
    return pairs.stream()
        .flatMap(pair -> Stream.of(pair.from(), pair.to()))
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  /** The number of objects to compare; a side can have more. */
  long objects() {
    return pairs.stream().mapToLong(FilePair::objects).sum();
  }
}
