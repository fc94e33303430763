package org.aerpaw.portal.domain.experiment_info;

import jakarta.annotation.Priority;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.aerpaw.portal.domain.experiments.AerpawExperiment;
import org.aerpaw.portal.domain.mixins.Timestamped;
import org.aerpaw.portal.domain.resources.AerpawResource;
import org.aerpaw.portal.domain.users.AerpawUser;

/** A day in the field: equipment, hours and people, and the experiments it served. */
@Entity
@Table(name = "experiment_info_fieldtrip")
@Priority(2)
public class FieldTrip extends Timestamped {

  @Column(name = "number_of_fixed_nodes", nullable = false)
  private short numberOfFixedNodes;

  @Column(name = "number_of_portable_nodes", nullable = false)
  private short numberOfPortableNodes;

  @Column(name = "\"LAMs\"", nullable = false)
  private short lams;

  @Column(name = "\"SAMs\"", nullable = false)
  private short sams;

  @Column(name = "rovers", nullable = false)
  private short rovers;

  @Column(name = "helikite", nullable = false)
  private short helikite;

  @Column(name = "person_hours", nullable = false)
  private double personHours;

  @Column(name = "list_of_operators", length = 255)
  @Size(max = 255)
  private String listOfOperators;

  @Column(name = "experiment_date")
  private LocalDate experimentDate;

  @Column(name = "start_time")
  private LocalTime startTime;

  @Column(name = "end_time")
  private LocalTime endTime;

  @Column(name = "radio_hardware", length = 255)
  @Size(max = 255)
  private String radioHardware;

  @Column(name = "site", length = 255)
  private AerpawSite site;

  @Column(name = "comments", length = 500)
  @Size(max = 500)
  private String comments;

  @Column(name = "is_canceled", nullable = false)
  private boolean canceled;

  @JsonbProperty("experiment_form")
  @ManyToMany
  @JoinTable(
      name = "experiment_info_fieldtrip_experiment_form",
      joinColumns = @JoinColumn(name = "fieldtrip_id"),
      inverseJoinColumns = @JoinColumn(name = "experimentformdata_id"))
  private List<ExperimentFormData> experimentForms = new ArrayList<>();

  @JsonbProperty("experiment")
  @ManyToMany
  @JoinTable(
      name = "experiment_info_fieldtrip_experiment",
      joinColumns = @JoinColumn(name = "fieldtrip_id"),
      inverseJoinColumns = @JoinColumn(name = "aerpawexperiment_id"))
  private List<AerpawExperiment> experiments = new ArrayList<>();

  @ManyToMany
  @JoinTable(
      name = "experiment_info_fieldtrip_ap_operators",
      joinColumns = @JoinColumn(name = "fieldtrip_id"),
      inverseJoinColumns = @JoinColumn(name = "aerpawuser_id"))
  @OrderBy("displayName")
  private List<AerpawUser> apOperators = new ArrayList<>();

  @ManyToMany
  @JoinTable(
      name = "experiment_info_fieldtrip_fixed_nodes_used",
      joinColumns = @JoinColumn(name = "fieldtrip_id"),
      inverseJoinColumns = @JoinColumn(name = "aerpawresource_id"))
  private List<AerpawResource> fixedNodesUsed = new ArrayList<>();

  public short getNumberOfFixedNodes() {
    return numberOfFixedNodes;
  }

  public void setNumberOfFixedNodes(short numberOfFixedNodes) {
    this.numberOfFixedNodes = numberOfFixedNodes;
  }

  public short getNumberOfPortableNodes() {
    return numberOfPortableNodes;
  }

  public void setNumberOfPortableNodes(short numberOfPortableNodes) {
    this.numberOfPortableNodes = numberOfPortableNodes;
  }

  public short getLams() {
    return lams;
  }

  public void setLams(short lams) {
    this.lams = lams;
  }

  public short getSams() {
    return sams;
  }

  public void setSams(short sams) {
    this.sams = sams;
  }

  public short getRovers() {
    return rovers;
  }

  public void setRovers(short rovers) {
    this.rovers = rovers;
  }

  public short getHelikite() {
    return helikite;
  }

  public void setHelikite(short helikite) {
    this.helikite = helikite;
  }

  public double getPersonHours() {
    return personHours;
  }

  public void setPersonHours(double personHours) {
    this.personHours = personHours;
  }

  public String getListOfOperators() {
    return listOfOperators;
  }

  public void setListOfOperators(String listOfOperators) {
    this.listOfOperators = listOfOperators;
  }

  public LocalDate getExperimentDate() {
    return experimentDate;
  }

  public void setExperimentDate(LocalDate experimentDate) {
    this.experimentDate = experimentDate;
  }

  public LocalTime getStartTime() {
    return startTime;
  }

  public void setStartTime(LocalTime startTime) {
    this.startTime = startTime;
  }

  public LocalTime getEndTime() {
    return endTime;
  }

  public void setEndTime(LocalTime endTime) {
    this.endTime = endTime;
  }

  public String getRadioHardware() {
    return radioHardware;
  }

  public void setRadioHardware(String radioHardware) {
    this.radioHardware = radioHardware;
  }

  public AerpawSite getSite() {
    return site;
  }

  public void setSite(AerpawSite site) {
    this.site = site;
  }

  public String getComments() {
    return comments;
  }

  public void setComments(String comments) {
    this.comments = comments;
  }

  public boolean isCanceled() {
    return canceled;
  }

  public void setCanceled(boolean canceled) {
    this.canceled = canceled;
  }

  public List<ExperimentFormData> getExperimentForms() {
    return experimentForms;
  }

  public List<AerpawExperiment> getExperiments() {
    return experiments;
  }

  public List<AerpawUser> getApOperators() {
    return apOperators;
  }

  public List<AerpawResource> getFixedNodesUsed() {
    return fixedNodesUsed;
  }
}
