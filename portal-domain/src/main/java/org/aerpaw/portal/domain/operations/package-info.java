/** Numbers the operators give to canonical experiments. */
package org.aerpaw.portal.domain.operations;
