package org.aerpaw.portal.domain.experiments;

import org.eclipse.persistence.descriptors.ClassDescriptor;
import org.eclipse.persistence.descriptors.ClassExtractor;
import org.eclipse.persistence.sessions.DataRecord;
import org.eclipse.persistence.sessions.Session;

/**
 * Tells a scheduled session by its row in the table of scheduled sessions. Django's tables have no
 * discriminator column, and JPA knows no other way; the price is that JPQL cannot ask for the
 * {@code TYPE} of a session.
 */
public final class SessionClassExtractor extends ClassExtractor {

  @Override
  public void initialize(ClassDescriptor descriptor, Session session) {
    // Both tables are read at once, so that every row shows whether it has a second half.
    descriptor.getInheritancePolicy().setShouldOuterJoinSubclasses(true);
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T> Class<T> extractClassFromRow(DataRecord row, Session session) {
    return (Class<T>)
        (row.get("ondemandsession_ptr_id") == null
            ? OnDemandSession.class
            : ScheduledSession.class);
  }
}
