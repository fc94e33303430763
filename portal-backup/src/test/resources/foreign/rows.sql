BEGIN;
INSERT INTO "Shelf" VALUES
  (9007199254740993, 'A', 40, NULL, 2),
  (2, 'B', 0.1, 9007199254740993, NULL),
  (3, 'C', 1e300, 2, NULL);
INSERT INTO author VALUES
  (1, 'Ada', 'KNOWN', '1815-12-10 00:00:00+00', '0B6C4C2E-5F0E-4C39-9F6E-FFFFFFFFFFFF', 12),
  (2, 'Zoë', 'UNKNOWN', NULL, NULL, NULL),
  (3, 'Ben', NULL, NULL, '00000000-0000-0000-0000-000000000000', 12);
INSERT INTO work (number, title, medium, copies, shelf_id) VALUES
  (11, 'Engines', 'P', 1, 3),
  (12, 'Notes', 'V', 3, 2),
  (13, 'Maps', NULL, 0, 2),
  (14, NULL, 'P', 0, NULL);
INSERT INTO book VALUES (12, 314), (14, NULL);
INSERT INTO work_author VALUES (12, 1), (12, 2), (12, 3);
INSERT INTO work_seealso VALUES (12, 11), (12, 12), (12, 13), (12, 14);
INSERT INTO lease VALUES
  (1, 12, 2, '2024-02-29', '17:30', false),
  (2, 12, 1, NULL, NULL, NULL),
  (-32768, 14, NULL, '0001-01-01', '00:00', true);
COMMIT;
