package org.aerpaw.portal.domain.experiment_files;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.aerpaw.portal.domain.mixins.Tracked;

/** A file on the portal that experiments can link to. */
@Entity
@Table(name = "experiment_files_experimentfile")
public class ExperimentFile extends Tracked {

  @Column(name = "is_active", nullable = false)
  private boolean active = true;

  @Column(name = "is_deleted", nullable = false)
  private boolean deleted;

  @Column(name = "file_location", nullable = false, length = 255)
  @NotNull
  @Size(max = 255)
  private String fileLocation;

  @Column(name = "file_name", nullable = false, length = 255)
  @NotNull
  @Size(max = 255)
  private String fileName;

  @Column(name = "file_type", nullable = false, length = 255)
  @NotNull
  private FileType fileType = FileType.OVPN;

  @Column(name = "file_notes", columnDefinition = "text")
  private String fileNotes;

  @Column(name = "uuid", nullable = false, length = 255)
  @NotNull
  @Size(max = 255)
  private String uuid;

  public boolean isActive() {
    return active;
  }

  public void setActive(boolean active) {
    this.active = active;
  }

  public boolean isDeleted() {
    return deleted;
  }

  public void setDeleted(boolean deleted) {
    this.deleted = deleted;
  }

  public String getFileLocation() {
    return fileLocation;
  }

  public void setFileLocation(String fileLocation) {
    this.fileLocation = fileLocation;
  }

  public String getFileName() {
    return fileName;
  }

  public void setFileName(String fileName) {
    this.fileName = fileName;
  }

  public FileType getFileType() {
    return fileType;
  }

  public void setFileType(FileType fileType) {
    this.fileType = fileType;
  }

  public String getFileNotes() {
    return fileNotes;
  }

  public void setFileNotes(String fileNotes) {
    this.fileNotes = fileNotes;
  }

  public String getUuid() {
    return uuid;
  }

  public void setUuid(String uuid) {
    this.uuid = uuid;
  }
}
