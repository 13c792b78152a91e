BEGIN TRANSACTION;
CREATE TABLE account (
	id VARCHAR(64) NOT NULL, 
	slug VARCHAR(100) NOT NULL, 
	name TEXT NOT NULL, 
	timezone VARCHAR(64) NOT NULL, 
	options TEXT NOT NULL, 
	option_secrets TEXT, 
	closures TEXT NOT NULL, 
	holidays TEXT, 
	brand TEXT, 
	translations TEXT DEFAULT '{}' NOT NULL, 
	absences TEXT DEFAULT '[]' NOT NULL, 
	receipt_footer TEXT DEFAULT '' NOT NULL, 
	languages TEXT NOT NULL, 
	room_url TEXT, 
	version INTEGER DEFAULT '1' NOT NULL, 
	source TEXT, 
	messages TEXT, 
	meeting_url TEXT, 
	sign_in TEXT, 
	email_verified VARCHAR(320), 
	email_verified_at BIGINT, 
	CONSTRAINT pk_account PRIMARY KEY (id), 
	CONSTRAINT uq_account_slug UNIQUE (slug)
);
INSERT INTO "account" VALUES('9e7f504cbe53ba7c3ffab47f','grown','grown','America/Santiago','{}',NULL,'[]',NULL,NULL,'{}','[]','','["en"]',NULL,2,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE agent (
	id VARCHAR(64) NOT NULL, 
	account_id VARCHAR(64) NOT NULL, 
	"key" VARCHAR(200) NOT NULL, 
	given_id VARCHAR(64), 
	rank INTEGER DEFAULT '0' NOT NULL, 
	domain_id VARCHAR(64) NOT NULL, 
	firstname TEXT NOT NULL, 
	lastname TEXT NOT NULL, 
	email VARCHAR(320), 
	role VARCHAR(20) NOT NULL, 
	supervises TEXT DEFAULT '[]' NOT NULL, 
	password_hash TEXT, 
	password_once BOOLEAN DEFAULT 0 NOT NULL, 
	schedule TEXT, 
	closures TEXT NOT NULL, 
	calendars TEXT DEFAULT '[]' NOT NULL, 
	queues TEXT NOT NULL, 
	capacity INTEGER, 
	retired_at BIGINT, 
	CONSTRAINT pk_agent PRIMARY KEY (id), 
	CONSTRAINT fk_agent_account_id FOREIGN KEY(account_id) REFERENCES account (id), 
	CONSTRAINT fk_agent_domain_id FOREIGN KEY(domain_id) REFERENCES routing_domain (id)
);
INSERT INTO "agent" VALUES('21a438be4b3241df46ee6554','9e7f504cbe53ba7c3ffab47f','ana',NULL,0,'69a5a5f07ca32e4b390392aa','ana','','ana@grown.example','manager','[]',NULL,0,'[{"timezone":"America/Santiago","mon":["09:00-18:00"],"tue":["09:00-18:00"],"wed":["09:00-18:00"],"thu":["09:00-18:00"],"fri":["09:00-18:00"]}]','[]','[]','{"50d9af4a6b6a7b0c20914c97":5}',NULL,NULL);
INSERT INTO "agent" VALUES('9eada2ece533e96f2111c812','9e7f504cbe53ba7c3ffab47f','vic',NULL,1,'69a5a5f07ca32e4b390392aa','vic','',NULL,'attendant','[]',NULL,0,NULL,'[]','[]','{"2cae56d92e60bfdae6973647":5}',NULL,NULL);
CREATE TABLE agent_calendar (
	agent_id VARCHAR(64) NOT NULL, 
	version BIGINT NOT NULL, 
	longest BIGINT NOT NULL, 
	CONSTRAINT pk_agent_calendar PRIMARY KEY (agent_id)
);
INSERT INTO "agent_calendar" VALUES('21a438be4b3241df46ee6554',3992891287,1800000000);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE api_key (
	id VARCHAR(64) NOT NULL, 
	account_id VARCHAR(64) NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	roles TEXT NOT NULL, 
	application_id VARCHAR(100), 
	agent_id VARCHAR(64), 
	secret_hash TEXT, 
	created_at BIGINT NOT NULL, 
	expires_at BIGINT, 
	revoked_at BIGINT, 
	label VARCHAR(100) DEFAULT '' NOT NULL, 
	prefix VARCHAR(8), 
	addresses TEXT DEFAULT '[]' NOT NULL, 
	branches TEXT DEFAULT '[]' NOT NULL, 
	replaced_by VARCHAR(64), 
	last_used_at BIGINT, 
	CONSTRAINT pk_api_key PRIMARY KEY (id), 
	CONSTRAINT fk_api_key_account_id FOREIGN KEY(account_id) REFERENCES account (id), 
	CONSTRAINT uq_api_key_prefix UNIQUE (prefix)
);
CREATE TABLE application (
	id VARCHAR(100) NOT NULL, 
	account_id VARCHAR(64) NOT NULL, 
	"key" VARCHAR(200) NOT NULL, 
	rank INTEGER DEFAULT '0' NOT NULL, 
	queue_id VARCHAR(64), 
	retired_at BIGINT, 
	CONSTRAINT pk_application PRIMARY KEY (id), 
	CONSTRAINT fk_application_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);
INSERT INTO "application" VALUES('307e74ac-59f3-8bc2-844c-6f17f4000000','9e7f504cbe53ba7c3ffab47f','default',0,NULL,NULL);
CREATE TABLE appointment (
	id VARCHAR(64) NOT NULL, 
	account_id VARCHAR(64) NOT NULL, 
	application_id VARCHAR(100), 
	service_id VARCHAR(64), 
	queue_id VARCHAR(64), 
	branch_id VARCHAR(64), 
	agent_id VARCHAR(64), 
	origin VARCHAR(20) NOT NULL, 
	state VARCHAR(12) NOT NULL, 
	title TEXT NOT NULL, 
	starts_at BIGINT NOT NULL, 
	ends_at BIGINT NOT NULL, 
	wall_start VARCHAR(32) NOT NULL, 
	wall_zone VARCHAR(64) NOT NULL, 
	tz_version VARCHAR(20) NOT NULL, 
	anchor VARCHAR(10) NOT NULL, 
	timezone VARCHAR(64) NOT NULL, 
	locale VARCHAR(20), 
	hold_expires_at BIGINT, 
	hold_hash VARCHAR(64), 
	no_show_at BIGINT, 
	code VARCHAR(20), 
	token_generation INTEGER DEFAULT '0' NOT NULL, 
	ver INTEGER DEFAULT '0' NOT NULL, 
	owner_id VARCHAR(64), 
	made_by VARCHAR(64), 
	customer_id VARCHAR(64), 
	ticket_id VARCHAR(64), 
	submission_id VARCHAR(64), 
	end_reason TEXT, 
	ended_at BIGINT, 
	data TEXT NOT NULL, 
	created_at BIGINT NOT NULL, 
	updated_at BIGINT NOT NULL, 
	CONSTRAINT pk_appointment PRIMARY KEY (id), 
	CONSTRAINT fk_appointment_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);
INSERT INTO "appointment" VALUES('69a5a6a45a78acb7d6a82b85','9e7f504cbe53ba7c3ffab47f',NULL,'5b6537175a84c0048694c887','50d9af4a6b6a7b0c20914c97','a241893165dc46fd77261ec1','21a438be4b3241df46ee6554','page','cancelled','any',1772546400000000,1772548200000000,'2026-03-03T11:00:00','America/Santiago','2026.6','wall','America/Santiago',NULL,NULL,NULL,NULL,'XX5-44V',2,2,'21a438be4b3241df46ee6554',NULL,'69a5a6a45a78acb7cbef592d',NULL,NULL,NULL,1772463780000000,'{}',1772463780000000,1772463780000000);
INSERT INTO "appointment" VALUES('69a5a6e0a0b869859eaf865c','9e7f504cbe53ba7c3ffab47f',NULL,'5b6537175a84c0048694c887','50d9af4a6b6a7b0c20914c97','a241893165dc46fd77261ec1','21a438be4b3241df46ee6554','page','scheduled','any',1772542800000000,1772544600000000,'2026-03-03T10:00:00','America/Santiago','2026.6','wall','America/Santiago',NULL,NULL,NULL,1772543400000000,'BGH-4MM',0,0,'21a438be4b3241df46ee6554',NULL,'69a5a6e0a0b869856703ed7b',NULL,NULL,NULL,NULL,'{}',1772463840000000,1772463840000000);
CREATE TABLE archived_day (
	account_id VARCHAR(64) NOT NULL, 
	day VARCHAR(10) NOT NULL, 
	part INTEGER NOT NULL, 
	file VARCHAR(200) NOT NULL, 
	rows BIGINT NOT NULL, 
	archived_at BIGINT NOT NULL, 
	dropped_at BIGINT, 
	CONSTRAINT pk_archived_day PRIMARY KEY (account_id, day, part), 
	CONSTRAINT fk_archived_day_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);
CREATE TABLE assignment (
	agent_id VARCHAR(64) NOT NULL, 
	account_id VARCHAR(64) NOT NULL, 
	queues TEXT NOT NULL, 
	day VARCHAR(10) NOT NULL, 
	CONSTRAINT pk_assignment PRIMARY KEY (agent_id), 
	CONSTRAINT fk_assignment_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);
CREATE TABLE attempt (
	id VARCHAR(64) NOT NULL, 
	delivery_id VARCHAR(40) NOT NULL, 
	number INTEGER NOT NULL, 
	at BIGINT NOT NULL, 
	status INTEGER, 
	error VARCHAR(200), 
	duration_ms INTEGER NOT NULL, 
	excerpt TEXT, 
	CONSTRAINT pk_attempt PRIMARY KEY (id)
);
CREATE TABLE audit (
	id VARCHAR(64) NOT NULL, 
	account_id VARCHAR(64) NOT NULL, 
	seq BIGINT NOT NULL, 
	at BIGINT NOT NULL, 
	actor VARCHAR(200) NOT NULL, 
	action VARCHAR(60) NOT NULL, 
	object VARCHAR(200) NOT NULL, 
	data TEXT NOT NULL, 
	"before" VARCHAR(64) NOT NULL, 
	hash VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_audit PRIMARY KEY (id)
);
INSERT INTO "audit" VALUES('69a5a5f07ca32e4c7909aae8','9e7f504cbe53ba7c3ffab47f',1,1772463600000000,'apply','network.applied','grown','["add account grown","add branch main","add poc main/c1","add poc main/c2","add poc main/b1","add queue cash","add queue video","add application default","add agent ana","add agent vic","add service any","add webhook all","add screen lobby","add kiosk door"]','','8f724b215cd0bfeb1d37d63a33e6d58edcf42226d36bc1a6fafbdbaf855ccb2e');
CREATE TABLE audit_head (
	account_id VARCHAR(64) NOT NULL, 
	seq BIGINT NOT NULL, 
	hash VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_audit_head PRIMARY KEY (account_id)
);
INSERT INTO "audit_head" VALUES('9e7f504cbe53ba7c3ffab47f',1,'8f724b215cd0bfeb1d37d63a33e6d58edcf42226d36bc1a6fafbdbaf855ccb2e');
CREATE TABLE branch (
	id VARCHAR(64) NOT NULL, 
	account_id VARCHAR(64) NOT NULL, 
	"key" VARCHAR(200) NOT NULL, 
	given_id VARCHAR(64), 
	rank INTEGER DEFAULT '0' NOT NULL, 
	domain_id VARCHAR(64) NOT NULL, 
	name TEXT NOT NULL, 
	label TEXT NOT NULL, 
	address TEXT NOT NULL, 
	latitude FLOAT NOT NULL, 
	longitude FLOAT NOT NULL, 
	timezone VARCHAR(64) NOT NULL, 
	hours TEXT, 
	closures TEXT NOT NULL, 
	holidays TEXT, 
	brand TEXT, 
	call_seq BIGINT DEFAULT '0' NOT NULL, 
	drained_on VARCHAR(10), 
	retired_at BIGINT, 
	CONSTRAINT pk_branch PRIMARY KEY (id), 
	CONSTRAINT fk_branch_account_id FOREIGN KEY(account_id) REFERENCES account (id), 
	CONSTRAINT fk_branch_domain_id FOREIGN KEY(domain_id) REFERENCES routing_domain (id)
);
INSERT INTO "branch" VALUES('a241893165dc46fd77261ec1','9e7f504cbe53ba7c3ffab47f','main',NULL,0,'69a5a5f07ca32e4b390392aa','main','main','',0.0,0.0,'America/Santiago',NULL,'[]',NULL,NULL,4,NULL,NULL);
CREATE TABLE busy_time (
	feed_id VARCHAR(64) NOT NULL, 
	starts_at BIGINT NOT NULL, 
	agent_id VARCHAR(64) NOT NULL, 
	ends_at BIGINT NOT NULL, 
	CONSTRAINT pk_busy_time PRIMARY KEY (feed_id, starts_at), 
	CONSTRAINT ck_busy_time_range CHECK (ends_at > starts_at), 
	CONSTRAINT fk_busy_time_feed_id FOREIGN KEY(feed_id) REFERENCES feed (id)
);
CREATE TABLE call (
	branch_id VARCHAR(64) NOT NULL, 
	seq BIGINT NOT NULL, 
	account_id VARCHAR(64) NOT NULL, 
	ticket_id VARCHAR(64) NOT NULL, 
	queue_id VARCHAR(64) NOT NULL, 
	poc_id VARCHAR(64), 
	number VARCHAR(50) NOT NULL, 
	called_at BIGINT NOT NULL, 
	recall INTEGER NOT NULL, 
	language VARCHAR(20), 
	CONSTRAINT pk_call PRIMARY KEY (branch_id, seq)
);
INSERT INTO "call" VALUES('a241893165dc46fd77261ec1',1,'9e7f504cbe53ba7c3ffab47f','69a5a62cd900515f735ee50e','50d9af4a6b6a7b0c20914c97','5a56343beb2101d177c37bc6','C001',1772463660000000,0,NULL);
INSERT INTO "call" VALUES('a241893165dc46fd77261ec1',2,'9e7f504cbe53ba7c3ffab47f','69a5a62cd900515f735ee50e','50d9af4a6b6a7b0c20914c97','5a56343beb2101d177c37bc6','C001',1772463660000000,1,NULL);
INSERT INTO "call" VALUES('a241893165dc46fd77261ec1',3,'9e7f504cbe53ba7c3ffab47f','69a5a668667cd5ac4fb9b180','2cae56d92e60bfdae6973647','a5a636ea64ef003c090261a8','V001',1772463720000000,0,NULL);
INSERT INTO "call" VALUES('a241893165dc46fd77261ec1',4,'9e7f504cbe53ba7c3ffab47f','69a5a71c220a80e2f11f7096','50d9af4a6b6a7b0c20914c97','5a56343beb2101d177c37bc6','C002',1772464020000000,0,NULL);
CREATE TABLE callback (
	id VARCHAR(64) NOT NULL, 
	account_id VARCHAR(64) NOT NULL, 
	branch_id VARCHAR(64) NOT NULL, 
	queue_id VARCHAR(64) NOT NULL, 
	phone VARCHAR(40), 
	name VARCHAR(200), 
	language VARCHAR(20), 
	asked_at BIGINT NOT NULL, 
	state VARCHAR(10) NOT NULL, 
	ticket_id VARCHAR(64), 
	ver INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_callback PRIMARY KEY (id), 
	CONSTRAINT fk_callback_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);
CREATE TABLE claim (
	appointment_id VARCHAR(64) NOT NULL, 
	agent_id VARCHAR(64) NOT NULL, 
	group_id VARCHAR(64) NOT NULL, 
	blocked_start BIGINT NOT NULL, 
	blocked_end BIGINT NOT NULL, 
	active BOOLEAN NOT NULL, 
	overbooked BOOLEAN NOT NULL, 
	expires_at BIGINT, 
	CONSTRAINT pk_claim PRIMARY KEY (appointment_id, agent_id), 
	CONSTRAINT ck_claim_range CHECK (blocked_end > blocked_start), 
	CONSTRAINT fk_claim_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id)
);
INSERT INTO "claim" VALUES('69a5a6a45a78acb7d6a82b85','21a438be4b3241df46ee6554','69a5a6a45a78acb7d6a82b85',1772546400000000,1772548200000000,0,0,NULL);
INSERT INTO "claim" VALUES('69a5a6e0a0b869859eaf865c','21a438be4b3241df46ee6554','69a5a6e0a0b869859eaf865c',1772542800000000,1772544600000000,1,0,NULL);
CREATE TABLE customer (
	id VARCHAR(64) NOT NULL, 
	account_id VARCHAR(64) NOT NULL, 
	username VARCHAR(200), 
	firstname TEXT, 
	lastname TEXT, 
	email VARCHAR(320), 
	phone VARCHAR(40), 
	data TEXT NOT NULL, 
	created_at BIGINT NOT NULL, 
	CONSTRAINT pk_customer PRIMARY KEY (id), 
	CONSTRAINT fk_customer_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);
INSERT INTO "customer" VALUES('69a5a6a45a78acb7cbef592d','9e7f504cbe53ba7c3ffab47f',NULL,NULL,NULL,NULL,NULL,'{}',1772463780000000);
INSERT INTO "customer" VALUES('69a5a6e0a0b869856703ed7b','9e7f504cbe53ba7c3ffab47f',NULL,NULL,NULL,NULL,NULL,'{}',1772463840000000);
CREATE TABLE decision (
	id VARCHAR(64) NOT NULL, 
	account_id VARCHAR(64) NOT NULL, 
	domain_id VARCHAR(64) NOT NULL, 
	at BIGINT NOT NULL, 
	record TEXT NOT NULL, 
	CONSTRAINT pk_decision PRIMARY KEY (id)
);
INSERT INTO "decision" VALUES('69a5a62c8af24ea7477bb88e','9e7f504cbe53ba7c3ffab47f','69a5a5f07ca32e4b390392aa',1772463660000000,'{"rules":1,"now":1772463660000000,"waiting":[{"id":"69a5a62cd900515f735ee50e","queue":"50d9af4a6b6a7b0c20914c97@a241893165dc46fd77261ec1","branch":"a241893165dc46fd77261ec1","band":2,"key":1772463660000000,"seq":3145729,"from":1772463660000000,"came":1772463660000000}],"available":[{"id":"69a5a5f0f0b80ac7e639741d","agent":"21a438be4b3241df46ee6554","queues":{"50d9af4a6b6a7b0c20914c97@a241893165dc46fd77261ec1":5,"50d9af4a6b6a7b0c20914c97@":5},"idle":1772463600000000}],"pocs":{"a241893165dc46fd77261ec1":["a5a636ea64ef003c090261a8"]},"decided":[["69a5a62cd900515f735ee50e","69a5a5f0f0b80ac7e639741d",null]]}');
INSERT INTO "decision" VALUES('69a5a66885b7b30350964ae4','9e7f504cbe53ba7c3ffab47f','69a5a5f07ca32e4b390392aa',1772463720000000,'{"rules":1,"now":1772463720000000,"waiting":[{"id":"69a5a668667cd5ac4fb9b180","queue":"2cae56d92e60bfdae6973647@a241893165dc46fd77261ec1","branch":"a241893165dc46fd77261ec1","band":2,"key":1772463720000000,"seq":8388609,"from":1772463720000000,"poc":true,"came":1772463720000000}],"available":[{"id":"69a5a5f0634d27968ea9e149","agent":"9eada2ece533e96f2111c812","queues":{"2cae56d92e60bfdae6973647@a241893165dc46fd77261ec1":5,"2cae56d92e60bfdae6973647@":5},"idle":1772463600000000}],"pocs":{"a241893165dc46fd77261ec1":["a5a636ea64ef003c090261a8"]},"decided":[["69a5a668667cd5ac4fb9b180","69a5a5f0634d27968ea9e149","a5a636ea64ef003c090261a8"]]}');
INSERT INTO "decision" VALUES('69a5a794adee0bbe3468e039','9e7f504cbe53ba7c3ffab47f','69a5a5f07ca32e4b390392aa',1772464020000000,'{"rules":1,"now":1772464020000000,"waiting":[{"id":"69a5a71c220a80e2f11f7096","queue":"50d9af4a6b6a7b0c20914c97@a241893165dc46fd77261ec1","branch":"a241893165dc46fd77261ec1","band":2,"key":1772463900000000,"seq":17825793,"from":1772463900000000,"came":1772463900000000},{"id":"69a5a758f83b0ce5a2096593","queue":"50d9af4a6b6a7b0c20914c97@a241893165dc46fd77261ec1","branch":"a241893165dc46fd77261ec1","band":2,"key":1772463960000000,"seq":18874369,"from":1772463960000000,"came":1772463960000000}],"available":[{"id":"69a5a5f0f0b80ac7e639741d","agent":"21a438be4b3241df46ee6554","queues":{"50d9af4a6b6a7b0c20914c97@a241893165dc46fd77261ec1":5,"50d9af4a6b6a7b0c20914c97@":5},"idle":1772463660000000}],"pocs":{"a241893165dc46fd77261ec1":["a5a636ea64ef003c090261a8"]},"decided":[["69a5a71c220a80e2f11f7096","69a5a5f0f0b80ac7e639741d",null]]}');
INSERT INTO "decision" VALUES('69a5a7945d950a9599af5ab8','9e7f504cbe53ba7c3ffab47f','69a5a5f07ca32e4b390392aa',1772464020000000,'{"rules":1,"now":1772464020000000,"waiting":[{"id":"69a5a79418ed63082c03c40d","queue":"2cae56d92e60bfdae6973647@a241893165dc46fd77261ec1","branch":"a241893165dc46fd77261ec1","band":2,"key":1772464020000000,"seq":22020097,"from":1772464020000000,"poc":true,"came":1772464020000000}],"available":[{"id":"69a5a5f0634d27968ea9e149","agent":"9eada2ece533e96f2111c812","queues":{"2cae56d92e60bfdae6973647@a241893165dc46fd77261ec1":5,"2cae56d92e60bfdae6973647@":5},"idle":1772463720000000}],"pocs":{"a241893165dc46fd77261ec1":["a5a636ea64ef003c090261a8"]},"decided":[["69a5a79418ed63082c03c40d","69a5a5f0634d27968ea9e149","a5a636ea64ef003c090261a8"]]}');
CREATE TABLE delivery (
	id VARCHAR(40) NOT NULL, 
	account_id VARCHAR(64) NOT NULL, 
	webhook_id VARCHAR(64) NOT NULL, 
	event VARCHAR(60) NOT NULL, 
	trace_id VARCHAR(40) NOT NULL, 
	entity VARCHAR(64) NOT NULL, 
	at BIGINT NOT NULL, 
	data TEXT NOT NULL, 
	state VARCHAR(10) NOT NULL, 
	attempts INTEGER DEFAULT '0' NOT NULL, 
	due_at BIGINT NOT NULL, 
	claimed_until BIGINT, 
	claim VARCHAR(40), 
	delivered_at BIGINT, 
	last_status INTEGER, 
	last_error VARCHAR(200), 
	traceparent VARCHAR(55), 
	CONSTRAINT pk_delivery PRIMARY KEY (id)
);
CREATE TABLE device (
	id VARCHAR(64) NOT NULL, 
	account_id VARCHAR(64) NOT NULL, 
	orders TEXT NOT NULL, 
	report TEXT NOT NULL, 
	seen_at BIGINT, 
	CONSTRAINT pk_device PRIMARY KEY (id), 
	CONSTRAINT fk_device_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);
CREATE TABLE erasure (
	id VARCHAR(64) NOT NULL, 
	account_id VARCHAR(64) NOT NULL, 
	person TEXT, 
	asked_at BIGINT NOT NULL, 
	done_at BIGINT, 
	CONSTRAINT pk_erasure PRIMARY KEY (id), 
	CONSTRAINT fk_erasure_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);
CREATE TABLE failed_login (
	scope VARCHAR(400) NOT NULL, 
	count INTEGER NOT NULL, 
	since BIGINT NOT NULL, 
	CONSTRAINT pk_failed_login PRIMARY KEY (scope)
);
CREATE TABLE feed (
	id VARCHAR(64) NOT NULL, 
	account_id VARCHAR(64) NOT NULL, 
	agent_id VARCHAR(64) NOT NULL, 
	url TEXT NOT NULL, 
	etag TEXT, 
	modified TEXT, 
	copy BLOB, 
	unrolled VARCHAR(100), 
	unrolled_until BIGINT, 
	fetched_at BIGINT, 
	failures INTEGER DEFAULT '0' NOT NULL, 
	error VARCHAR(60), 
	next_at BIGINT NOT NULL, 
	CONSTRAINT pk_feed PRIMARY KEY (id), 
	CONSTRAINT fk_feed_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);
CREATE TABLE forecast (
	queue_id VARCHAR(64) NOT NULL, 
	branch_id VARCHAR(64) NOT NULL, 
	account_id VARCHAR(64) NOT NULL, 
	learnt INTEGER NOT NULL, 
	model TEXT NOT NULL, 
	learnt_at BIGINT NOT NULL, 
	CONSTRAINT pk_forecast PRIMARY KEY (queue_id, branch_id)
);
CREATE TABLE form (
	id VARCHAR(64) NOT NULL, 
	account_id VARCHAR(64) NOT NULL, 
	"key" VARCHAR(200) NOT NULL, 
	given_id VARCHAR(64), 
	rank INTEGER DEFAULT '0' NOT NULL, 
	name TEXT NOT NULL, 
	description TEXT NOT NULL, 
	fields TEXT NOT NULL, 
	retired_at BIGINT, 
	CONSTRAINT pk_form PRIMARY KEY (id), 
	CONSTRAINT fk_form_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);
CREATE TABLE hall (
	id VARCHAR(64) NOT NULL, 
	account_id VARCHAR(64) NOT NULL, 
	seq BIGINT NOT NULL, 
	heard TEXT NOT NULL, 
	CONSTRAINT pk_hall PRIMARY KEY (id), 
	CONSTRAINT fk_hall_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);
CREATE TABLE hall_call (
	hall_id VARCHAR(64) NOT NULL, 
	seq BIGINT NOT NULL, 
	branch_id VARCHAR(64) NOT NULL, 
	call_seq BIGINT NOT NULL, 
	ticket_id VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_hall_call PRIMARY KEY (hall_id, seq), 
	CONSTRAINT fk_hall_call_hall_id FOREIGN KEY(hall_id) REFERENCES hall (id)
);
CREATE TABLE idempotency (
	scope VARCHAR(200) NOT NULL, 
	"key" VARCHAR(255) NOT NULL, 
	fingerprint VARCHAR(64) NOT NULL, 
	status INTEGER, 
	headers TEXT, 
	body TEXT, 
	created_at BIGINT NOT NULL, 
	CONSTRAINT pk_idempotency PRIMARY KEY (scope, "key")
);
CREATE TABLE installation (
	name VARCHAR(40) NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_installation PRIMARY KEY (name)
);
CREATE TABLE journal (
	id VARCHAR(64) NOT NULL, 
	account_id VARCHAR(64) NOT NULL, 
	entity VARCHAR(64) NOT NULL, 
	seq BIGINT NOT NULL, 
	name VARCHAR(40) NOT NULL, 
	at BIGINT NOT NULL, 
	data TEXT NOT NULL, 
	CONSTRAINT pk_journal PRIMARY KEY (id)
);
INSERT INTO "journal" VALUES('69a5a5f0f0b80ac8c5c77f51','9e7f504cbe53ba7c3ffab47f','21a438be4b3241df46ee6554',1815002726400000000,'agent.connected',1772463600000000,'{"state":"idle","reason":null,"session":"69a5a5f0f0b80ac7e639741d"}');
INSERT INTO "journal" VALUES('69a5a5f0634d27970c15d1bb','9e7f504cbe53ba7c3ffab47f','9eada2ece533e96f2111c812',1815002726400000000,'agent.connected',1772463600000000,'{"state":"idle","reason":null,"session":"69a5a5f0634d27968ea9e149"}');
INSERT INTO "journal" VALUES('69a5a62cd9005160bf32ebc9','9e7f504cbe53ba7c3ffab47f','69a5a62cd900515f735ee50e',1815002787840000000,'ticket.created',1772463660000000,'{"state":"waiting","queue":"50d9af4a6b6a7b0c20914c97","agent":null}');
INSERT INTO "journal" VALUES('69a5a62c8af24ea930589981','9e7f504cbe53ba7c3ffab47f','69a5a62cd900515f735ee50e',1815002787840000000,'ticket.called',1772463660000000,'{"state":"called","queue":"50d9af4a6b6a7b0c20914c97","agent":"21a438be4b3241df46ee6554","offer_id":"69a5a62c8af24ea84186dbcd","call":1}');
INSERT INTO "journal" VALUES('69a5a62c8af24ea959b48e6b','9e7f504cbe53ba7c3ffab47f','69a5a62cd900515f735ee50e',1815002787840000001,'ticket.assigned',1772463660000000,'{"state":"called","queue":"50d9af4a6b6a7b0c20914c97","agent":"21a438be4b3241df46ee6554","overtaken_by":0}');
INSERT INTO "journal" VALUES('69a5a62c8358b71bc8f9ac43','9e7f504cbe53ba7c3ffab47f','69a5a62cd900515f735ee50e',1815002787840000000,'ticket.recalled',1772463660000000,'{"state":"called","queue":"50d9af4a6b6a7b0c20914c97","agent":"21a438be4b3241df46ee6554","call":2}');
INSERT INTO "journal" VALUES('69a5a62cf582846719340a66','9e7f504cbe53ba7c3ffab47f','69a5a62cd900515f735ee50e',1815002787840000000,'ticket.serving',1772463660000000,'{"state":"serving","queue":"50d9af4a6b6a7b0c20914c97","agent":"21a438be4b3241df46ee6554"}');
INSERT INTO "journal" VALUES('69a5a62c99baadedf8d4477e','9e7f504cbe53ba7c3ffab47f','69a5a62cd900515f735ee50e',1815002787840000000,'ticket.done',1772463660000000,'{"state":"done","queue":"50d9af4a6b6a7b0c20914c97","agent":"21a438be4b3241df46ee6554"}');
INSERT INTO "journal" VALUES('69a5a62c99baadeec79d8d00','9e7f504cbe53ba7c3ffab47f','21a438be4b3241df46ee6554',1815002787840000001,'agent.idle',1772463660000000,'{"state":"idle","reason":null,"session":"69a5a5f0f0b80ac7e639741d"}');
INSERT INTO "journal" VALUES('69a5a668667cd5acc3f3a6cd','9e7f504cbe53ba7c3ffab47f','69a5a668667cd5ac4fb9b180',1815002849280000000,'ticket.created',1772463720000000,'{"state":"waiting","queue":"2cae56d92e60bfdae6973647","agent":null}');
INSERT INTO "journal" VALUES('69a5a66885b7b304b670fecc','9e7f504cbe53ba7c3ffab47f','69a5a668667cd5ac4fb9b180',1815002849280000000,'ticket.offered',1772463720000000,'{"state":"offered","queue":"2cae56d92e60bfdae6973647","agent":null,"to":"9eada2ece533e96f2111c812","offer_id":"69a5a66885b7b3042e3973bd"}');
INSERT INTO "journal" VALUES('69a5a668af20970a39dc10f5','9e7f504cbe53ba7c3ffab47f','69a5a668667cd5ac4fb9b180',1815002849280000000,'ticket.serving',1772463720000000,'{"state":"serving","queue":"2cae56d92e60bfdae6973647","agent":"9eada2ece533e96f2111c812","offer_id":"69a5a66885b7b3042e3973bd","call":3}');
INSERT INTO "journal" VALUES('69a5a668af20970afd46a245','9e7f504cbe53ba7c3ffab47f','69a5a668667cd5ac4fb9b180',1815002849280000001,'ticket.assigned',1772463720000000,'{"state":"serving","queue":"2cae56d92e60bfdae6973647","agent":"9eada2ece533e96f2111c812","overtaken_by":0}');
INSERT INTO "journal" VALUES('69a5a66879b90616cccaa566','9e7f504cbe53ba7c3ffab47f','69a5a668667cd5ac4fb9b180',1815002849280000000,'ticket.done',1772463720000000,'{"state":"done","queue":"2cae56d92e60bfdae6973647","agent":"9eada2ece533e96f2111c812"}');
INSERT INTO "journal" VALUES('69a5a668ef6b8007d802585b','9e7f504cbe53ba7c3ffab47f','9eada2ece533e96f2111c812',1815002849280000000,'agent.idle',1772463720000000,'{"state":"idle","reason":null,"session":"69a5a5f0634d27968ea9e149"}');
INSERT INTO "journal" VALUES('69a5a6a45a78acb9406a0377','9e7f504cbe53ba7c3ffab47f','69a5a6a45a78acb7cbef592d',1815002910720000000,'customer.created',1772463780000000,'{}');
INSERT INTO "journal" VALUES('69a5a6a45a78acb9b7b8ec0e','9e7f504cbe53ba7c3ffab47f','69a5a6a45a78acb7d6a82b85',1815002910720000001,'appointment.created',1772463780000000,'{"state":"scheduled","starts_at":"2026-03-03T13:00:00+00:00","agent":"21a438be4b3241df46ee6554","origin":"page"}');
INSERT INTO "journal" VALUES('69a5a6a4c45ba4ed45959ded','9e7f504cbe53ba7c3ffab47f','69a5a6a45a78acb7d6a82b85',1815002910720000000,'appointment.moved',1772463780000000,'{"state":"scheduled","starts_at":"2026-03-03T14:00:00+00:00","moved_from":"2026-03-03T13:00:00+00:00"}');
INSERT INTO "journal" VALUES('69a5a6a4594f563886effec1','9e7f504cbe53ba7c3ffab47f','69a5a6a45a78acb7d6a82b85',1815002910720000000,'appointment.cancelled',1772463780000000,'{"state":"cancelled","starts_at":"2026-03-03T14:00:00+00:00","reason":null}');
INSERT INTO "journal" VALUES('69a5a6e0a0b869866f57b99e','9e7f504cbe53ba7c3ffab47f','69a5a6e0a0b869856703ed7b',1815002972160000000,'customer.created',1772463840000000,'{}');
INSERT INTO "journal" VALUES('69a5a6e0a0b869868592cba1','9e7f504cbe53ba7c3ffab47f','69a5a6e0a0b869859eaf865c',1815002972160000001,'appointment.created',1772463840000000,'{"state":"scheduled","starts_at":"2026-03-03T13:00:00+00:00","agent":"21a438be4b3241df46ee6554","origin":"page"}');
INSERT INTO "journal" VALUES('69a5a71c220a80e419d4b100','9e7f504cbe53ba7c3ffab47f','69a5a71c220a80e2f11f7096',1815003033600000000,'ticket.created',1772463900000000,'{"state":"waiting","queue":"50d9af4a6b6a7b0c20914c97","agent":null}');
INSERT INTO "journal" VALUES('69a5a758f83b0ce6b3080e38','9e7f504cbe53ba7c3ffab47f','69a5a758f83b0ce5a2096593',1815003095040000000,'ticket.created',1772463960000000,'{"state":"waiting","queue":"50d9af4a6b6a7b0c20914c97","agent":null}');
INSERT INTO "journal" VALUES('69a5a79467acce9ebac6a0be','9e7f504cbe53ba7c3ffab47f','69a5a79467acce9d0ef122ef',1815003156480000000,'ticket.created',1772464020000000,'{"state":"waiting","queue":"50d9af4a6b6a7b0c20914c97","agent":null}');
INSERT INTO "journal" VALUES('69a5a794adee0bbf651aecb2','9e7f504cbe53ba7c3ffab47f','69a5a71c220a80e2f11f7096',1815003156480000000,'ticket.called',1772464020000000,'{"state":"called","queue":"50d9af4a6b6a7b0c20914c97","agent":"21a438be4b3241df46ee6554","offer_id":"69a5a794adee0bbec44e0df4","call":4}');
INSERT INTO "journal" VALUES('69a5a794adee0bbfbb4bdee7','9e7f504cbe53ba7c3ffab47f','69a5a71c220a80e2f11f7096',1815003156480000001,'ticket.assigned',1772464020000000,'{"state":"called","queue":"50d9af4a6b6a7b0c20914c97","agent":"21a438be4b3241df46ee6554","overtaken_by":0}');
INSERT INTO "journal" VALUES('69a5a79418ed63090ebee911','9e7f504cbe53ba7c3ffab47f','69a5a79418ed63082c03c40d',1815003156480000000,'ticket.created',1772464020000000,'{"state":"waiting","queue":"2cae56d92e60bfdae6973647","agent":null}');
INSERT INTO "journal" VALUES('69a5a7945d950a96cfe7f0da','9e7f504cbe53ba7c3ffab47f','69a5a79418ed63082c03c40d',1815003156480000000,'ticket.offered',1772464020000000,'{"state":"offered","queue":"2cae56d92e60bfdae6973647","agent":null,"to":"9eada2ece533e96f2111c812","offer_id":"69a5a7945d950a96495a4ed5"}');
CREATE TABLE kiosk (
	id VARCHAR(64) NOT NULL, 
	account_id VARCHAR(64) NOT NULL, 
	"key" VARCHAR(200) NOT NULL, 
	given_id VARCHAR(64), 
	rank INTEGER DEFAULT '0' NOT NULL, 
	branch_id VARCHAR(64) NOT NULL, 
	token VARCHAR(200) NOT NULL, 
	queue_ids TEXT NOT NULL, 
	languages TEXT NOT NULL, 
	settings TEXT NOT NULL, 
	seen_at BIGINT, 
	retired_at BIGINT, 
	CONSTRAINT pk_kiosk PRIMARY KEY (id), 
	CONSTRAINT fk_kiosk_account_id FOREIGN KEY(account_id) REFERENCES account (id), 
	CONSTRAINT fk_kiosk_branch_id FOREIGN KEY(branch_id) REFERENCES branch (id), 
	CONSTRAINT uq_kiosk_token UNIQUE (token)
);
INSERT INTO "kiosk" VALUES('f43cdd408639957e6dd21084','9e7f504cbe53ba7c3ffab47f','door',NULL,0,'a241893165dc46fd77261ec1','kiosk-secret','["50d9af4a6b6a7b0c20914c97","2cae56d92e60bfdae6973647"]','["en"]','{"name":"door","classes":[],"phone":false}',NULL,NULL);
CREATE TABLE login (
	id VARCHAR(64) NOT NULL, 
	account_id VARCHAR(64) NOT NULL, 
	agent_id VARCHAR(64) NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	token_hash VARCHAR(64) NOT NULL, 
	created_at BIGINT NOT NULL, 
	expires_at BIGINT NOT NULL, 
	ended_at BIGINT, 
	CONSTRAINT pk_login PRIMARY KEY (id), 
	CONSTRAINT fk_login_account_id FOREIGN KEY(account_id) REFERENCES account (id), 
	CONSTRAINT uq_login_token_hash UNIQUE (token_hash)
);
CREATE TABLE medium (
	account_id VARCHAR(64) NOT NULL, 
	shelf VARCHAR(40) NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	content_type VARCHAR(40) NOT NULL, 
	size INTEGER NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	at BIGINT NOT NULL, 
	content BLOB NOT NULL, 
	CONSTRAINT pk_medium PRIMARY KEY (account_id, shelf, name), 
	CONSTRAINT fk_medium_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);
CREATE TABLE message (
	id VARCHAR(64) NOT NULL, 
	account_id VARCHAR(64), 
	kind VARCHAR(20) NOT NULL, 
	channel VARCHAR(20) NOT NULL, 
	recipient VARCHAR(320) NOT NULL, 
	locale VARCHAR(20), 
	data TEXT NOT NULL, 
	appointment_id VARCHAR(64), 
	version INTEGER, 
	occasion VARCHAR(40) DEFAULT '' NOT NULL, 
	state VARCHAR(12) DEFAULT 'pending' NOT NULL, 
	rank INTEGER DEFAULT '1' NOT NULL, 
	attempts INTEGER DEFAULT '0' NOT NULL, 
	due_at BIGINT NOT NULL, 
	until BIGINT, 
	claim VARCHAR(64), 
	claimed_until BIGINT, 
	last_error VARCHAR(200), 
	created_at BIGINT NOT NULL, 
	sent_at BIGINT, 
	CONSTRAINT pk_message PRIMARY KEY (id)
);
INSERT INTO "message" VALUES('69a5a6a45a78acb86b1797b9','9e7f504cbe53ba7c3ffab47f','CREATE','EMAIL','ana@grown.example','en','{"party":["AGENT","21a438be4b3241df46ee6554"],"source":"ours"}','69a5a6a45a78acb7d6a82b85',0,'','pending',1,0,1772463780000000,1772544600000000,NULL,NULL,NULL,1772463780000000,NULL);
INSERT INTO "message" VALUES('69a5a6a4c45ba4ec87294c08','9e7f504cbe53ba7c3ffab47f','RESCHEDULE','EMAIL','ana@grown.example','en','{"party":["AGENT","21a438be4b3241df46ee6554"],"source":"ours"}','69a5a6a45a78acb7d6a82b85',1,'','pending',1,0,1772463780000000,1772548200000000,NULL,NULL,NULL,1772463780000000,NULL);
INSERT INTO "message" VALUES('69a5a6a4594f5637c3a6886d','9e7f504cbe53ba7c3ffab47f','CANCELLED','EMAIL','ana@grown.example','en','{"party":["AGENT","21a438be4b3241df46ee6554"],"source":"ours"}','69a5a6a45a78acb7d6a82b85',2,'','pending',1,0,1772463780000000,1772636580000000,NULL,NULL,NULL,1772463780000000,NULL);
INSERT INTO "message" VALUES('69a5a6e0a0b8698612716972','9e7f504cbe53ba7c3ffab47f','CREATE','EMAIL','ana@grown.example','en','{"party":["AGENT","21a438be4b3241df46ee6554"],"source":"ours"}','69a5a6e0a0b869859eaf865c',0,'','pending',1,0,1772463840000000,1772544600000000,NULL,NULL,NULL,1772463840000000,NULL);
CREATE TABLE network_revision (
	id VARCHAR(64) NOT NULL, 
	account_id VARCHAR(64) NOT NULL, 
	number INTEGER NOT NULL, 
	at BIGINT NOT NULL, 
	"by" VARCHAR(200) NOT NULL, 
	changes TEXT NOT NULL, 
	file TEXT NOT NULL, 
	CONSTRAINT pk_network_revision PRIMARY KEY (id), 
	CONSTRAINT fk_network_revision_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);
INSERT INTO "network_revision" VALUES('69a5a5f07ca32e4be6c5a7df','9e7f504cbe53ba7c3ffab47f',1,1772463600000000,'apply','["add account grown","add branch main","add poc main/c1","add poc main/c2","add poc main/b1","add queue cash","add queue video","add application default","add agent ana","add agent vic","add service any","add webhook all","add screen lobby","add kiosk door"]','[account]
slug = "grown"
name = "grown"
timezone = "America/Santiago"
languages = ["en"]
[[branch]]
key = "main"
name = "main"
label = "main"
timezone = "America/Santiago"
pocs = [
  { key = "c1", label = "c1", kind = "counter" },
  { key = "c2", label = "c2", kind = "counter" },
  { key = "b1", label = "b1", kind = "booth" },
]
[[queue]]
key = "cash"
name = "cash"
prefix = "C"
branches = ["main"]
mode = "counter"
call = "pull"
ring_seconds = 20
wrap_up_seconds = 0
decline_cooldown_seconds = 30
unstaffed = "accept"
target_minutes = 10.0
max_wait_minutes = 45.0
weight = 0
short_service_seconds = 15
[[queue]]
key = "video"
name = "video"
prefix = "V"
branches = ["main"]
mode = "booth"
call = "push"
ring_seconds = 20
wrap_up_seconds = 10
decline_cooldown_seconds = 30
unstaffed = "accept"
target_minutes = 10.0
max_wait_minutes = 45.0
weight = 0
short_service_seconds = 15
[[agent]]
key = "ana"
firstname = "ana"
email = "ana@grown.example"
role = "manager"
queues = ["cash"]
schedule = { timezone = "America/Santiago", mon-fri = ["09:00-18:00"] }
[[agent]]
key = "vic"
firstname = "vic"
role = "attendant"
queues = ["video"]
[[service]]
key = "any"
title = "any"
queue = "cash"
branch = "main"
automatic = false
duration_minutes = 30
step_minutes = 30
before_minutes = 0
after_minutes = 0
horizon_days = 90
capacity = 1
early_minutes = 15
grace_minutes = 10
credit_minutes = 15
lead = "PT0S"
reminders = ["P1D"]
[[webhook]]
key = "all"
url = "http://127.0.0.1:9000/hook"
events = ["*"]
dialect = "native"
max_concurrency = 4
[[screen]]
key = "lobby"
name = "lobby"
branch = "main"
languages = ["en"]
show_waiting = true
show_waits = true
audio = true
[[kiosk]]
key = "door"
name = "door"
branch = "main"
languages = ["en"]
');
CREATE TABLE notice (
	id VARCHAR(64) NOT NULL, 
	account_id VARCHAR(64) NOT NULL, 
	branch_id VARCHAR(64), 
	text TEXT NOT NULL, 
	agent_id VARCHAR(64) NOT NULL, 
	created_at BIGINT NOT NULL, 
	until BIGINT NOT NULL, 
	ver INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_notice PRIMARY KEY (id), 
	CONSTRAINT fk_notice_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);
CREATE TABLE number_counter (
	branch_id VARCHAR(64) NOT NULL, 
	queue_id VARCHAR(64) NOT NULL, 
	service_day VARCHAR(10) NOT NULL, 
	last INTEGER NOT NULL, 
	CONSTRAINT pk_number_counter PRIMARY KEY (branch_id, queue_id, service_day)
);
INSERT INTO "number_counter" VALUES('a241893165dc46fd77261ec1','50d9af4a6b6a7b0c20914c97','2026-03-02',4);
INSERT INTO "number_counter" VALUES('a241893165dc46fd77261ec1','2cae56d92e60bfdae6973647','2026-03-02',2);
CREATE TABLE offer (
	id VARCHAR(64) NOT NULL, 
	account_id VARCHAR(64) NOT NULL, 
	domain_id VARCHAR(64) NOT NULL, 
	branch_id VARCHAR(64), 
	queue_id VARCHAR(64) NOT NULL, 
	ticket_id VARCHAR(64) NOT NULL, 
	session_id VARCHAR(64) NOT NULL, 
	agent_id VARCHAR(64) NOT NULL, 
	poc_id VARCHAR(64), 
	lane INTEGER NOT NULL, 
	lanes INTEGER DEFAULT '1' NOT NULL, 
	state VARCHAR(10) NOT NULL, 
	made_at BIGINT NOT NULL, 
	deadline BIGINT, 
	answered_at BIGINT, 
	ended_at BIGINT, 
	reasons TEXT NOT NULL, 
	ver INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_offer PRIMARY KEY (id), 
	CONSTRAINT fk_offer_account_id FOREIGN KEY(account_id) REFERENCES account (id), 
	CONSTRAINT fk_offer_ticket_id FOREIGN KEY(ticket_id) REFERENCES ticket (id)
);
INSERT INTO "offer" VALUES('69a5a62c8af24ea84186dbcd','9e7f504cbe53ba7c3ffab47f','69a5a5f07ca32e4b390392aa','a241893165dc46fd77261ec1','50d9af4a6b6a7b0c20914c97','69a5a62cd900515f735ee50e','69a5a5f0f0b80ac7e639741d','21a438be4b3241df46ee6554','5a56343beb2101d177c37bc6',0,1,'done',1772463660000000,NULL,1772463660000000,1772463660000000,'{"band":2,"key":"2026-03-02T15:01:00+00:00","position":1,"ahead":0,"early":false,"waited_seconds":0,"ring":0,"minimum_level":0,"won_by":"only_candidate","rearranged":false,"candidates":[{"agent":"21a438be4b3241df46ee6554","session":"69a5a5f0f0b80ac7e639741d","preferred":false,"level":5,"flexibility":1,"idle_seconds":60,"held":0}],"candidate_count":1,"passed_over":[],"passed_over_count":0,"at":"2026-03-02T15:01:00+00:00"}',1);
INSERT INTO "offer" VALUES('69a5a66885b7b3042e3973bd','9e7f504cbe53ba7c3ffab47f','69a5a5f07ca32e4b390392aa','a241893165dc46fd77261ec1','2cae56d92e60bfdae6973647','69a5a668667cd5ac4fb9b180','69a5a5f0634d27968ea9e149','9eada2ece533e96f2111c812','a5a636ea64ef003c090261a8',0,1,'done',1772463720000000,1772463740000000,1772463720000000,1772463720000000,'{"band":2,"key":"2026-03-02T15:02:00+00:00","position":1,"ahead":0,"early":false,"waited_seconds":0,"ring":0,"minimum_level":0,"won_by":"only_candidate","rearranged":false,"candidates":[{"agent":"9eada2ece533e96f2111c812","session":"69a5a5f0634d27968ea9e149","preferred":false,"level":5,"flexibility":1,"idle_seconds":120,"held":0}],"candidate_count":1,"passed_over":[],"passed_over_count":0,"at":"2026-03-02T15:02:00+00:00"}',2);
INSERT INTO "offer" VALUES('69a5a794adee0bbec44e0df4','9e7f504cbe53ba7c3ffab47f','69a5a5f07ca32e4b390392aa','a241893165dc46fd77261ec1','50d9af4a6b6a7b0c20914c97','69a5a71c220a80e2f11f7096','69a5a5f0f0b80ac7e639741d','21a438be4b3241df46ee6554','5a56343beb2101d177c37bc6',0,1,'accepted',1772464020000000,NULL,1772464020000000,NULL,'{"band":2,"key":"2026-03-02T15:05:00+00:00","position":1,"ahead":0,"early":false,"waited_seconds":120,"ring":0,"minimum_level":0,"won_by":"only_candidate","rearranged":false,"candidates":[{"agent":"21a438be4b3241df46ee6554","session":"69a5a5f0f0b80ac7e639741d","preferred":false,"level":5,"flexibility":1,"idle_seconds":360,"held":0}],"candidate_count":1,"passed_over":[],"passed_over_count":0,"at":"2026-03-02T15:07:00+00:00"}',0);
INSERT INTO "offer" VALUES('69a5a7945d950a96495a4ed5','9e7f504cbe53ba7c3ffab47f','69a5a5f07ca32e4b390392aa','a241893165dc46fd77261ec1','2cae56d92e60bfdae6973647','69a5a79418ed63082c03c40d','69a5a5f0634d27968ea9e149','9eada2ece533e96f2111c812','a5a636ea64ef003c090261a8',0,1,'ringing',1772464020000000,1772464040000000,NULL,NULL,'{"band":2,"key":"2026-03-02T15:07:00+00:00","position":1,"ahead":0,"early":false,"waited_seconds":0,"ring":0,"minimum_level":0,"won_by":"only_candidate","rearranged":false,"candidates":[{"agent":"9eada2ece533e96f2111c812","session":"69a5a5f0634d27968ea9e149","preferred":false,"level":5,"flexibility":1,"idle_seconds":300,"held":0}],"candidate_count":1,"passed_over":[],"passed_over_count":0,"at":"2026-03-02T15:07:00+00:00"}',0);
CREATE TABLE one_time_code (
	id VARCHAR(64) NOT NULL, 
	account_id VARCHAR(64), 
	purpose VARCHAR(20) NOT NULL, 
	contact VARCHAR(320) NOT NULL, 
	code_hash VARCHAR(64) NOT NULL, 
	wrong_guesses INTEGER DEFAULT '0' NOT NULL, 
	created_at BIGINT NOT NULL, 
	expires_at BIGINT NOT NULL, 
	used_at BIGINT, 
	CONSTRAINT pk_one_time_code PRIMARY KEY (id)
);
CREATE TABLE pairing (
	code VARCHAR(12) NOT NULL, 
	secret_hash VARCHAR(64) NOT NULL, 
	kind VARCHAR(10), 
	device_id VARCHAR(64), 
	expires_at BIGINT NOT NULL, 
	CONSTRAINT pk_pairing PRIMARY KEY (code), 
	CONSTRAINT uq_pairing_secret_hash UNIQUE (secret_hash)
);
CREATE TABLE participant (
	appointment_id VARCHAR(64) NOT NULL, 
	party_id VARCHAR(64) NOT NULL, 
	kind VARCHAR(10) NOT NULL, 
	joined_at BIGINT, 
	CONSTRAINT pk_participant PRIMARY KEY (appointment_id, party_id), 
	CONSTRAINT fk_participant_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id)
);
INSERT INTO "participant" VALUES('69a5a6a45a78acb7d6a82b85','21a438be4b3241df46ee6554','AGENT',NULL);
INSERT INTO "participant" VALUES('69a5a6a45a78acb7d6a82b85','69a5a6a45a78acb7cbef592d','CUSTOMER',NULL);
INSERT INTO "participant" VALUES('69a5a6e0a0b869859eaf865c','21a438be4b3241df46ee6554','AGENT',NULL);
INSERT INTO "participant" VALUES('69a5a6e0a0b869859eaf865c','69a5a6e0a0b869856703ed7b','CUSTOMER',NULL);
CREATE TABLE past_day (
	account_id VARCHAR(64) NOT NULL, 
	day VARCHAR(10) NOT NULL, 
	closed_at BIGINT NOT NULL, 
	CONSTRAINT pk_past_day PRIMARY KEY (account_id, day), 
	CONSTRAINT fk_past_day_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);
CREATE TABLE past_figures (
	account_id VARCHAR(64) NOT NULL, 
	day VARCHAR(10) NOT NULL, 
	kind VARCHAR(10) NOT NULL, 
	branch_id VARCHAR(64) NOT NULL, 
	queue_id VARCHAR(64) NOT NULL, 
	agent_id VARCHAR(64) NOT NULL, 
	figures TEXT NOT NULL, 
	CONSTRAINT pk_past_figures PRIMARY KEY (account_id, day, kind, branch_id, queue_id, agent_id), 
	CONSTRAINT fk_past_figures_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);
CREATE TABLE poc (
	id VARCHAR(64) NOT NULL, 
	account_id VARCHAR(64) NOT NULL, 
	branch_id VARCHAR(64) NOT NULL, 
	given_id VARCHAR(64), 
	"key" VARCHAR(200) NOT NULL, 
	rank INTEGER DEFAULT '0' NOT NULL, 
	label TEXT NOT NULL, 
	kind VARCHAR(10) NOT NULL, 
	token VARCHAR(64) NOT NULL, 
	retired_at BIGINT, 
	CONSTRAINT pk_poc PRIMARY KEY (id), 
	CONSTRAINT fk_poc_account_id FOREIGN KEY(account_id) REFERENCES account (id), 
	CONSTRAINT fk_poc_branch_id FOREIGN KEY(branch_id) REFERENCES branch (id), 
	CONSTRAINT uq_poc_token UNIQUE (token)
);
INSERT INTO "poc" VALUES('5a56343beb2101d177c37bc6','9e7f504cbe53ba7c3ffab47f','a241893165dc46fd77261ec1',NULL,'c1',0,'c1','counter','jaeg81KnKNyd241cnFEBN3mFMTlOVslq',NULL);
INSERT INTO "poc" VALUES('52ee8bfcf84730c0a1ba67f5','9e7f504cbe53ba7c3ffab47f','a241893165dc46fd77261ec1',NULL,'c2',1,'c2','counter','ZDLWyl4aYVeBsxPRUTC1TCjgGlK4CWWo',NULL);
INSERT INTO "poc" VALUES('a5a636ea64ef003c090261a8','9e7f504cbe53ba7c3ffab47f','a241893165dc46fd77261ec1',NULL,'b1',2,'b1','booth','BXX7-H3IaD-2XBS7lyme7RqqcO3diE1Q',NULL);
CREATE TABLE queue (
	id VARCHAR(64) NOT NULL, 
	account_id VARCHAR(64) NOT NULL, 
	"key" VARCHAR(200) NOT NULL, 
	given_id VARCHAR(64), 
	rank INTEGER DEFAULT '0' NOT NULL, 
	domain_id VARCHAR(64) NOT NULL, 
	name TEXT NOT NULL, 
	prefix VARCHAR(20) NOT NULL, 
	mode VARCHAR(10) NOT NULL, 
	call VARCHAR(10) NOT NULL, 
	ring_seconds INTEGER NOT NULL, 
	wrap_up_seconds INTEGER NOT NULL, 
	decline_cooldown_seconds INTEGER NOT NULL, 
	unstaffed VARCHAR(10) NOT NULL, 
	target_minutes FLOAT NOT NULL, 
	max_wait_minutes FLOAT NOT NULL, 
	form_id VARCHAR(64), 
	contact_form_id VARCHAR(64), 
	credit_seconds TEXT NOT NULL, 
	branch_ids TEXT NOT NULL, 
	settings TEXT NOT NULL, 
	retired_at BIGINT, 
	CONSTRAINT pk_queue PRIMARY KEY (id), 
	CONSTRAINT fk_queue_account_id FOREIGN KEY(account_id) REFERENCES account (id), 
	CONSTRAINT fk_queue_domain_id FOREIGN KEY(domain_id) REFERENCES routing_domain (id)
);
INSERT INTO "queue" VALUES('50d9af4a6b6a7b0c20914c97','9e7f504cbe53ba7c3ffab47f','cash',NULL,0,'69a5a5f07ca32e4b390392aa','cash','C','counter','pull',20,0,30,'accept',10.0,45.0,NULL,NULL,'{}','["a241893165dc46fd77261ec1"]','{"weight":0,"short_service_seconds":15,"survey":null}',NULL);
INSERT INTO "queue" VALUES('2cae56d92e60bfdae6973647','9e7f504cbe53ba7c3ffab47f','video',NULL,1,'69a5a5f07ca32e4b390392aa','video','V','booth','push',20,10,30,'accept',10.0,45.0,NULL,NULL,'{}','["a241893165dc46fd77261ec1"]','{"weight":0,"short_service_seconds":15,"survey":null}',NULL);
CREATE TABLE quote (
	id VARCHAR(64) NOT NULL, 
	account_id VARCHAR(64) NOT NULL, 
	domain_id VARCHAR(64) NOT NULL, 
	queue_id VARCHAR(64) NOT NULL, 
	branch_id VARCHAR(64) NOT NULL, 
	ticket_id VARCHAR(64) NOT NULL, 
	first BOOLEAN NOT NULL, 
	at BIGINT NOT NULL, 
	p50 INTEGER NOT NULL, 
	p90 INTEGER NOT NULL, 
	made TEXT NOT NULL, 
	learnt INTEGER NOT NULL, 
	settled_at BIGINT, 
	waited_seconds FLOAT, 
	CONSTRAINT pk_quote PRIMARY KEY (id)
);
INSERT INTO "quote" VALUES('69a5a62cd90051605e471654','9e7f504cbe53ba7c3ffab47f','69a5a5f07ca32e4b390392aa','50d9af4a6b6a7b0c20914c97','a241893165dc46fd77261ec1','69a5a62cd900515f735ee50e',1,1772463660000000,0,0,'{}',0,NULL,NULL);
INSERT INTO "quote" VALUES('69a5a71c220a80e372258891','9e7f504cbe53ba7c3ffab47f','69a5a5f07ca32e4b390392aa','50d9af4a6b6a7b0c20914c97','a241893165dc46fd77261ec1','69a5a71c220a80e2f11f7096',1,1772463900000000,0,0,'{}',0,NULL,NULL);
INSERT INTO "quote" VALUES('69a5a758f83b0ce62dced15a','9e7f504cbe53ba7c3ffab47f','69a5a5f07ca32e4b390392aa','50d9af4a6b6a7b0c20914c97','a241893165dc46fd77261ec1','69a5a758f83b0ce5a2096593',1,1772463960000000,60,120,'{"likely":2877.16626859999,"safe":6668.091719772735,"middle":47.952771143333166,"spread":63.51542418621242,"x":[1.0,47.952771,111.134862,1.0,0.0,0.0,0.2,0.2,0.0,0.04,7.5,5.0,0.5,0.0,0.0,0.0,0.0,0.0,0.0,1.0,47.952771]}',0,NULL,NULL);
INSERT INTO "quote" VALUES('69a5a79467acce9dbad5caac','9e7f504cbe53ba7c3ffab47f','69a5a5f07ca32e4b390392aa','50d9af4a6b6a7b0c20914c97','a241893165dc46fd77261ec1','69a5a79467acce9d0ef122ef',1,1772464020000000,90,120,'{"likely":4584.103394954675,"safe":9123.977722001502,"middle":76.4017232492446,"spread":75.99790545078042,"x":[1.0,76.401723,152.066295,2.0,0.0,0.0,0.4,0.4,0.0,0.04,11.25,5.0,0.5,0.0,0.0,0.0,0.0,0.0,0.0,1.0,76.401723]}',0,NULL,NULL);
CREATE TABLE recovery_code (
	agent_id VARCHAR(64) NOT NULL, 
	code_hash VARCHAR(64) NOT NULL, 
	account_id VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_recovery_code PRIMARY KEY (agent_id, code_hash), 
	CONSTRAINT fk_recovery_code_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);
CREATE TABLE rehearsal (
	id VARCHAR(64) NOT NULL, 
	account_id VARCHAR(64) NOT NULL, 
	agent_id VARCHAR(64) NOT NULL, 
	kind VARCHAR(10) NOT NULL, 
	asked TEXT NOT NULL, 
	state VARCHAR(10) NOT NULL, 
	passed INTEGER NOT NULL, 
	days INTEGER NOT NULL, 
	made_at BIGINT NOT NULL, 
	seen_at BIGINT NOT NULL, 
	found TEXT, 
	reason VARCHAR(500), 
	CONSTRAINT pk_rehearsal PRIMARY KEY (id), 
	CONSTRAINT fk_rehearsal_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);
CREATE TABLE reminder (
	appointment_id VARCHAR(64) NOT NULL, 
	generation INTEGER NOT NULL, 
	period VARCHAR(32) NOT NULL, 
	account_id VARCHAR(64) NOT NULL, 
	due_at BIGINT NOT NULL, 
	fired_at BIGINT, 
	CONSTRAINT pk_reminder PRIMARY KEY (appointment_id, generation, period), 
	CONSTRAINT fk_reminder_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id)
);
CREATE TABLE routing_domain (
	id VARCHAR(64) NOT NULL, 
	account_id VARCHAR(64) NOT NULL, 
	epoch BIGINT DEFAULT '0' NOT NULL, 
	stamp BIGINT DEFAULT '0' NOT NULL, 
	worker_id VARCHAR(64), 
	fence BIGINT DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_routing_domain PRIMARY KEY (id), 
	CONSTRAINT fk_routing_domain_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);
INSERT INTO "routing_domain" VALUES('69a5a5f07ca32e4b390392aa','9e7f504cbe53ba7c3ffab47f',22,1772464020000000,NULL,0);
CREATE TABLE screen (
	id VARCHAR(64) NOT NULL, 
	account_id VARCHAR(64) NOT NULL, 
	"key" VARCHAR(200) NOT NULL, 
	given_id VARCHAR(64), 
	rank INTEGER DEFAULT '0' NOT NULL, 
	branch_id VARCHAR(64) NOT NULL, 
	token VARCHAR(200) NOT NULL, 
	languages TEXT NOT NULL, 
	settings TEXT NOT NULL, 
	painted_seq BIGINT, 
	audio VARCHAR(10), 
	seen_at BIGINT, 
	retired_at BIGINT, 
	CONSTRAINT pk_screen PRIMARY KEY (id), 
	CONSTRAINT fk_screen_account_id FOREIGN KEY(account_id) REFERENCES account (id), 
	CONSTRAINT fk_screen_branch_id FOREIGN KEY(branch_id) REFERENCES branch (id), 
	CONSTRAINT uq_screen_token UNIQUE (token)
);
INSERT INTO "screen" VALUES('03ac07225a10561a24bec7c5','9e7f504cbe53ba7c3ffab47f','lobby',NULL,0,'a241893165dc46fd77261ec1','lobby-screen-secret','["en"]','{"name":"lobby","queues":["50d9af4a6b6a7b0c20914c97","2cae56d92e60bfdae6973647"],"show_waiting":true,"show_waits":true,"audio":true}',NULL,NULL,NULL,NULL);
CREATE TABLE second_factor (
	agent_id VARCHAR(64) NOT NULL, 
	account_id VARCHAR(64) NOT NULL, 
	secret TEXT NOT NULL, 
	confirmed_at BIGINT, 
	last_step BIGINT DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_second_factor PRIMARY KEY (agent_id), 
	CONSTRAINT fk_second_factor_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);
CREATE TABLE service (
	id VARCHAR(64) NOT NULL, 
	account_id VARCHAR(64) NOT NULL, 
	"key" VARCHAR(200) NOT NULL, 
	given_id VARCHAR(64), 
	rank INTEGER DEFAULT '0' NOT NULL, 
	title TEXT NOT NULL, 
	description TEXT NOT NULL, 
	queue_id VARCHAR(64) NOT NULL, 
	branch_id VARCHAR(64), 
	form_id VARCHAR(64), 
	automatic BOOLEAN NOT NULL, 
	agent_ids TEXT NOT NULL, 
	rules TEXT NOT NULL, 
	retired_at BIGINT, 
	CONSTRAINT pk_service PRIMARY KEY (id), 
	CONSTRAINT fk_service_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);
INSERT INTO "service" VALUES('5b6537175a84c0048694c887','9e7f504cbe53ba7c3ffab47f','any',NULL,0,'any','','50d9af4a6b6a7b0c20914c97','a241893165dc46fd77261ec1',NULL,0,'["21a438be4b3241df46ee6554"]','{"duration_minutes":30,"step_minutes":30,"before_minutes":0,"after_minutes":0,"horizon_days":90,"capacity":1,"early_minutes":15,"grace_minutes":10,"credit_minutes":15,"lead":"PT0S","reminders":["P1D"],"survey":null}',NULL);
CREATE TABLE session (
	id VARCHAR(64) NOT NULL, 
	account_id VARCHAR(64) NOT NULL, 
	domain_id VARCHAR(64) NOT NULL, 
	agent_id VARCHAR(64) NOT NULL, 
	branch_id VARCHAR(64), 
	poc_id VARCHAR(64), 
	state VARCHAR(10) NOT NULL, 
	reason VARCHAR(200), 
	pending_away VARCHAR(200), 
	started_at BIGINT NOT NULL, 
	idle_since BIGINT NOT NULL, 
	state_since BIGINT NOT NULL, 
	until BIGINT, 
	had_socket BOOLEAN NOT NULL, 
	disconnected_at BIGINT, 
	ended_at BIGINT, 
	undo TEXT, 
	spare INTEGER DEFAULT '0' NOT NULL, 
	paused_until BIGINT, 
	ver INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_session PRIMARY KEY (id), 
	CONSTRAINT fk_session_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);
INSERT INTO "session" VALUES('69a5a5f0f0b80ac7e639741d','9e7f504cbe53ba7c3ffab47f','69a5a5f07ca32e4b390392aa','21a438be4b3241df46ee6554','a241893165dc46fd77261ec1','5a56343beb2101d177c37bc6','busy',NULL,NULL,1772463600000000,1772463660000000,1772464020000000,NULL,0,NULL,NULL,NULL,0,NULL,3);
INSERT INTO "session" VALUES('69a5a5f0634d27968ea9e149','9e7f504cbe53ba7c3ffab47f','69a5a5f07ca32e4b390392aa','9eada2ece533e96f2111c812',NULL,NULL,'ringing',NULL,NULL,1772463600000000,1772463720000000,1772464020000000,1772464040000000,0,NULL,NULL,'{"what":"finish","ticket":"69a5a668667cd5ac4fb9b180","offer":"69a5a66885b7b3042e3973bd","number":"V001","until":"2026-03-02T15:02:05+00:00"}',0,NULL,5);
CREATE TABLE socket (
	id VARCHAR(64) NOT NULL, 
	session_id VARCHAR(64) NOT NULL, 
	process_id VARCHAR(64) NOT NULL, 
	seen_at BIGINT NOT NULL, 
	bell VARCHAR(40), 
	sounds BOOLEAN, 
	acted_at BIGINT, 
	rang VARCHAR(64), 
	CONSTRAINT pk_socket PRIMARY KEY (id)
);
CREATE TABLE submission (
	id VARCHAR(64) NOT NULL, 
	account_id VARCHAR(64) NOT NULL, 
	form_id VARCHAR(64) NOT NULL, 
	queue_id VARCHAR(64), 
	kind VARCHAR(20) NOT NULL, 
	"values" TEXT NOT NULL, 
	created_at BIGINT NOT NULL, 
	ticket_id VARCHAR(64), 
	anonymised_at BIGINT, 
	CONSTRAINT pk_submission PRIMARY KEY (id), 
	CONSTRAINT fk_submission_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);
CREATE TABLE summons (
	id VARCHAR(64) NOT NULL, 
	account_id VARCHAR(64) NOT NULL, 
	ticket_id VARCHAR(64) NOT NULL, 
	channel VARCHAR(10) NOT NULL, 
	address TEXT NOT NULL, 
	keys TEXT, 
	places INTEGER DEFAULT '0' NOT NULL, 
	locale VARCHAR(20), 
	asked_at BIGINT NOT NULL, 
	near_told_at BIGINT, 
	stopped_at BIGINT, 
	CONSTRAINT pk_summons PRIMARY KEY (id), 
	CONSTRAINT fk_summons_account_id FOREIGN KEY(account_id) REFERENCES account (id), 
	CONSTRAINT fk_summons_ticket_id FOREIGN KEY(ticket_id) REFERENCES ticket (id)
);
CREATE TABLE ticket (
	id VARCHAR(64) NOT NULL, 
	account_id VARCHAR(64) NOT NULL, 
	domain_id VARCHAR(64) NOT NULL, 
	branch_id VARCHAR(64), 
	queue_id VARCHAR(64) NOT NULL, 
	place VARCHAR(10) NOT NULL, 
	number VARCHAR(50) NOT NULL, 
	own_number INTEGER, 
	number_series VARCHAR(150), 
	service_day VARCHAR(10) NOT NULL, 
	state VARCHAR(10) NOT NULL, 
	band INTEGER NOT NULL, 
	"key" BIGINT NOT NULL, 
	seq BIGINT NOT NULL, 
	enqueued_at BIGINT NOT NULL, 
	eligible_from BIGINT NOT NULL, 
	link VARCHAR(64) NOT NULL, 
	source VARCHAR(20) NOT NULL, 
	ticket_class VARCHAR(50), 
	language VARCHAR(20), 
	integration_data TEXT, 
	submission_id VARCHAR(64), 
	customer TEXT, 
	customer_id VARCHAR(64), 
	customer_email TEXT, 
	customer_phone TEXT, 
	appointment_id VARCHAR(64), 
	poc_id VARCHAR(64), 
	agent_id VARCHAR(64), 
	session_id VARCHAR(64), 
	preferred_agent_id VARCHAR(64), 
	preferred_until BIGINT, 
	cooldowns TEXT NOT NULL, 
	assigned_at BIGINT, 
	called_at BIGINT, 
	serving_since BIGINT, 
	parked_at BIGINT, 
	parked_by VARCHAR(64), 
	ended_at BIGINT, 
	end_reason VARCHAR(50), 
	note TEXT, 
	outcome VARCHAR(200), 
	recall INTEGER DEFAULT '0' NOT NULL, 
	late_count INTEGER DEFAULT '0' NOT NULL, 
	ver INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_ticket PRIMARY KEY (id), 
	CONSTRAINT fk_ticket_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);
INSERT INTO "ticket" VALUES('69a5a62cd900515f735ee50e','9e7f504cbe53ba7c3ffab47f','69a5a5f07ca32e4b390392aa','a241893165dc46fd77261ec1','50d9af4a6b6a7b0c20914c97','onsite','C001',1,'a241893165dc46fd77261ec1/50d9af4a6b6a7b0c20914c97/2026-03-02','2026-03-02','done',2,1772463660000000,3145729,1772463660000000,1772463660000000,'nK8RG-DCT3oy1UVm92lZ7NHUg3NZ','kiosk',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'5a56343beb2101d177c37bc6','21a438be4b3241df46ee6554','69a5a5f0f0b80ac7e639741d',NULL,NULL,'{}',1772463660000000,1772463660000000,1772463660000000,NULL,NULL,1772463660000000,'served',NULL,NULL,1,0,4);
INSERT INTO "ticket" VALUES('69a5a668667cd5ac4fb9b180','9e7f504cbe53ba7c3ffab47f','69a5a5f07ca32e4b390392aa','a241893165dc46fd77261ec1','2cae56d92e60bfdae6973647','onsite','V001',1,'a241893165dc46fd77261ec1/2cae56d92e60bfdae6973647/2026-03-02','2026-03-02','done',2,1772463720000000,8388609,1772463720000000,1772463720000000,'nK8SBkDRPSWfGhr5voqhe5UFs92n','kiosk',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'a5a636ea64ef003c090261a8','9eada2ece533e96f2111c812','69a5a5f0634d27968ea9e149',NULL,NULL,'{}',1772463720000000,1772463720000000,1772463720000000,NULL,NULL,1772463720000000,'served',NULL,NULL,0,0,3);
INSERT INTO "ticket" VALUES('69a5a71c220a80e2f11f7096','9e7f504cbe53ba7c3ffab47f','69a5a5f07ca32e4b390392aa','a241893165dc46fd77261ec1','50d9af4a6b6a7b0c20914c97','onsite','C002',2,'a241893165dc46fd77261ec1/50d9af4a6b6a7b0c20914c97/2026-03-02','2026-03-02','called',2,1772463900000000,17825793,1772463900000000,1772463900000000,'nK8UxWDmA2zprJ9ADvWJs01E2LaE','kiosk',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'5a56343beb2101d177c37bc6','21a438be4b3241df46ee6554','69a5a5f0f0b80ac7e639741d',NULL,NULL,'{}',1772464020000000,1772464020000000,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0,1);
INSERT INTO "ticket" VALUES('69a5a758f83b0ce5a2096593','9e7f504cbe53ba7c3ffab47f','69a5a5f07ca32e4b390392aa','a241893165dc46fd77261ec1','50d9af4a6b6a7b0c20914c97','onsite','C003',3,'a241893165dc46fd77261ec1/50d9af4a6b6a7b0c20914c97/2026-03-02','2026-03-02','waiting',2,1772463960000000,18874369,1772463960000000,1772463960000000,'nK8Vr8BK5pLMk8AlaSfqbLGButps','kiosk',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{}',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0,0);
INSERT INTO "ticket" VALUES('69a5a79467acce9d0ef122ef','9e7f504cbe53ba7c3ffab47f','69a5a5f07ca32e4b390392aa','a241893165dc46fd77261ec1','50d9af4a6b6a7b0c20914c97','onsite','C004',4,'a241893165dc46fd77261ec1/50d9af4a6b6a7b0c20914c97/2026-03-02','2026-03-02','waiting',2,1772464020000000,19922945,1772464020000000,1772464020000000,'nK8WmiA89VAGA8L-mngL37ruFE_P','kiosk',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{}',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0,0);
INSERT INTO "ticket" VALUES('69a5a79418ed63082c03c40d','9e7f504cbe53ba7c3ffab47f','69a5a5f07ca32e4b390392aa','a241893165dc46fd77261ec1','2cae56d92e60bfdae6973647','onsite','V002',2,'a241893165dc46fd77261ec1/2cae56d92e60bfdae6973647/2026-03-02','2026-03-02','offered',2,1772464020000000,22020097,1772464020000000,1772464020000000,'nK8WmiDxagQg4x7gBgEeH9pUgu_g','kiosk',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{}',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0,1);
CREATE TABLE waiting_room (
	appointment_id VARCHAR(64) NOT NULL, 
	code VARCHAR(40) NOT NULL, 
	url TEXT NOT NULL, 
	opened_at BIGINT, 
	expires_at BIGINT NOT NULL, 
	CONSTRAINT pk_waiting_room PRIMARY KEY (appointment_id), 
	CONSTRAINT fk_waiting_room_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT uq_waiting_room_code UNIQUE (code)
);
CREATE TABLE waitlist_entry (
	id VARCHAR(64) NOT NULL, 
	account_id VARCHAR(64) NOT NULL, 
	service_id VARCHAR(64) NOT NULL, 
	agent_id VARCHAR(64), 
	day VARCHAR(10) NOT NULL, 
	timezone VARCHAR(64) NOT NULL, 
	begins_at BIGINT NOT NULL, 
	over_at BIGINT NOT NULL, 
	contact VARCHAR(320) NOT NULL, 
	person TEXT NOT NULL, 
	locale VARCHAR(20), 
	link VARCHAR(64) NOT NULL, 
	state VARCHAR(10) NOT NULL, 
	seq BIGINT NOT NULL, 
	appointment_id VARCHAR(64), 
	hold_token TEXT, 
	offered_start BIGINT, 
	offered_until BIGINT, 
	passed_up TEXT NOT NULL, 
	created_at BIGINT NOT NULL, 
	ended_at BIGINT, 
	ver INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_waitlist_entry PRIMARY KEY (id), 
	CONSTRAINT fk_waitlist_entry_account_id FOREIGN KEY(account_id) REFERENCES account (id), 
	CONSTRAINT uq_waitlist_entry_link UNIQUE (link)
);
CREATE TABLE webhook (
	id VARCHAR(64) NOT NULL, 
	account_id VARCHAR(64) NOT NULL, 
	"key" VARCHAR(200) NOT NULL, 
	given_id VARCHAR(64), 
	rank INTEGER DEFAULT '0' NOT NULL, 
	url TEXT NOT NULL, 
	events TEXT NOT NULL, 
	dialect VARCHAR(20) NOT NULL, 
	secret TEXT NOT NULL, 
	headers TEXT NOT NULL, 
	state VARCHAR(20) DEFAULT 'active' NOT NULL, 
	disabled_reason TEXT, 
	max_concurrency INTEGER DEFAULT '4' NOT NULL, 
	ordered BOOLEAN DEFAULT 0 NOT NULL, 
	custom TEXT, 
	secrets TEXT, 
	previous_secret TEXT, 
	previous_until BIGINT, 
	failing_since BIGINT, 
	failures INTEGER DEFAULT '0' NOT NULL, 
	retired_at BIGINT, 
	CONSTRAINT pk_webhook PRIMARY KEY (id), 
	CONSTRAINT fk_webhook_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);
INSERT INTO "webhook" VALUES('2cfc5a04877f5858480cf929','9e7f504cbe53ba7c3ffab47f','all',NULL,0,'http://127.0.0.1:9000/hook','["*"]','native','sealed:1:d8e8a039:-hWoy3D8JTUDBtnGzNHn_NgbbSbcS-GVRbnY7va0WCnFWmdSK36QFDe3wj3j_HKpisfEA_8XE92JVcnzjiXTHAO9sn12yyVYgABkZKN1Ykc=','sealed:1:d8e8a039:qoKjhcMLSVrXCh4XiyLNf74cjllBd6pYb73J01ke','active',NULL,4,0,NULL,'sealed:1:d8e8a039:bvcbWmqEsVQV6a_Q8I2oazMHBmlAKGEhh9uXRxDc',NULL,NULL,NULL,0,NULL);
CREATE TABLE worker (
	id VARCHAR(64) NOT NULL, 
	seat VARCHAR(300), 
	seen_at BIGINT NOT NULL, 
	CONSTRAINT pk_worker PRIMARY KEY (id)
);
CREATE INDEX ix_attempt_delivery_id ON attempt (delivery_id);
CREATE UNIQUE INDEX uq_audit_seq ON audit (account_id, seq);
CREATE INDEX ix_call_ticket ON call (ticket_id);
CREATE INDEX ix_call_time ON call (branch_id, called_at);
CREATE INDEX ix_decision_domain ON decision (domain_id, at);
CREATE INDEX ix_delivery_due ON delivery (webhook_id, due_at) WHERE state = 'pending';
CREATE INDEX ix_delivery_entity ON delivery (webhook_id, entity, account_id, at) WHERE state = 'pending';
CREATE INDEX ix_delivery_webhook ON delivery (webhook_id, state, at);
CREATE INDEX ix_idempotency_created ON idempotency (created_at);
CREATE INDEX ix_journal_entity ON journal (entity, seq);
CREATE INDEX ix_journal_moved ON journal (entity) WHERE name IN ('ticket.transferred','ticket.recalled');
CREATE INDEX ix_message_account ON message (account_id, created_at);
CREATE INDEX ix_message_due ON message (rank, due_at) WHERE state = 'pending';
CREATE UNIQUE INDEX uq_message_once ON message (appointment_id, version, kind, occasion, channel, recipient) WHERE appointment_id IS NOT NULL;
CREATE INDEX ix_one_time_code_account ON one_time_code (account_id, purpose, created_at);
CREATE INDEX ix_one_time_code_contact ON one_time_code (contact, created_at);
CREATE INDEX ix_pairing_expires_at ON pairing (expires_at);
CREATE INDEX ix_quote_account ON quote (account_id, settled_at);
CREATE INDEX ix_quote_open ON quote (domain_id, ticket_id) WHERE settled_at IS NULL;
CREATE INDEX ix_quote_ticket ON quote (ticket_id, at);
CREATE INDEX ix_socket_process_id ON socket (process_id);
CREATE INDEX ix_socket_session_id ON socket (session_id);
CREATE INDEX ix_api_key_account_id ON api_key (account_id);
CREATE INDEX ix_appointment_account_start ON appointment (account_id, starts_at);
CREATE INDEX ix_appointment_account_updated ON appointment (account_id, updated_at);
CREATE INDEX ix_appointment_agent_start ON appointment (agent_id, starts_at, state);
CREATE INDEX ix_appointment_code ON appointment (account_id, code) WHERE code IS NOT NULL;
CREATE INDEX ix_appointment_customer ON appointment (customer_id, ends_at) WHERE customer_id IS NOT NULL;
CREATE INDEX ix_appointment_personal ON appointment (account_id, ends_at) WHERE (title <> '' OR data <> '{}');
CREATE INDEX ix_appointment_submission ON appointment (submission_id) WHERE submission_id IS NOT NULL;
CREATE INDEX ix_appointment_hold ON appointment (hold_expires_at) WHERE state = 'held';
CREATE INDEX ix_appointment_no_show ON appointment (no_show_at) WHERE no_show_at IS NOT NULL AND state IN ('scheduled','confirmed');
CREATE UNIQUE INDEX uq_appointment_code ON appointment (account_id, code) WHERE code IS NOT NULL AND state IN ('scheduled','confirmed','checked_in','active');
CREATE INDEX ix_archived_day_kept ON archived_day (account_id, day) WHERE dropped_at IS NULL;
CREATE INDEX ix_assignment_account_id ON assignment (account_id);
CREATE INDEX ix_callback_account ON callback (account_id);
CREATE INDEX ix_callback_waiting ON callback (queue_id, asked_at) WHERE state = 'waiting';
CREATE INDEX ix_customer_personal ON customer (account_id, created_at) WHERE (username IS NOT NULL OR firstname IS NOT NULL OR lastname IS NOT NULL OR email IS NOT NULL OR phone IS NOT NULL OR data <> '{}');
CREATE INDEX ix_customer_account ON customer (account_id);
CREATE INDEX ix_device_account_id ON device (account_id);
CREATE INDEX ix_erasure_account_id ON erasure (account_id);
CREATE INDEX ix_feed_next ON feed (next_at);
CREATE UNIQUE INDEX uq_form_key ON form (account_id, "key") WHERE retired_at IS NULL;
CREATE INDEX ix_login_agent_id ON login (agent_id);
CREATE INDEX ix_notice_until ON notice (account_id, until);
CREATE INDEX ix_rehearsal_account ON rehearsal (account_id, kind, made_at);
CREATE INDEX ix_routing_domain_account_id ON routing_domain (account_id);
CREATE UNIQUE INDEX uq_service_key ON service (account_id, "key") WHERE retired_at IS NULL;
CREATE INDEX ix_session_agent ON session (agent_id, ended_at);
CREATE INDEX ix_session_domain ON session (domain_id) WHERE ended_at IS NULL;
CREATE INDEX ix_session_started ON session (account_id, started_at);
CREATE INDEX ix_session_until ON session (until) WHERE until IS NOT NULL AND ended_at IS NULL;
CREATE UNIQUE INDEX uq_session_agent ON session (agent_id) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX uq_session_poc ON session (poc_id) WHERE ended_at IS NULL AND poc_id IS NOT NULL;
CREATE INDEX ix_submission_created ON submission (account_id, created_at);
CREATE INDEX ix_submission_personal ON submission (account_id, created_at) WHERE anonymised_at IS NULL;
CREATE INDEX ix_ticket_answered ON ticket (queue_id, assigned_at) WHERE assigned_at IS NOT NULL;
CREATE INDEX ix_ticket_personal ON ticket (account_id, ended_at) WHERE ended_at IS NOT NULL AND (customer IS NOT NULL OR integration_data IS NOT NULL OR note IS NOT NULL);
CREATE INDEX ix_ticket_customer_email ON ticket (account_id, customer_email, enqueued_at) WHERE customer_email IS NOT NULL;
CREATE INDEX ix_ticket_customer_id ON ticket (account_id, customer_id, enqueued_at) WHERE customer_id IS NOT NULL;
CREATE INDEX ix_ticket_customer_phone ON ticket (account_id, customer_phone, enqueued_at) WHERE customer_phone IS NOT NULL;
CREATE INDEX ix_ticket_day ON ticket (account_id, service_day);
CREATE INDEX ix_ticket_left ON ticket (queue_id, ended_at) WHERE state = 'cancelled';
CREATE INDEX ix_ticket_live_branch ON ticket (branch_id, state) WHERE state IN ('waiting','offered','called','serving','parked');
CREATE INDEX ix_ticket_live_domain ON ticket (domain_id, state) WHERE state IN ('waiting','offered','called','serving','parked');
CREATE INDEX ix_ticket_session ON ticket (session_id) WHERE session_id IS NOT NULL AND state IN ('waiting','offered','called','serving','parked');
CREATE INDEX ix_ticket_waiting ON ticket (domain_id, queue_id, branch_id, band, "key", seq) WHERE state = 'waiting';
CREATE UNIQUE INDEX uq_ticket_link ON ticket (link);
CREATE UNIQUE INDEX uq_ticket_own_number ON ticket (number_series, own_number) WHERE own_number IS NOT NULL;
CREATE INDEX ix_waitlist_entry_account ON waitlist_entry (account_id);
CREATE INDEX ix_waitlist_entry_line ON waitlist_entry (account_id, service_id, day, created_at, seq) WHERE state IN ('waiting','offered');
CREATE INDEX ix_waitlist_entry_offered ON waitlist_entry (offered_until) WHERE state = 'offered';
CREATE INDEX ix_waitlist_entry_over ON waitlist_entry (over_at) WHERE state IN ('waiting','offered');
CREATE INDEX ix_waitlist_entry_waiting ON waitlist_entry (account_id, over_at) WHERE state = 'waiting';
CREATE UNIQUE INDEX uq_waitlist_entry_contact ON waitlist_entry (service_id, day, contact) WHERE state IN ('waiting','offered');
CREATE UNIQUE INDEX uq_waitlist_entry_offer ON waitlist_entry (appointment_id) WHERE state = 'offered';
CREATE UNIQUE INDEX uq_webhook_key ON webhook (account_id, "key") WHERE retired_at IS NULL;
CREATE INDEX ix_agent_domain_id ON agent (domain_id);
CREATE INDEX ix_agent_email ON agent (account_id, email);
CREATE UNIQUE INDEX uq_agent_key ON agent (account_id, "key") WHERE retired_at IS NULL;
CREATE INDEX ix_branch_domain_id ON branch (domain_id);
CREATE UNIQUE INDEX uq_branch_key ON branch (account_id, "key") WHERE retired_at IS NULL;
CREATE INDEX ix_busy_time_agent ON busy_time (agent_id, ends_at, starts_at);
CREATE INDEX ix_claim_agent ON claim (agent_id, blocked_end, blocked_start) WHERE active;
CREATE INDEX ix_claim_expires ON claim (expires_at) WHERE active AND expires_at IS NOT NULL;
CREATE INDEX ix_hall_call_ticket_id ON hall_call (ticket_id);
CREATE UNIQUE INDEX uq_hall_call ON hall_call (hall_id, branch_id, call_seq);
CREATE INDEX ix_offer_deadline ON offer (deadline) WHERE state = 'ringing';
CREATE INDEX ix_offer_live_domain ON offer (domain_id, state) WHERE state IN ('ringing','accepted');
CREATE INDEX ix_offer_ticket ON offer (ticket_id, made_at);
CREATE UNIQUE INDEX uq_offer_live_poc ON offer (poc_id) WHERE state IN ('ringing','accepted') AND poc_id IS NOT NULL;
CREATE UNIQUE INDEX uq_offer_live_session ON offer (session_id, lane) WHERE state IN ('ringing','accepted');
CREATE UNIQUE INDEX uq_offer_live_ticket ON offer (ticket_id) WHERE state IN ('ringing','accepted');
CREATE INDEX ix_participant_party ON participant (party_id);
CREATE INDEX ix_queue_domain_id ON queue (domain_id);
CREATE UNIQUE INDEX uq_queue_key ON queue (account_id, "key") WHERE retired_at IS NULL;
CREATE INDEX ix_reminder_due ON reminder (due_at) WHERE fired_at IS NULL;
CREATE UNIQUE INDEX uq_kiosk_key ON kiosk (account_id, "key") WHERE retired_at IS NULL;
CREATE UNIQUE INDEX uq_poc_key ON poc (branch_id, "key") WHERE retired_at IS NULL;
CREATE UNIQUE INDEX uq_screen_key ON screen (account_id, "key") WHERE retired_at IS NULL;
CREATE UNIQUE INDEX uq_network_revision_number ON network_revision (account_id, number);
CREATE INDEX ix_summons_account_id ON summons (account_id);
CREATE INDEX ix_summons_near ON summons (places) WHERE places > 0 AND near_told_at IS NULL AND stopped_at IS NULL;
CREATE INDEX ix_summons_ticket_id ON summons (ticket_id);
CREATE TRIGGER audit_kept_update BEFORE UPDATE ON audit
BEGIN
SELECT RAISE(ABORT, 'audit_kept');
END;
CREATE TRIGGER audit_kept_delete BEFORE DELETE ON audit
BEGIN
SELECT RAISE(ABORT, 'audit_kept');
END;
CREATE TRIGGER slot_taken_insert BEFORE INSERT ON claim WHEN NEW.active AND NOT NEW.overbooked
BEGIN
SELECT RAISE(ABORT, 'slot_taken') WHERE EXISTS (
SELECT 1 FROM claim WHERE agent_id = NEW.agent_id AND active AND NOT overbooked
AND blocked_end > NEW.blocked_start AND blocked_start < NEW.blocked_end
AND group_id <> NEW.group_id AND appointment_id <> NEW.appointment_id
);
END;
CREATE TRIGGER slot_taken_update BEFORE UPDATE ON claim WHEN NEW.active AND NOT NEW.overbooked
BEGIN
SELECT RAISE(ABORT, 'slot_taken') WHERE EXISTS (
SELECT 1 FROM claim WHERE agent_id = NEW.agent_id AND active AND NOT overbooked
AND blocked_end > NEW.blocked_start AND blocked_start < NEW.blocked_end
AND group_id <> NEW.group_id AND appointment_id <> NEW.appointment_id
);
END;
CREATE TRIGGER agent_full_insert AFTER INSERT ON offer WHEN NEW.state IN ('ringing','accepted')
BEGIN
SELECT RAISE(ABORT, 'agent_full') WHERE (SELECT COUNT(*) > MIN(lanes) FROM offer WHERE session_id = NEW.session_id AND state IN ('ringing','accepted'));
END;
CREATE TRIGGER agent_full_update AFTER UPDATE ON offer WHEN NEW.state IN ('ringing','accepted') AND (OLD.state NOT IN ('ringing','accepted') OR OLD.session_id <> NEW.session_id)
BEGIN
SELECT RAISE(ABORT, 'agent_full') WHERE (SELECT COUNT(*) > MIN(lanes) FROM offer WHERE session_id = NEW.session_id AND state IN ('ringing','accepted'));
END;
COMMIT;
