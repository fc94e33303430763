package org.aerpaw.portal.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.diff.DiffRequest;
import org.aerpaw.portal.backup.dump.DumpRequest;
import org.aerpaw.portal.backup.load.source.LoadRequest;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.status.HealthReport;
import org.aerpaw.portal.web.console.SessionResource;
import org.aerpaw.portal.web.errors.Problem;
import org.aerpaw.portal.web.request.SubmittedRequest;
import org.aerpaw.portal.web.runs.DiffsResource;
import org.aerpaw.portal.web.runs.DumpsResource;
import org.aerpaw.portal.web.runs.LoadsResource;
import org.aerpaw.portal.web.runs.RunsResource;
import org.aerpaw.portal.web.runs.ScheduleResource;
import org.aerpaw.portal.web.sets.RetentionResource;
import org.aerpaw.portal.web.sets.SetsResource;
import org.aerpaw.portal.web.sets.StoresResource;
import org.aerpaw.portal.web.status.HealthResource;
import org.aerpaw.portal.web.status.MetricsResource;
import org.aerpaw.portal.web.status.NotificationsResource;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** Compares docs/openapi.yaml with the code. With -Dopenapi.update, rewrites its schemas first. */
class ApiDescriptionTest {

  private static final java.nio.file.Path FILE =
      java.nio.file.Path.of(System.getProperty("maven.multiModuleProjectDirectory", ".."))
          .resolve("docs/openapi.yaml");

  private static final List<Class<?>> RESOURCES =
      List.of(
          AppsResource.class,
          DiffsResource.class,
          DumpsResource.class,
          HealthResource.class,
          LoadsResource.class,
          MetricsResource.class,
          NotificationsResource.class,
          RetentionResource.class,
          RunsResource.class,
          ScheduleResource.class,
          SessionResource.class,
          SetsResource.class,
          StoresResource.class);

  private static final String SCHEMAS = "\n  schemas:\n";

  /** A resource method and its place in the description. */
  private record Call(Method method, String path, String verb) {}

  @Test
  void schemasShouldBeThoseOfTheRecords() throws IOException {
    String text = Files.readString(FILE);
    String expected = text.substring(0, text.indexOf(SCHEMAS)) + SCHEMAS + schemas();
    if (System.getProperty("openapi.update") != null) {
      Files.writeString(FILE, expected);
    }
    assertThat(Files.readString(FILE))
        .as("docs/openapi.yaml; its first lines say how to update it")
        .isEqualTo(expected);
  }

  @Test
  void everyCallShouldBeDescribedAndNoOther() throws IOException {
    List<String> described = new ArrayList<>();
    section("paths")
        .forEach(
            (path, operations) ->
                ((Map<?, ?>) operations)
                    .keySet()
                    .forEach(verb -> described.add(verb + " " + path)));

    assertThat(described)
        .containsExactlyInAnyOrderElementsOf(
            calls().map(call -> call.verb() + " " + call.path()).toList());
  }

  @Test
  void requestAndResponseSchemasShouldBeTheTypesOfTheResourceMethods() throws IOException {
    for (Call call : calls().toList()) {
      Object operation = ((Map<?, ?>) section("paths").get(call.path())).get(call.verb());
      requestType(call.method())
          .ifPresent(
              type ->
                  assertThat(operation.toString())
                      .as(call.path())
                      .contains(
                          "requestBody={content={application/json={schema={$ref=#/components/schemas/"
                              + type.getSimpleName()
                              + "}"));
      Class<?> response = call.method().getReturnType();
      if (response.isRecord()) {
        assertThat(operation.toString())
            .as(call.path())
            .contains(
                "application/json={schema={$ref=#/components/schemas/"
                    + response.getSimpleName()
                    + "}");
      }
    }
  }

  private static String schemas() {
    var options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setIndicatorIndent(2);
    options.setIndentWithIndicator(true);
    List<Class<? extends Record>> records = new ArrayList<>();
    records.add(DiffRequest.class);
    records.add(DumpRequest.class);
    records.add(HealthReport.class);
    records.add(LoadRequest.class);
    records.add(ScheduleResource.PauseRequest.class);
    records.add(SetsResource.PinRequest.class);
    records.add(SessionResource.SignedIn.class);
    records.add(Problem.class);
    records.add(Run.class);
    calls()
        .map(call -> call.method().getReturnType())
        .filter(Class::isRecord)
        .forEach(type -> records.add(type.asSubclass(Record.class)));
    return new Yaml(options).dump(RecordSchemas.of(records)).indent(4);
  }

  private static Map<?, ?> section(String name) throws IOException {
    Map<?, ?> description = new Yaml().load(Files.readString(FILE));
    return (Map<?, ?>) description.get(name);
  }

  private static Stream<Call> calls() {
    return RESOURCES.stream().flatMap(ApiDescriptionTest::calls);
  }

  private static Stream<Call> calls(Class<?> resource) {
    return Stream.of(resource.getMethods())
        .flatMap(method -> verb(method).map(verb -> call(resource, method, verb)).stream());
  }

  private static Call call(Class<?> resource, Method method, String verb) {
    String path = "/api/" + resource.getAnnotation(Path.class).value();
    Path own = method.getAnnotation(Path.class);
    return new Call(method, own == null ? path : path + "/" + own.value(), verb);
  }

  private static Optional<String> verb(Method method) {
    return Stream.of(method.getAnnotations())
        .map(Annotation::annotationType)
        .flatMap(type -> Optional.ofNullable(type.getAnnotation(HttpMethod.class)).stream())
        .map(verb -> verb.value().toLowerCase(Locale.ROOT))
        .findFirst();
  }

  private static Optional<Class<?>> requestType(Method method) {
    for (Type type : method.getGenericParameterTypes()) {
      if (type instanceof ParameterizedType generic
          && generic.getRawType() == SubmittedRequest.class) {
        return Optional.of((Class<?>) generic.getActualTypeArguments()[0]);
      }
    }
    return Optional.empty();
  }
}
