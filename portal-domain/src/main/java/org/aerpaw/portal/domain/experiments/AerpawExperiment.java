package org.aerpaw.portal.domain.experiments;

import jakarta.annotation.Priority;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import org.aerpaw.portal.domain.error_handling.AerpawThread;
import org.aerpaw.portal.domain.experiment_files.ExperimentFile;
import org.aerpaw.portal.domain.experiment_info.ExperimentFormData;
import org.aerpaw.portal.domain.mixins.Tracked;
import org.aerpaw.portal.domain.operations.CanonicalNumber;
import org.aerpaw.portal.domain.projects.AerpawProject;
import org.aerpaw.portal.domain.resources.AerpawResource;
import org.aerpaw.portal.domain.users.AerpawUser;

/** An experiment of a project, with the resources it uses and the state it is in. */
@Entity
@Table(name = "experiments_aerpawexperiment")
@Priority(1)
public class AerpawExperiment extends Tracked {

  @ManyToOne(fetch = FetchType.LAZY, optional = false)
  @JoinColumn(name = "canonical_number_id", nullable = false)
  @NotNull
  private CanonicalNumber canonicalNumber;

  @Column(name = "description", nullable = false, columnDefinition = "text")
  @NotNull
  private String description;

  @ManyToOne(fetch = FetchType.LAZY, optional = false)
  @JoinColumn(name = "experiment_creator_id", nullable = false)
  @NotNull
  private AerpawUser experimentCreator;

  @Column(name = "experiment_flags", nullable = false, length = 3)
  @NotNull
  @Size(max = 3)
  private String experimentFlags = "000";

  @Column(name = "experiment_state", nullable = false, length = 255)
  @NotNull
  private ExperimentState experimentState = ExperimentState.SAVED;

  @Column(name = "is_canonical", nullable = false)
  private boolean canonical = true;

  @Column(name = "is_deleted", nullable = false)
  private boolean deleted;

  @Column(name = "is_emulation_required", nullable = false)
  private boolean emulationRequired = true;

  @Column(name = "is_retired", nullable = false)
  private boolean retired;

  @Column(name = "name", nullable = false, length = 255)
  @NotNull
  @Size(max = 255)
  private String name;

  @ManyToOne(fetch = FetchType.LAZY, optional = false)
  @JoinColumn(name = "project_id", nullable = false)
  @NotNull
  private AerpawProject project;

  @Column(name = "resources_locked", nullable = false)
  private boolean resourcesLocked;

  @Column(name = "members_locked", nullable = false)
  private boolean membersLocked;

  @Column(name = "uuid", nullable = false, length = 255)
  @NotNull
  @Size(max = 255)
  private String uuid;

  @ManyToMany
  @JoinTable(
      name = "experiments_aerpawexperiment_experiment_files",
      joinColumns = @JoinColumn(name = "aerpawexperiment_id"),
      inverseJoinColumns = @JoinColumn(name = "experimentfile_id"))
  @OrderBy("fileType, fileName")
  private List<ExperimentFile> experimentFiles = new ArrayList<>();

  @OneToMany(mappedBy = "experiment", cascade = CascadeType.REMOVE)
  private List<UserExperiment> memberships = new ArrayList<>();

  @OneToMany(mappedBy = "experiment", cascade = CascadeType.REMOVE)
  private List<AerpawThread> threads = new ArrayList<>();

  @OneToMany(mappedBy = "experiment", cascade = CascadeType.REMOVE)
  private List<ExperimentFormData> formData = new ArrayList<>();

  @ManyToMany
  @JoinTable(
      name = "experiments_aerpawexperiment_resources",
      joinColumns = @JoinColumn(name = "aerpawexperiment_id"),
      inverseJoinColumns = @JoinColumn(name = "aerpawresource_id"))
  private List<AerpawResource> resources = new ArrayList<>();

  public CanonicalNumber getCanonicalNumber() {
    return canonicalNumber;
  }

  public void setCanonicalNumber(CanonicalNumber canonicalNumber) {
    this.canonicalNumber = canonicalNumber;
  }

  public String getDescription() {
    return description;
  }

  public void setDescription(String description) {
    this.description = description;
  }

  public AerpawUser getExperimentCreator() {
    return experimentCreator;
  }

  public void setExperimentCreator(AerpawUser experimentCreator) {
    this.experimentCreator = experimentCreator;
  }

  public String getExperimentFlags() {
    return experimentFlags;
  }

  public void setExperimentFlags(String experimentFlags) {
    this.experimentFlags = experimentFlags;
  }

  public ExperimentState getExperimentState() {
    return experimentState;
  }

  public void setExperimentState(ExperimentState experimentState) {
    this.experimentState = experimentState;
  }

  public boolean isCanonical() {
    return canonical;
  }

  public void setCanonical(boolean canonical) {
    this.canonical = canonical;
  }

  public boolean isDeleted() {
    return deleted;
  }

  public void setDeleted(boolean deleted) {
    this.deleted = deleted;
  }

  public boolean isEmulationRequired() {
    return emulationRequired;
  }

  public void setEmulationRequired(boolean emulationRequired) {
    this.emulationRequired = emulationRequired;
  }

  public boolean isRetired() {
    return retired;
  }

  public void setRetired(boolean retired) {
    this.retired = retired;
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }

  public AerpawProject getProject() {
    return project;
  }

  public void setProject(AerpawProject project) {
    this.project = project;
  }

  public boolean isResourcesLocked() {
    return resourcesLocked;
  }

  public void setResourcesLocked(boolean resourcesLocked) {
    this.resourcesLocked = resourcesLocked;
  }

  public boolean isMembersLocked() {
    return membersLocked;
  }

  public void setMembersLocked(boolean membersLocked) {
    this.membersLocked = membersLocked;
  }

  public String getUuid() {
    return uuid;
  }

  public void setUuid(String uuid) {
    this.uuid = uuid;
  }

  public List<ExperimentFile> getExperimentFiles() {
    return experimentFiles;
  }

  public List<UserExperiment> getMemberships() {
    return memberships;
  }

  public List<AerpawResource> getResources() {
    return resources;
  }

  public List<AerpawThread> getThreads() {
    return threads;
  }

  public List<ExperimentFormData> getFormData() {
    return formData;
  }
}
