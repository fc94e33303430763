/**
 * The same databases and files in a real Django and here, compared byte for byte and row by row.
 * The numbers in the tests' comments are the cases of the conformance specification.
 *
 * <p>Where this project means to differ from Django, both are asserted side by side. The Django
 * project lies in {@code django/}.
 */
package org.aerpaw.portal.conformance;
