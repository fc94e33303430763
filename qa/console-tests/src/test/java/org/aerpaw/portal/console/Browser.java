package org.aerpaw.portal.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A Chromium without a window, on the console of a portal. */
final class Browser implements AutoCloseable {

  private static final Path SCREENSHOTS = Path.of("../../docs/screenshots");
  private static final Duration MAX_WAIT = Duration.ofSeconds(20);

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  static Browser start() {
    var service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(Path.of("/usr/bin/chromedriver").toFile())
            .build();
    var options = new ChromeOptions();
    options.setBinary("/usr/bin/chromium");
    options.addArguments(
        "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--lang=en", "--no-first-run");
    return new Browser(new ChromeDriver(service, options));
  }

  Browser size(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    return this;
  }

  /**
   * @param scheme {@code light} or {@code dark}
   */
  Browser colors(String scheme) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    return this;
  }

  void open(String url) {
    driver.get(url);
  }

  void forgetSession() {
    driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
  }

  WebElement find(String css) {
    return await(browser -> shown(By.cssSelector(css), ""));
  }

  /** A button with exactly this text. */
  WebElement button(String text) {
    return await(browser -> shown(By.tagName("button"), text));
  }

  /** Presses a button with exactly this text. */
  void click(String text) {
    await(
        browser -> {
          WebElement button = shown(By.tagName("button"), text);
          if (button != null) {
            button.click();
          }
          return button;
        });
  }

  /** The first element that is displayed and has a text, or any text if that is empty. */
  private WebElement shown(By by, String text) {
    return driver.findElements(by).stream()
        .filter(WebElement::isDisplayed)
        .filter(element -> text.isEmpty() || element.getText().equals(text))
        .findFirst()
        .orElse(null);
  }

  /** Waits, also for what the page replaces meanwhile. */
  private <T> T await(Function<WebDriver, T> condition) {
    return new WebDriverWait(driver, MAX_WAIT)
        .ignoring(StaleElementReferenceException.class)
        .until(condition);
  }

  /** Waits until an element contains a text. */
  void awaitText(String css, String text) {
    new WebDriverWait(driver, MAX_WAIT)
        .ignoring(StaleElementReferenceException.class)
        .withMessage(() -> css + " says: " + texts(css))
        .until(browser -> texts(css).contains(text));
  }

  String texts(String css) {
    var texts = new StringBuilder();
    driver
        .findElements(By.cssSelector(css))
        .forEach(part -> texts.append(part.getText()).append('\n'));
    return texts.toString();
  }

  int count(String css) {
    return driver.findElements(By.cssSelector(css)).size();
  }

  /** Presses keys where the focus is. */
  void press(CharSequence... keys) {
    driver.switchTo().activeElement().sendKeys(keys);
  }

  String focused() {
    return driver.switchTo().activeElement().getText();
  }

  /** Presses tab until a button has the focus. */
  void tabTo(String text) {
    for (int i = 0; i < 100 && !focused().equals(text); i++) {
      press(Keys.TAB);
    }
    assertThat(focused()).isEqualTo(text);
  }

  long number(String script) {
    return ((Number) driver.executeScript("return " + script)).longValue();
  }

  /** What axe finds wrong: nothing that keeps people from using the page. */
  void assertAccessible() {
    List<Rule> violations = new AxeBuilder().analyze(driver).getViolations();
    assertThat(violations)
        .extracting(rule -> rule.getId() + ": " + rule.getNodes())
        .as("axe")
        .isEmpty();
  }

  /** Nothing is wider than the page but what scrolls in its own region. */
  void assertFits() {
    assertThat(number("document.documentElement.scrollWidth"))
        .isLessThanOrEqualTo(number("window.innerWidth"));
  }

  /** Saves what is shown in docs, with -Dscreenshots.update. */
  void screenshot(String name) throws IOException {
    if (System.getProperty("screenshots.update") != null) {
      Files.createDirectories(SCREENSHOTS);
      Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }
  }

  @Override
  public void close() {
    driver.quit();
  }
}
