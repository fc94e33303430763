package org.aerpaw.portal.domain.experiments;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.aerpaw.portal.domain.mixins.Choice;

/** What carries a node. */
public enum NodeVehicle implements Choice {
  VEHICLE_UAV,
  VEHICLE_UGV,
  VEHICLE_OTHER,
  VEHICLE_NONE;

  @Converter(autoApply = true)
  public static final class TextConverter implements AttributeConverter<NodeVehicle, String> {

    @Override
    public String convertToDatabaseColumn(NodeVehicle choice) {
      return Choice.text(choice);
    }

    @Override
    public NodeVehicle convertToEntityAttribute(String text) {
      return Choice.of(NodeVehicle.class, text);
    }
  }
}
