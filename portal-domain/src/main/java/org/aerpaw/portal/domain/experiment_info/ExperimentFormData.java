package org.aerpaw.portal.domain.experiment_info;

import jakarta.annotation.Priority;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.aerpaw.portal.domain.experiments.AerpawExperiment;
import org.aerpaw.portal.domain.mixins.Timestamped;

/** What an experimenter filled in on the form that describes an experiment. */
@Entity
@Table(name = "experiment_info_experimentformdata")
@Priority(1)
public class ExperimentFormData extends Timestamped {

  @Column(name = "old_form_row_number")
  private Short oldFormRowNumber;

  @Column(name = "experiment_type", nullable = false, length = 25)
  @NotNull
  private ExperimentType experimentType = ExperimentType.CANONICAL;

  @Column(name = "title", nullable = false, length = 255)
  @NotNull
  @Size(max = 255)
  private String title;

  @Column(name = "host_institution", length = 255)
  @Size(max = 255)
  private String hostInstitution;

  @Column(name = "lead_experimenter", length = 255)
  @Size(max = 255)
  private String leadExperimenter;

  @Column(name = "lead_email", length = 254)
  @Size(max = 254)
  private String leadEmail;

  @Column(name = "uuid", nullable = false, length = 255)
  @NotNull
  @Size(max = 255)
  private String uuid;

  @ManyToOne(fetch = FetchType.LAZY)
  @JoinColumn(name = "experiment_id")
  private AerpawExperiment experiment;

  @Column(name = "is_urgent")
  private Boolean urgent;

  @Column(name = "sponsored_project", length = 255)
  @Size(max = 255)
  private String sponsoredProject;

  @Column(name = "grant_number", length = 255)
  @Size(max = 255)
  private String grantNumber;

  @Column(name = "keywords", length = 255)
  @Size(max = 255)
  private String keywords;

  @Column(name = "location", nullable = false, length = 255)
  @NotNull
  private ExperimentLocation location;

  @Column(name = "is_shared", nullable = false, length = 10)
  @NotNull
  private ExtendedBoolean shared = ExtendedBoolean.NOT_SURE;

  @Column(name = "public_url", length = 200)
  @Size(max = 200)
  private String publicUrl;

  @Column(name = "goal", columnDefinition = "text")
  private String goal;

  @Column(name = "vehicle_behavior", columnDefinition = "text")
  private String vehicleBehavior;

  @Column(name = "description", columnDefinition = "text")
  private String description;

  @Column(name = "byod_hardware", columnDefinition = "text")
  private String byodHardware;

  @Column(name = "byod_software", columnDefinition = "text")
  private String byodSoftware;

  @Column(name = "questions", columnDefinition = "text")
  private String questions;

  public Short getOldFormRowNumber() {
    return oldFormRowNumber;
  }

  public void setOldFormRowNumber(Short oldFormRowNumber) {
    this.oldFormRowNumber = oldFormRowNumber;
  }

  public ExperimentType getExperimentType() {
    return experimentType;
  }

  public void setExperimentType(ExperimentType experimentType) {
    this.experimentType = experimentType;
  }

  public String getTitle() {
    return title;
  }

  public void setTitle(String title) {
    this.title = title;
  }

  public String getHostInstitution() {
    return hostInstitution;
  }

  public void setHostInstitution(String hostInstitution) {
    this.hostInstitution = hostInstitution;
  }

  public String getLeadExperimenter() {
    return leadExperimenter;
  }

  public void setLeadExperimenter(String leadExperimenter) {
    this.leadExperimenter = leadExperimenter;
  }

  public String getLeadEmail() {
    return leadEmail;
  }

  public void setLeadEmail(String leadEmail) {
    this.leadEmail = leadEmail;
  }

  public String getUuid() {
    return uuid;
  }

  public void setUuid(String uuid) {
    this.uuid = uuid;
  }

  public AerpawExperiment getExperiment() {
    return experiment;
  }

  public void setExperiment(AerpawExperiment experiment) {
    this.experiment = experiment;
  }

  public Boolean getUrgent() {
    return urgent;
  }

  public void setUrgent(Boolean urgent) {
    this.urgent = urgent;
  }

  public String getSponsoredProject() {
    return sponsoredProject;
  }

  public void setSponsoredProject(String sponsoredProject) {
    this.sponsoredProject = sponsoredProject;
  }

  public String getGrantNumber() {
    return grantNumber;
  }

  public void setGrantNumber(String grantNumber) {
    this.grantNumber = grantNumber;
  }

  public String getKeywords() {
    return keywords;
  }

  public void setKeywords(String keywords) {
    this.keywords = keywords;
  }

  public ExperimentLocation getLocation() {
    return location;
  }

  public void setLocation(ExperimentLocation location) {
    this.location = location;
  }

  public ExtendedBoolean getShared() {
    return shared;
  }

  public void setShared(ExtendedBoolean shared) {
    this.shared = shared;
  }

  public String getPublicUrl() {
    return publicUrl;
  }

  public void setPublicUrl(String publicUrl) {
    this.publicUrl = publicUrl;
  }

  public String getGoal() {
    return goal;
  }

  public void setGoal(String goal) {
    this.goal = goal;
  }

  public String getVehicleBehavior() {
    return vehicleBehavior;
  }

  public void setVehicleBehavior(String vehicleBehavior) {
    this.vehicleBehavior = vehicleBehavior;
  }

  public String getDescription() {
    return description;
  }

  public void setDescription(String description) {
    this.description = description;
  }

  public String getByodHardware() {
    return byodHardware;
  }

  public void setByodHardware(String byodHardware) {
    this.byodHardware = byodHardware;
  }

  public String getByodSoftware() {
    return byodSoftware;
  }

  public void setByodSoftware(String byodSoftware) {
    this.byodSoftware = byodSoftware;
  }

  public String getQuestions() {
    return questions;
  }

  public void setQuestions(String questions) {
    this.questions = questions;
  }
}
