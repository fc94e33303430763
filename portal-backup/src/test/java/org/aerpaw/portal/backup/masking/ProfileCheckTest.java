package org.aerpaw.portal.backup.masking;

import static org.aerpaw.portal.backup.DumpRequestBuilder.dumpOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.TestPortalExtension;
import org.aerpaw.portal.backup.binding.JsonBinding;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.run.InvalidRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Profiles compared with the models of the portal. */
@ExtendWith(TestPortalExtension.class)
class ProfileCheckTest {

  private static final String USER = "users.aerpawuser";

  @TempDir Path folder;
  private final Map<String, Map<String, String>> rules = new TreeMap<>();

  ProfileCheckTest() throws Exception {
    MaskingProfile.parse(Files.readAllBytes(Path.of("../masks/staging.json")))
        .models()
        .forEach((model, fields) -> rules.put(model, new HashMap<>(fields)));
  }

  private Iterable<String> problems() {
    return new ProfileCheck("mine.json", new MaskingProfile(rules), TestPortal.portalModels())
        .problems().stream().map(FixtureError::toString).toList();
  }

  @Test
  void defaultProfileShouldFitThePortal() {
    assertThat(problems()).isEmpty();
  }

  @Test
  void textWithoutARuleShouldStopTheDumpAndBeNamed(TestPortal portal) throws Exception {
    rules.get(USER).remove("openid_sub");
    rules.remove("user_messages.aerpawusermessage");
    Files.writeString(folder.resolve("mine.json"), JsonBinding.toJson(new MaskingProfile(rules)));
    TestPortal masking =
        portal.withMasking(new MaskingSettings(folder, folder.resolve("key"), false));

    assertThatThrownBy(() -> masking.dump(dumpOf("projects").mask("mine").build()))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContainingAll(
            "mine.json: users.aerpawuser: openid_sub: the field contains text,"
                + " and the masking profile has no rule for it",
            "mine.json: user_messages.aerpawusermessage: message_body: the field contains text");
    assertThat(portal.sets.all()).isEmpty();
  }

  @Test
  void allProblemsShouldBeReportedTogether() {
    rules.put("users.nobody", Map.of("name", "keep"));
    rules
        .get(USER)
        .putAll(
            Map.of(
                "nickname", "keep",
                "groups", "keep",
                "profile", "null",
                "email", "reverse",
                "display_name", "null",
                "username", "fixed:me",
                "last_login", "hash",
                "is_staff", "fixed:perhaps",
                "date_joined", "fixed:yesterday"));
    rules.get("experiments.aerpawexperiment").put("experiment_flags", "hash");
    rules.get("experiment_info.experimentformdata").put("is_shared", "fixed:not for everybody");

    assertThat(problems())
        .containsExactlyInAnyOrder(
            "mine.json: users.nobody: unknown model",
            "mine.json: users.aerpawuser: nickname: unknown field",
            "mine.json: users.aerpawuser: groups: references are not masked, so they cannot have a rule",
            "mine.json: users.aerpawuser: profile: references are not masked, so they cannot have a rule",
            "mine.json: users.aerpawuser: email: unknown rule; allowed:"
                + " keep, null, fixed:VALUE, hash, name, email, text, unusable-password",
            "mine.json: users.aerpawuser: display_name: null is not allowed",
            "mine.json: users.aerpawuser: username: its values must stay unique, so only these"
                + " rules are possible: keep, hash, name, email, unusable-password",
            "mine.json: users.aerpawuser: last_login: the rule \"hash\" is only for fields with text",
            "mine.json: users.aerpawuser: is_staff: true or false is expected, not text",
            "mine.json: users.aerpawuser: date_joined: a timestamp must be YYYY-MM-DDTHH:MM:SS, with"
                + " or without a fraction and a zone",
            "mine.json: experiments.aerpawexperiment: experiment_flags: the rule \"hash\" makes texts"
                + " of 26 characters, but the column takes only 3",
            "mine.json: experiment_info.experimentformdata: is_shared: the text is longer than 10"
                + " characters");
  }

  @Test
  void damagedProfileShouldBeRefused(TestPortal portal) throws Exception {
    Files.writeString(folder.resolve("mine.json"), "{\"modles\": {}}");
    TestPortal masking =
        portal.withMasking(new MaskingSettings(folder, folder.resolve("key"), false));

    assertThatThrownBy(() -> masking.dump(dumpOf().mask("mine").build()))
        .hasMessage("mask: the masking profile is damaged: the member \"models\" is missing");
  }

  @Test
  void fixedValuesOfAllTypesShouldBeWrittenAsTheirColumnsWriteThem(TestPortal portal)
      throws Exception {
    rules
        .get(USER)
        .putAll(
            Map.of(
                "last_login",
                "fixed:2026-01-02T03:04:05.678901+01:00",
                "is_staff",
                "fixed:true",
                "first_name",
                "fixed:Zo\u00eb \"\u2028\"",
                "email",
                "fixed:"));
    rules
        .computeIfAbsent("operations.canonicalnumber", any -> new HashMap<>())
        .put("canonical_number", "fixed:42");
    rules
        .get("experiment_info.fieldtrip")
        .putAll(
            Map.of(
                "person_hours",
                "fixed:2.50",
                "experiment_date",
                "fixed:2026-01-02",
                "start_time",
                "fixed:03:04",
                "end_time",
                "null"));
    Files.writeString(folder.resolve("mine.json"), JsonBinding.toJson(new MaskingProfile(rules)));
    portal.withDjangoSet();
    assertThat(portal.load().errors()).isEmpty();
    TestPortal masking =
        portal.withMasking(new MaskingSettings(folder, folder.resolve("key"), false));

    BackupSet set = masking.set(masking.dump(dumpOf().mask("mine").build()));

    assertThat(masking.dumped("users.json").values("is_staff")).containsOnly("true");
    assertThat(masking.dumped("users.json").values("last_login"))
        .contains("\"2026-01-02T02:04:05.678901Z\"");
    assertThat(masking.dumped("operations.json").values("canonical_number")).containsOnly("42");
    assertThat(masking.dumped("experiment_info.json").values("person_hours")).containsOnly("2.5");
    assertThat(masking.dumped("experiment_info.json").values("end_time")).containsOnly("null");
    assertThat(masking.verify(set).errors()).isEmpty();
  }
}
