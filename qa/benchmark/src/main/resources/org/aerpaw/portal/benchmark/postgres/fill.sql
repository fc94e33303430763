-- Fills the portal's tables with :objects objects of every model, with lists, nulls and text of the usual lengths. Groups, which
-- are not among the portal's own models, come on top where there are none.
-- For a migrated database without objects: psql -1 -v ON_ERROR_STOP=1 -v objects=500000 -f fill.sql
--
-- Of 1,000 objects 334 are messages, 200 requests, 80 canonical resources of experiments, 80 credentials and so on; users are 20.

SELECT :objects / 1000 AS unit \gset

INSERT INTO auth_group (name)
SELECT name FROM unnest(ARRAY ['experimenter', 'pi', 'operator', 'site_admin']) name
ON CONFLICT DO NOTHING;

INSERT INTO profiles_aerpawuserprofile
  (created, modified, created_by, modified_by, access_token, employer, position, refresh_token, research_field, uuid)
SELECT moment, moment + '1 day 0.000345 s', 'user' || i, 'user' || i, repeat(md5(i::text), 20), 'University ' || i % 50,
       CASE WHEN i % 3 > 0 THEN 'professor' END, repeat(md5(i::text), 4), CASE WHEN i % 2 = 0 THEN 'radio "wave" \ propagation' END, md5('p' || i)
FROM generate_series(1, 20 * :unit) i, LATERAL (SELECT timestamptz '2022-01-01Z' + i * interval '61.000001 s' AS moment) m;

INSERT INTO users_aerpawuser
  (password, last_login, is_superuser, username, first_name, last_name, email, is_staff, is_active, date_joined, created, modified,
   created_by, modified_by, display_name, openid_sub, profile_id, uuid)
SELECT 'pbkdf2_sha256$260000$' || md5(i::text) || '$' || md5('x' || i), CASE WHEN i % 4 > 0 THEN moment END, false,
       'user' || i || '@example.edu', 'First' || i, 'Läst' || i, 'user' || i || '@example.edu', false, true, moment, moment,
       moment + interval '0.5 s', 'user' || i, 'user' || i, 'First' || i || ' Läst' || i, 'http://example.org/users/' || i, i, md5('u' || i)
FROM generate_series(1, 20 * :unit) i, LATERAL (SELECT timestamptz '2022-02-01Z' + i * interval '37.000123 s' AS moment) m;

INSERT INTO users_aerpawuser_groups (aerpawuser_id, group_id)
SELECT i, 1 + (i + k) % 4 FROM generate_series(1, 20 * :unit) i, generate_series(0, i % 3) k;

INSERT INTO users_aerpawuser_user_permissions (aerpawuser_id, permission_id)
SELECT i, 1 + i % 40 FROM generate_series(1, 20 * :unit, 10) i;

INSERT INTO resources_aerpawresource
  (created, modified, created_by, modified_by, description, hostname, ip_address, is_active, is_deleted, location, map_url, name,
   ops_notes, resource_class, resource_mode, resource_type, uuid)
SELECT timestamptz '2022-03-01Z' + i * interval '1 s', timestamptz '2022-03-02Z', 'admin', 'admin', 'Resource ' || i, 'host' || i,
       '10.0.0.' || i % 256, i % 2 = 0, false, 'Lake Wheeler', 'https://example.edu/map?x=' || i, 'LW' || i, NULL, 'allow_canonical',
       'testbed', (ARRAY ['AFRN', 'APRN', 'UAV', 'UGV', '3PBBE'])[1 + i % 5], md5('r' || i)
FROM generate_series(1, 5 * :unit) i;

INSERT INTO projects_aerpawproject
  (created, modified, created_by, modified_by, description, is_deleted, is_public, name, project_creator_id, uuid)
SELECT timestamptz '2022-04-01Z' + i * interval '100 s', timestamptz '2022-04-02Z' + i * interval '1.000250 s', 'u', 'u',
       repeat('Project description ' || i || '. ', 10), false, i % 2 = 0, 'Project ' || i, 1 + i, md5('j' || i)
FROM generate_series(1, 5 * :unit) i;

INSERT INTO projects_userproject (granted_by_id, granted_date, project_id, project_role, user_id)
SELECT 1 + i % 15, timestamptz '2022-05-01Z' + i * interval '1 s', 1 + i % (5 * :unit),
       CASE WHEN i % 5 = 0 THEN 'project_owner' ELSE 'project_member' END, 1 + i % (20 * :unit)
FROM generate_series(1, 40 * :unit) i;

INSERT INTO operations_canonicalnumber (created, modified, canonical_number, is_deleted, is_retired)
SELECT timestamptz '2022-06-01Z', timestamptz '2022-06-01Z' + i * interval '1 s', i, false, i % 9 = 0
FROM generate_series(1, 20 * :unit) i;

INSERT INTO experiment_files_experimentfile
  (created, modified, created_by, modified_by, is_active, is_deleted, file_location, file_name, file_type, file_notes, uuid)
SELECT timestamptz '2022-06-01Z', timestamptz '2022-06-02Z', 'op', 'op', true, false, '/home/ops/files/' || i || '.ovpn',
       'file-' || i || '.ovpn', CASE WHEN i % 2 = 0 THEN 'ovpn' ELSE 'ip_list' END, CASE WHEN i % 3 > 0 THEN 'note ' || i END, md5('f' || i)
FROM generate_series(1, 20 * :unit) i;

INSERT INTO experiments_aerpawexperiment
  (created, modified, created_by, modified_by, canonical_number_id, description, experiment_creator_id, experiment_flags,
   experiment_state, is_canonical, is_deleted, is_emulation_required, is_retired, name, project_id, resources_locked, members_locked, uuid)
SELECT timestamptz '2022-07-01Z' + i * interval '1 s', timestamptz '2022-07-02Z', 'u', 'u', i, repeat('An experiment on UAV links. ', 12),
       i, '000', 'saved', true, false, i % 2 = 0, false, 'Experiment ' || i, 1 + i % (5 * :unit), false, false, md5('e' || i)
FROM generate_series(1, 20 * :unit) i;

INSERT INTO experiments_aerpawexperiment_experiment_files (aerpawexperiment_id, experimentfile_id)
SELECT i, 1 + (i + k) % (20 * :unit) FROM generate_series(1, 20 * :unit) i, generate_series(1, 2) k;

INSERT INTO experiments_aerpawexperiment_resources (aerpawexperiment_id, aerpawresource_id)
SELECT i, 1 + (i + k) % (5 * :unit) FROM generate_series(1, 20 * :unit) i, generate_series(1, 3) k;

INSERT INTO experiments_userexperiment (experiment_id, granted_by_id, granted_date, user_id)
SELECT 1 + i % (20 * :unit), 1 + i % 15, timestamptz '2022-08-01Z' + i * interval '1.5 s', 1 + i % (20 * :unit)
FROM generate_series(1, 60 * :unit) i;

INSERT INTO experiments_ondemandsession
  (created, modified, created_by, modified_by, ended_by_id, end_date_time, experiment_id, is_active, session_type, started_by_id,
   start_date_time, uuid)
SELECT moment, moment, 'u', 'u', CASE WHEN i % 2 = 0 THEN 1 + i % 15 END, CASE WHEN i % 2 = 0 THEN moment + interval '1 h' END,
       1 + i % (20 * :unit), i % 2 > 0, 'development', 1 + i % 15, moment, md5('s' || i)
FROM generate_series(1, 40 * :unit) i, LATERAL (SELECT timestamptz '2022-09-01Z' + i * interval '61.123456 s' AS moment) m;

INSERT INTO experiments_scheduledsession
  (ondemandsession_ptr_id, description, is_success, scheduled_start, scheduled_end, scheduled_by_id, scheduled_created_on, session_state)
SELECT i, 'Session ' || i, i % 4 = 0, timestamptz '2022-10-01Z' + i * interval '1 h', NULL, 1 + i % 15, NULL, 'scheduled'
FROM generate_series(1, 40 * :unit, 4) i;

INSERT INTO experiments_canonicalexperimentresource
  (created, modified, experiment_id, experiment_node_number, node_display_name, node_type, node_uhd, node_vehicle, resource_id, uuid)
SELECT timestamptz '2022-10-01Z', timestamptz '2022-10-01Z' + i * interval '0.1 s', 1 + i % (20 * :unit), 1 + i % 4, 'node ' || i, 'afrn',
       '4.3', 'vehicle_uav', CASE WHEN i % 5 > 0 THEN 1 + i % (5 * :unit) END, md5('c' || i)
FROM generate_series(1, 80 * :unit) i;

INSERT INTO experiment_info_experimentformdata
  (created, modified, old_form_row_number, experiment_type, title, host_institution, lead_experimenter, lead_email, uuid, experiment_id,
   is_urgent, sponsored_project, grant_number, keywords, location, is_shared, public_url, goal, vehicle_behavior, description,
   byod_hardware, byod_software, questions)
SELECT timestamptz '2022-11-01Z', timestamptz '2022-11-01Z', i % 30000, 'canonical', 'Form ' || i, 'University ' || i % 50, 'Lead ' || i,
       'lead@example.edu', md5('d' || i), CASE WHEN i % 3 = 0 THEN 1 + i % (20 * :unit) END, i % 2 = 0,
       CASE WHEN i % 4 = 0 THEN 'yes' END, CASE WHEN i % 4 = 0 THEN 'CNS-' || i END, 'radio, UAV', 'lake_wheeler', 'not_sure',
       CASE WHEN i % 5 = 0 THEN 'https://example.edu/form/' || i END, 'goal', repeat('vehicle ', 10), repeat('text ', 40), NULL,
       CASE WHEN i % 7 = 0 THEN 'srsRAN 22.04' END, NULL
FROM generate_series(1, 4 * :unit) i;

INSERT INTO experiment_info_fieldtrip
  (created, modified, number_of_fixed_nodes, number_of_portable_nodes, "LAMs", "SAMs", rovers, helikite, person_hours, list_of_operators,
   experiment_date, start_time, end_time, radio_hardware, site, comments, is_canceled)
SELECT timestamptz '2022-11-01Z', timestamptz '2022-11-01Z', 1, 2, 0, 1, 0, 0, i / 7.0, NULL, date '2022-11-18' + i % 365, time '08:00:01',
       CASE WHEN i % 2 = 0 THEN time '17:30:00.5' END, NULL, 'LAKE_WHEELER', 'c', false
FROM generate_series(1, 2 * :unit) i;

INSERT INTO experiment_info_fieldtrip_experiment (fieldtrip_id, aerpawexperiment_id)
SELECT i, i FROM generate_series(1, 2 * :unit) i;

INSERT INTO experiment_info_fieldtrip_experiment_form (fieldtrip_id, experimentformdata_id)
SELECT i, i FROM generate_series(1, 2 * :unit, 2) i;

INSERT INTO experiment_info_fieldtrip_ap_operators (fieldtrip_id, aerpawuser_id)
SELECT i, i + k FROM generate_series(1, 2 * :unit) i, generate_series(0, 2) k;

INSERT INTO experiment_info_fieldtrip_fixed_nodes_used (fieldtrip_id, aerpawresource_id)
SELECT i, i FROM generate_series(1, 2 * :unit) i;

INSERT INTO error_handling_aerpawerror
  (user_id, datetime, type, traceback, message, displayed, is_resolved, resolved_by_id, resolved_datetime, resolved_description, uuid)
SELECT 1 + i % (20 * :unit), timestamptz '2022-12-01Z' + i * interval '6.000001 s', 'ValueError',
       E'Traceback (most recent call last):\n' || repeat(E'  File "x.py", line 1\n', 10), E'boom \\ ' || i, false, false, NULL, NULL, NULL, md5('er' || i)
FROM generate_series(1, 20 * :unit) i;

INSERT INTO error_handling_aerpawthread
  (user_id, experiment_id, action, thread_start, thread_end, exit_code, response, is_error, displayed, message, uuid)
SELECT 1 + i % (20 * :unit), 1 + i % (20 * :unit), 'save_development', timestamptz '2022-12-01Z', NULL, 0, 'ok', i % 2 = 0, false, NULL, md5('t' || i)
FROM generate_series(1, 20 * :unit) i;

INSERT INTO error_handling_aerpawthread_error (aerpawthread_id, aerpawerror_id)
SELECT i, i FROM generate_series(1, 20 * :unit, 2) i;

INSERT INTO credentials_publiccredentials
  (created, modified, created_by, modified_by, expiry_date, is_deleted, name, owner_id, public_credential, uuid)
SELECT moment, moment, 'u', 'u', moment + interval '1 year', false, 'key ' || i, 1 + i % (20 * :unit),
       'ssh-rsa ' || repeat(md5(i::text), 12) || ' user@host', md5('k' || i)
FROM generate_series(1, 80 * :unit) i, LATERAL (SELECT timestamptz '2023-01-01Z' + i * interval '7.7 s' AS moment) m;

INSERT INTO user_messages_aerpawusermessage
  (created, modified, created_by, modified_by, is_deleted, is_read, message_body, message_owner_id, message_subject, read_date,
   sent_by_id, uuid)
SELECT moment, moment + interval '1 min', 'u', 'u', false, i % 2 = 0,
       E'Dear "user",\n\n' || repeat('message body text ', 15) || E'\n-- \nAERPAW / ops@example.edu', 1 + i % (20 * :unit),
       '[aerpaw] request #' || i, CASE WHEN i % 2 = 0 THEN moment + interval '2 min' END, 1 + i * 7 % (20 * :unit), md5('m' || i)
FROM generate_series(1, 334 * :unit) i, LATERAL (SELECT timestamptz '2023-02-01Z' + i * interval '0.700001 s' AS moment) m;

INSERT INTO user_messages_aerpawusermessage_received_by (aerpawusermessage_id, aerpawuser_id)
SELECT i, 1 + (i * 3 + k) % (20 * :unit) FROM generate_series(1, 334 * :unit) i, generate_series(0, i % 3 % 2) k;

INSERT INTO user_requests_aerpawuserrequest
  (created, modified, created_by, modified_by, completed_by_id, completed_date, is_approved, request_note, request_type,
   request_type_id, requested_by_id, response_date, response_note, uuid)
SELECT moment, moment, 'u', 'u', CASE WHEN i % 2 = 0 THEN 1 + i % 15 END, CASE WHEN i % 2 = 0 THEN moment END,
       (ARRAY [true, false, NULL])[1 + i % 3], 'please', 'role', 1 + i % 4, 1 + i % (20 * :unit), NULL, NULL, md5('q' || i)
FROM generate_series(1, 200 * :unit) i, LATERAL (SELECT timestamptz '2023-03-01Z' + i * interval '8.000008 s' AS moment) m;

INSERT INTO user_requests_aerpawuserrequest_received_by (aerpawuserrequest_id, aerpawuser_id)
SELECT i, 1 + (i * 5) % (20 * :unit) FROM generate_series(1, 200 * :unit) i;

ANALYZE;
