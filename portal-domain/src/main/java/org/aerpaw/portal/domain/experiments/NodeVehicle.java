package org.aerpaw.portal.domain.experiments;

import jakarta.persistence.Converter;
import org.aerpaw.portal.domain.mixins.Choice;
import org.aerpaw.portal.domain.mixins.ChoiceConverter;

/** What carries a node. */
public enum NodeVehicle implements Choice {
  VEHICLE_UAV,
  VEHICLE_UGV,
  VEHICLE_OTHER,
  VEHICLE_NONE;

  @Converter(autoApply = true)
  public static final class TextConverter extends ChoiceConverter<NodeVehicle> {

    public TextConverter() {
      super(NodeVehicle.class);
    }
  }
}
