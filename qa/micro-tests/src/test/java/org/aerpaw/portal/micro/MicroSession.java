package org.aerpaw.portal.micro;

import java.util.stream.Collectors;
import org.aerpaw.portal.contract.Surroundings;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Tells arquillian.xml of the surroundings, before Arquillian reads it. */
public final class MicroSession implements LauncherSessionListener {

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    if (Surroundings.areWanted()) {
      Surroundings surroundings = Surroundings.get();
      System.setProperty("portal.it.port", Integer.toString(surroundings.port()));
      System.setProperty(
          "portal.it.options",
          surroundings.settings().entrySet().stream()
              .map(
                  setting -> "-D" + setting.getKey() + "=" + setting.getValue().replace(" ", "\\ "))
              .collect(Collectors.joining(" ")));
    }
  }
}
