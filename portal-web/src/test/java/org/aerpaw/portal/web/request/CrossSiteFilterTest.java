package org.aerpaw.portal.web.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrossSiteFilterTest {

  @ParameterizedTest
  @CsvSource({
    "           ,                         ,           ,   false",
    "same-origin, https://portal.org      , portal.org,   false",
    "none       ,                         , portal.org,   false",
    "cross-site ,                         , portal.org,   true",
    "same-site  , https://portal.org      , portal.org,   true",
    "           , https://portal.org      , Portal.org,   false",
    "           , http://127.0.0.1:8080   , 127.0.0.1:8080, false",
    "           , http://127.0.0.1:8081   , 127.0.0.1:8080, true",
    "           , https://elsewhere.org   , portal.org,   true",
    "           , https://portal.org.evil , portal.org,   true",
    "           , null                    , portal.org,   true",
    "           , not an origin           , portal.org,   true",
    "           , https://portal.org      ,           ,   true",
  })
  void aRequestOfAnotherSiteIsRecognized(
      String site, String origin, String host, boolean crossSite) {
    assertThat(CrossSiteFilter.isCrossSite(site, origin, host)).isEqualTo(crossSite);
  }
}
