package org.aerpaw.portal.domain.experiments;

import jakarta.annotation.Priority;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.aerpaw.portal.domain.mixins.Timestamped;
import org.aerpaw.portal.domain.resources.AerpawResource;

/** A node of a canonical experiment and the resource that stands for it. */
@Entity
@Table(name = "experiments_canonicalexperimentresource")
@Priority(5)
public class CanonicalExperimentResource extends Timestamped {

  @ManyToOne(fetch = FetchType.LAZY, optional = false)
  @JoinColumn(name = "experiment_id", nullable = false)
  @NotNull
  private AerpawExperiment experiment;

  @Column(name = "experiment_node_number", nullable = false)
  private int experimentNodeNumber = 1;

  @Column(name = "node_display_name", length = 255)
  @Size(max = 255)
  private String nodeDisplayName;

  @Column(name = "node_type", nullable = false, length = 255)
  @NotNull
  private NodeType nodeType = NodeType.AFRN;

  @Column(name = "node_uhd", nullable = false, length = 255)
  @NotNull
  private NodeUhd nodeUhd = NodeUhd.V4_3;

  @Column(name = "node_vehicle", nullable = false, length = 255)
  @NotNull
  private NodeVehicle nodeVehicle = NodeVehicle.VEHICLE_UAV;

  @ManyToOne(fetch = FetchType.LAZY)
  @JoinColumn(name = "resource_id")
  private AerpawResource resource;

  @Column(name = "uuid", nullable = false, length = 255)
  @NotNull
  @Size(max = 255)
  private String uuid;

  public AerpawExperiment getExperiment() {
    return experiment;
  }

  public void setExperiment(AerpawExperiment experiment) {
    this.experiment = experiment;
  }

  public int getExperimentNodeNumber() {
    return experimentNodeNumber;
  }

  public void setExperimentNodeNumber(int experimentNodeNumber) {
    this.experimentNodeNumber = experimentNodeNumber;
  }

  public String getNodeDisplayName() {
    return nodeDisplayName;
  }

  public void setNodeDisplayName(String nodeDisplayName) {
    this.nodeDisplayName = nodeDisplayName;
  }

  public NodeType getNodeType() {
    return nodeType;
  }

  public void setNodeType(NodeType nodeType) {
    this.nodeType = nodeType;
  }

  public NodeUhd getNodeUhd() {
    return nodeUhd;
  }

  public void setNodeUhd(NodeUhd nodeUhd) {
    this.nodeUhd = nodeUhd;
  }

  public NodeVehicle getNodeVehicle() {
    return nodeVehicle;
  }

  public void setNodeVehicle(NodeVehicle nodeVehicle) {
    this.nodeVehicle = nodeVehicle;
  }

  public AerpawResource getResource() {
    return resource;
  }

  public void setResource(AerpawResource resource) {
    this.resource = resource;
  }

  public String getUuid() {
    return uuid;
  }

  public void setUuid(String uuid) {
    this.uuid = uuid;
  }
}
